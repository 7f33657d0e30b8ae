// SPDX-License-Identifier: Apache-2.0
//
// A section of a panel that can be folded away; then a line says what is in it.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace fastcar::ui {

class FoldingSection : public QWidget {
    Q_OBJECT
public:
    FoldingSection(const QString &title, QWidget *content, QWidget *parent = nullptr);

    bool isOpen() const { return !content_->isHidden(); }
    void setOpen(bool open);
    void setSummary(const QString &summary);

private:
    QToolButton *header_ = nullptr;
    QLabel *summary_ = nullptr;
    QWidget *content_ = nullptr;
};

} // namespace fastcar::ui
