// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/prompt_edit.h"

#include <QKeyEvent>
#include <QMimeData>

namespace fastcar::ui {

PromptEdit::PromptEdit(const PromptHistory &history, QWidget *parent)
    : QPlainTextEdit(parent)
    , walk_(history)
{
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!walking_)
            walk_.restart();
    });
}

void PromptEdit::replaceText(const QString &text)
{
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.insertText(text);
}

bool PromptEdit::event(QEvent *event)
{
    // The editor would take Ctrl+Enter for a line break.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            (key->modifiers() & Qt::ControlModifier)) {
            event->ignore();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void PromptEdit::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!plain || !walk(event->key()))
        QPlainTextEdit::keyPressEvent(event);
}

/// A file that is dropped is the window's to open, and no text.
bool PromptEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

bool PromptEdit::atEdge(QTextCursor::MoveOperation way) const
{
    QTextCursor cursor = textCursor();
    return !cursor.movePosition(way);
}

bool PromptEdit::walk(int key)
{
    const bool up = key == Qt::Key_Up;
    if ((!up && key != Qt::Key_Down) || !atEdge(up ? QTextCursor::Up : QTextCursor::Down))
        return false;
    const auto text = up ? walk_.older(toPlainText()) : walk_.newer(toPlainText());
    if (!text)
        return false;
    walking_ = true;
    replaceText(*text);
    walking_ = false;
    // At the edge that the next step leaves by.
    moveCursor(up ? QTextCursor::Start : QTextCursor::End);
    return true;
}

} // namespace fastcar::ui
