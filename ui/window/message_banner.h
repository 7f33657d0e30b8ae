// SPDX-License-Identifier: Apache-2.0
//
// A message above the video: what went wrong or what came of it, in words, with what can be done. Stays until
// it is closed or replaced; never stands in the way.
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace fastcar::ui {

class MessageBanner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Error, Done, Info };

    /// Something that can be done: a button. `name` is the button's, for tests and style sheets.
    struct Offer {
        QString text;
        QString name;
        std::function<void()> act;
    };

    explicit MessageBanner(QWidget *parent = nullptr);

    /// One offer stands beside the text; several stand in a row below it, the first one as the likeliest.
    /// `closed`: somebody has closed the message, which is an answer, too.
    void showMessage(Kind kind, const QString &title, const QString &text, std::vector<Offer> offers = {},
                     std::function<void()> closed = {});
    QString text() const;

private:
    void showOffers(std::vector<Offer> offers);

    QLabel *icon_ = nullptr;
    QLabel *text_ = nullptr;
    QHBoxLayout *beside_ = nullptr;
    QHBoxLayout *below_ = nullptr;
    std::vector<QPushButton *> buttons_;
    std::function<void()> closed_;
};

} // namespace fastcar::ui
