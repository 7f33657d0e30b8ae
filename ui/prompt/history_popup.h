// SPDX-License-Identifier: Apache-2.0
//
// The prompts of earlier runs, to search and to choose from; favourites stand first. Opens below its button
// and closes when one is chosen.
#pragma once

#include "ui/models/prompt_history.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QToolButton;

namespace fastcar::ui {

class HistoryPopup : public QFrame {
    Q_OBJECT
public:
    explicit HistoryPopup(PromptHistory &history, QWidget *parent = nullptr);

    /// Below `anchor`, with nothing searched for.
    void openBelow(QWidget *anchor);

signals:
    void chosen(const QString &prompt);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose(const QListWidgetItem *item);
    void toggleFavourite();
    void removeCurrent();
    void showCurrent();
    bool takeKey(int key, Qt::KeyboardModifiers modifiers);

    PromptHistory &history_;
    QLineEdit *search_ = nullptr;
    QListWidget *list_ = nullptr;
    QLabel *nothing_ = nullptr;
    QToolButton *favourite_ = nullptr;
    QToolButton *remove_ = nullptr;
};

} // namespace fastcar::ui
