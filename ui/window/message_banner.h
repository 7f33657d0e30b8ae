// SPDX-License-Identifier: Apache-2.0
//
// A message above the video: what went wrong or what came of it, in words, with what can be done. Stays until
// it is closed or replaced; never stands in the way.
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace fastcar::ui {

class MessageBanner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Error, Done, Info };

    explicit MessageBanner(QWidget *parent = nullptr);

    void showMessage(Kind kind, const QString &title, const QString &text);
    /// The same with a button; `act` is called when it is pressed.
    void showMessage(Kind kind, const QString &title, const QString &text, const QString &button,
                     std::function<void()> act);
    QString text() const;

private:
    QLabel *icon_ = nullptr;
    QLabel *text_ = nullptr;
    QPushButton *button_ = nullptr;
    std::function<void()> act_;
};

} // namespace fastcar::ui
