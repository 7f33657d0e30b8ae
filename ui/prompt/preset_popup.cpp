// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/preset_popup.h"

#include "ui/models/engine_words.h"
#include "ui/theme/popup_place.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

constexpr int nameRole = Qt::UserRole; // the name before somebody edits it

} // namespace

PresetPopup::PresetPopup(PresetStore &presets, RunSettingsModel &settings, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , presets_(presets)
    , settings_(settings)
{
    setObjectName(QStringLiteral("presetPopup"));
    setProperty("popup", true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("presetList"));
    list_->setAccessibleName(tr("Presets"));
    list_->setToolTip(tr("Click or Enter applies, F2 renames, Del deletes"));
    list_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    list_->installEventFilter(this);
    column->addWidget(list_, 1);
    message_ = new QLabel(this);
    message_->setObjectName(QStringLiteral("presetMessage"));
    message_->setProperty("rank", "secondary");
    message_->setWordWrap(true);
    column->addWidget(message_);
    buildSave(column);

    connect(list_, &QListWidget::itemClicked, this, &PresetPopup::apply);
    connect(list_, &QListWidget::itemChanged, this, &PresetPopup::rename);
    connect(list_, &QListWidget::currentRowChanged, this, &PresetPopup::showState);
}

void PresetPopup::buildSave(QVBoxLayout *column)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    name_ = new QLineEdit(this);
    name_->setObjectName(QStringLiteral("presetName"));
    name_->setAccessibleName(tr("Name of the preset"));
    name_->setPlaceholderText(tr("Save the settings as…"));
    save_ = new QPushButton(tr("Save"), this);
    save_->setObjectName(QStringLiteral("presetSave"));
    save_->setAutoDefault(false);
    rename_ = new QToolButton(this);
    rename_->setObjectName(QStringLiteral("presetRename"));
    rename_->setText(tr("Rename"));
    rename_->setProperty("kind", "flat");
    delete_ = new QToolButton(this);
    delete_->setObjectName(QStringLiteral("presetDelete"));
    delete_->setText(tr("Delete"));
    delete_->setProperty("kind", "flat");
    line->addWidget(name_, 1);
    line->addWidget(save_);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(4);
    tools->addStretch(1);
    tools->addWidget(rename_);
    tools->addWidget(delete_);
    column->addLayout(tools);
    column->addLayout(line);
    connect(name_, &QLineEdit::returnPressed, this, &PresetPopup::save);
    connect(name_, &QLineEdit::textChanged, this, &PresetPopup::showState);
    connect(save_, &QPushButton::clicked, this, &PresetPopup::save);
    connect(rename_, &QToolButton::clicked, this, [this] { list_->editItem(list_->currentItem()); });
    connect(delete_, &QToolButton::clicked, this, &PresetPopup::removeCurrent);
}

void PresetPopup::openBelow(QWidget *anchor)
{
    anchor_ = anchor;
    name_->clear();
    message_->clear();
    fill();
    show();
    (list_->count() > 0 ? static_cast<QWidget *>(list_) : name_)->setFocus(Qt::PopupFocusReason);
}

void PresetPopup::fill(const QString &current)
{
    const QScopedValueRollback quiet(filling_, true);
    list_->clear();
    for (const QString &name : presets_.names()) {
        auto *item = new QListWidgetItem(name, list_);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setData(nameRole, name);
        if (name == current)
            list_->setCurrentItem(item);
    }
    if (list_->count() == 0 && message_->text().isEmpty())
        message_->setText(
            tr("No presets yet. One holds length, sampler, replay and device; not the prompt, nor the "
               "seed."));
    showState();
    fit();
}

/// Without presets there is nothing to list, to rename, or to delete.
void PresetPopup::fit()
{
    const bool any = list_->count() > 0;
    for (QWidget *widget :
         {static_cast<QWidget *>(list_), static_cast<QWidget *>(rename_), static_cast<QWidget *>(delete_)})
        widget->setVisible(any);
    message_->setVisible(!message_->text().isEmpty());
    const int width = atTextSize(300);
    const int height = any ? atTextSize(280) : layout()->heightForWidth(width);
    if (anchor_)
        placeBelow(*this, *anchor_, {width, height});
}

void PresetPopup::showState()
{
    const bool any = list_->currentItem();
    rename_->setEnabled(any);
    delete_->setEnabled(any);
    const QString name = name_->text().trimmed();
    save_->setEnabled(!name.isEmpty());
    save_->setText(presets_.contains(name) && !name.isEmpty() ? tr("Replace") : tr("Save"));
}

void PresetPopup::say(const Result<void> &outcome)
{
    message_->setText(outcome ? QString() : engineWords(outcome.error()));
    message_->setVisible(!outcome);
}

void PresetPopup::apply(const QListWidgetItem *item)
{
    if (!item)
        return;
    const auto settings = presets_.load(item->text());
    if (!settings) {
        message_->setText(engineWords(settings.error()));
        message_->show();
        return;
    }
    const QString name = item->text();
    const QString left = settings_.applyPreset(*settings);
    message_->setText(left);
    message_->setVisible(!left.isEmpty());
    if (left.isEmpty())
        hide();
    emit applied(name);
}

void PresetPopup::save()
{
    const QString name = name_->text().trimmed();
    if (name.isEmpty())
        return;
    const auto saved = presets_.save(name, settings_.settings());
    say(saved);
    if (saved)
        name_->clear();
    fill(name);
}

void PresetPopup::rename(QListWidgetItem *item)
{
    if (filling_)
        return;
    const QString before = item->data(nameRole).toString();
    const auto renamed = presets_.rename(before, item->text());
    say(renamed);
    const QString now = renamed && !item->text().trimmed().isEmpty() ? item->text().trimmed() : before;
    // Not from within the editor that is still closing.
    QMetaObject::invokeMethod(
        this, [this, now] { fill(now); }, Qt::QueuedConnection);
}

void PresetPopup::removeCurrent()
{
    if (const QListWidgetItem *item = list_->currentItem()) {
        say(presets_.remove(item->text()));
        fill();
    }
}

bool PresetPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == list_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            apply(list_->currentItem());
            return true;
        }
        if (key == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace fastcar::ui
