// SPDX-License-Identifier: Apache-2.0
//
// Where the prompt is typed. Up in its first line and Down in its last one walk through the prompts of
// earlier runs; what was typed comes back behind the newest.
#pragma once

#include "ui/models/prompt_history.h"

#include <QPlainTextEdit>

namespace fastcar::ui {

class PromptEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromptEdit(const PromptHistory &history, QWidget *parent = nullptr);

    /// In the place of all that stands there; can be undone.
    void replaceText(const QString &text);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;

private:
    bool walk(int key);
    bool atEdge(QTextCursor::MoveOperation way) const;

    HistoryWalk walk_;
    bool walking_ = false; // the text changes because of a step
};

} // namespace fastcar::ui
