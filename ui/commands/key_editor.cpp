// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/key_editor.h"

#include "ui/commands/action_catalog.h"
#include "ui/commands/action_keys.h"
#include "ui/commands/key_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace fastcar::ui {

KeyEditor::KeyEditor(ActionCatalog &catalog, QWidget *parent)
    : QWidget(parent)
    , catalog_(catalog)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    view_ = new KeyView(catalog, KeyView::Which::All, this);
    title_ = new QLabel(this);
    edit_ = new QKeySequenceEdit(this);
    edit_->setObjectName(QStringLiteral("keyEdit"));
    edit_->setAccessibleName(tr("New keys"));
    edit_->setToolTip(tr("Press the new keys here"));
    const auto button = [this](const QString &text, const QString &name) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    use_ = button(tr("Use"), QStringLiteral("useKeysButton"));
    none_ = button(tr("No key"), QStringLiteral("noKeysButton"));
    first_ = button(tr("As at first"), QStringLiteral("firstKeysButton"));
    conflict_ = new QLabel(this);
    conflict_->setObjectName(QStringLiteral("keyConflict"));
    conflict_->setWordWrap(true);
    conflict_->setProperty("rank", "secondary");
    auto *line = new QHBoxLayout;
    line->addWidget(edit_, 1);
    line->addWidget(use_);
    line->addWidget(none_);
    line->addWidget(first_);
    column->addWidget(view_, 1);
    column->addWidget(title_);
    column->addLayout(line);
    column->addWidget(conflict_);

    connect(view_, &KeyView::chosenChanged, this, &KeyEditor::takeChosen);
    connect(edit_, &QKeySequenceEdit::keySequenceChanged, this, &KeyEditor::takePressed);
    connect(use_, &QPushButton::clicked, this, &KeyEditor::use);
    connect(none_, &QPushButton::clicked, this, [this] {
        catalog_.setKeys(*view_->chosen(), {});
        takeChosen();
    });
    connect(first_, &QPushButton::clicked, this, [this] {
        QAction *action = view_->chosen();
        edit_->setKeySequence(catalog_.firstKeys(*action).value(0));
        if (!holder())
            catalog_.setKeys(*action, catalog_.firstKeys(*action));
        tellHolder();
    });
    takeChosen();
}

void KeyEditor::takeChosen()
{
    const QAction *action = view_->chosen();
    for (QWidget *widget :
         {static_cast<QWidget *>(edit_), static_cast<QWidget *>(none_), static_cast<QWidget *>(first_)})
        widget->setEnabled(action);
    title_->setText(action ? tr("Keys of “%1”").arg(titleOf(*action))
                           : tr("Choose an action to change its keys."));
    const QSignalBlocker quiet(edit_);
    edit_->setKeySequence(action ? keysOf(*action).value(0) : QKeySequence());
    tellHolder();
}

void KeyEditor::takePressed()
{
    const QKeySequence pressed = edit_->keySequence();
    if (pressed.count() > 1) { // one press, not several in a row
        const QSignalBlocker quiet(edit_);
        edit_->setKeySequence(QKeySequence(pressed[static_cast<uint>(pressed.count() - 1)]));
    }
    tellHolder();
}

QAction *KeyEditor::holder() const
{
    const QAction *action = view_->chosen();
    const QKeySequence keys = edit_->keySequence();
    return action && !keys.isEmpty() ? catalog_.holder({keys}, *action) : nullptr;
}

void KeyEditor::tellHolder()
{
    const QAction *action = view_->chosen();
    const QAction *other = holder();
    use_->setEnabled(action && !edit_->keySequence().isEmpty() &&
                     keysOf(*action).value(0) != edit_->keySequence());
    use_->setText(other ? tr("Take them") : tr("Use"));
    conflict_->setText(
        other ? tr("These keys belong to “%1”. Taking them leaves it without.").arg(titleOf(*other))
              : QString());
}

void KeyEditor::use()
{
    QAction *action = view_->chosen();
    const QKeySequence keys = edit_->keySequence();
    if (QAction *other = holder()) {
        QList<QKeySequence> rest = keysOf(*other);
        rest.removeAll(keys);
        catalog_.setKeys(*other, rest);
    }
    catalog_.setKeys(*action, {keys});
    takeChosen();
}

} // namespace fastcar::ui
