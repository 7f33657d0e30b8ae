// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/history_popup.h"

#include "ui/theme/icons.h"
#include "ui/theme/popup_place.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {

QToolButton *button(const QString &name, const QString &tip, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::NoFocus);
    made->setProperty("kind", "flat");
    return made;
}

} // namespace

HistoryPopup::HistoryPopup(PromptHistory &history, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , history_(history)
{
    setObjectName(QStringLiteral("historyPopup"));
    setProperty("popup", true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    search_ = new QLineEdit(this);
    search_->setObjectName(QStringLiteral("historySearch"));
    search_->setAccessibleName(tr("Search the prompts"));
    search_->setPlaceholderText(tr("Search the prompts of earlier runs"));
    search_->setClearButtonEnabled(true);
    search_->installEventFilter(this);
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("historyList"));
    list_->setAccessibleName(tr("Prompts"));
    list_->setFocusPolicy(Qt::NoFocus); // the keys go to the search, which passes them on
    list_->setTextElideMode(Qt::ElideRight);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    nothing_ = new QLabel(this);
    nothing_->setObjectName(QStringLiteral("historyNothing"));
    nothing_->setProperty("rank", "secondary");
    nothing_->setWordWrap(true);
    auto *below = new QHBoxLayout;
    favourite_ = button(QStringLiteral("historyFavourite"), tr("Favourite, or no longer (Ctrl+D)"), this);
    remove_ = button(QStringLiteral("historyRemove"), tr("Remove from the history (Shift+Del)"), this);
    remove_->setIcon(icon(QStringLiteral("close")));
    auto *hint = new QLabel(tr("↑ ↓ choose, Enter takes"), this);
    hint->setProperty("rank", "secondary");
    below->addWidget(hint, 1);
    below->addWidget(favourite_);
    below->addWidget(remove_);
    column->addWidget(search_);
    column->addWidget(list_, 1);
    column->addWidget(nothing_);
    column->addLayout(below);

    connect(search_, &QLineEdit::textChanged, this, &HistoryPopup::fill);
    connect(list_, &QListWidget::itemClicked, this, &HistoryPopup::choose);
    connect(list_, &QListWidget::currentRowChanged, this, &HistoryPopup::showCurrent);
    connect(favourite_, &QToolButton::clicked, this, &HistoryPopup::toggleFavourite);
    connect(remove_, &QToolButton::clicked, this, &HistoryPopup::removeCurrent);
}

void HistoryPopup::openBelow(QWidget *anchor)
{
    placeBelow(*this, *anchor, {atTextSize(380), atTextSize(320)});
    search_->clear();
    fill();
    show();
    search_->setFocus(Qt::PopupFocusReason);
}

void HistoryPopup::fill()
{
    const QString current = list_->currentItem() ? list_->currentItem()->text() : QString();
    list_->clear();
    for (const QString &prompt : history_.matching(search_->text())) {
        const bool favourite = history_.isFavourite(prompt);
        auto *item = new QListWidgetItem(
            icon(favourite ? QStringLiteral("star-full") : QStringLiteral("star")), prompt, list_);
        item->setToolTip(prompt);
        if (favourite)
            item->setData(Qt::AccessibleTextRole, tr("%1, favourite").arg(prompt));
    }
    list_->setCurrentRow(0);
    for (QListWidgetItem *same : list_->findItems(current, Qt::MatchExactly))
        list_->setCurrentItem(same);
    nothing_->setVisible(list_->count() == 0);
    nothing_->setText(history_.entries().empty() ? tr("Prompts stand here once a run was made from them.")
                                                 : tr("No prompt has all of these words."));
    showCurrent();
}

void HistoryPopup::showCurrent()
{
    const QListWidgetItem *item = list_->currentItem();
    favourite_->setEnabled(item);
    remove_->setEnabled(item);
    const bool favourite = item && history_.isFavourite(item->text());
    favourite_->setIcon(icon(favourite ? QStringLiteral("star-full") : QStringLiteral("star")));
}

void HistoryPopup::choose(const QListWidgetItem *item)
{
    if (!item)
        return;
    const QString prompt = item->text();
    hide();
    emit chosen(prompt);
}

void HistoryPopup::toggleFavourite()
{
    if (const QListWidgetItem *item = list_->currentItem()) {
        history_.setFavourite(item->text(), !history_.isFavourite(item->text()));
        fill();
    }
}

void HistoryPopup::removeCurrent()
{
    if (const QListWidgetItem *item = list_->currentItem()) {
        const int row = list_->currentRow();
        history_.remove(item->text());
        fill();
        list_->setCurrentRow(std::min(row, list_->count() - 1));
    }
}

bool HistoryPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == search_ && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (takeKey(key->key(), key->modifiers()))
            return true;
    }
    return QFrame::eventFilter(watched, event);
}

bool HistoryPopup::takeKey(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        list_->setCurrentRow(std::clamp(list_->currentRow() + (key == Qt::Key_Up ? -1 : 1), 0,
                                        std::max(0, list_->count() - 1)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(list_->currentItem());
        return true;
    case Qt::Key_D:
        if (modifiers != Qt::ControlModifier)
            return false;
        toggleFavourite();
        return true;
    case Qt::Key_Delete:
        if (modifiers != Qt::ShiftModifier)
            return false;
        removeCurrent();
        return true;
    default:
        return false;
    }
}

} // namespace fastcar::ui
