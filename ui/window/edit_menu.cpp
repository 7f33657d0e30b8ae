// SPDX-License-Identifier: Apache-2.0
#include "ui/window/edit_menu.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextDocument>

namespace fastcar::ui {

namespace {

struct OwnSteps {
    bool undo = false;
    bool redo = false;
};

/// What a field could undo of its own; nothing for what is no field.
std::optional<OwnSteps> stepsOf(QObject *object)
{
    if (const auto *text = qobject_cast<QPlainTextEdit *>(object))
        return OwnSteps{text->document()->isUndoAvailable(), text->document()->isRedoAvailable()};
    const auto *line = qobject_cast<QLineEdit *>(object);
    if (const auto *box = qobject_cast<QAbstractSpinBox *>(object))
        line = box->findChild<QLineEdit *>();
    if (!line)
        return std::nullopt;
    return OwnSteps{line->isUndoAvailable(), line->isRedoAvailable()};
}

/// Ctrl+E, Ctrl+K and Ctrl+U, which fields of X11 know beside End and Del.
bool movesAsEmacsDoes(QKeyEvent &key)
{
    return key.key() >= Qt::Key_A && key.key() <= Qt::Key_Z &&
           (key.matches(QKeySequence::MoveToEndOfLine) || key.matches(QKeySequence::DeleteEndOfLine) ||
            key.matches(QKeySequence::DeleteCompleteLine));
}

} // namespace

EditMenu::EditMenu(SettingsHistory &history, QWidget &window)
    : QMenu(tr("&Edit"), &window)
    , history_(history)
{
    undo_ = addAction(QString(), &history_, &SettingsHistory::undo);
    undo_->setObjectName(QStringLiteral("undoAction"));
    undo_->setShortcut(QKeySequence::Undo);
    redo_ = addAction(QString(), &history_, &SettingsHistory::redo);
    redo_->setObjectName(QStringLiteral("redoAction"));
    redo_->setShortcuts(
        {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
    window.addAction(undo_);
    window.addAction(redo_);
    qApp->installEventFilter(this);
    connect(&history_, &SettingsHistory::changed, this, &EditMenu::showSteps);
    showSteps();
}

void EditMenu::showSteps()
{
    const QString undone = history_.undoName();
    const QString redone = history_.redoName();
    undo_->setText(undone.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(undone));
    undo_->setEnabled(history_.canUndo());
    redo_->setText(redone.isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(redone));
    redo_->setEnabled(history_.canRedo());
}

bool EditMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QMenu::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (movesAsEmacsDoes(*key)) {
        event->ignore(); // where the window has no action of these keys, the field gets them all the same
        return true;
    }
    const QKeySequence keys(key->keyCombination());
    const bool undoes = undo_->shortcuts().contains(keys);
    const bool redoes = redo_->shortcuts().contains(keys);
    if (!undoes && !redoes)
        return QMenu::eventFilter(watched, event);
    const auto own = stepsOf(watched);
    if (!own || (undoes ? own->undo : own->redo))
        return QMenu::eventFilter(watched, event);
    event->ignore(); // the field would take the key and do nothing with it
    return true;
}

} // namespace fastcar::ui
