// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/command_palette.h"

#include "ui/commands/command_delegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTimer>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {
constexpr int widest = 620;
constexpr int rows = 11;
constexpr double fromTop = 0.12; // of the window's height
} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    setProperty("role", "palette");
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    edit_ = new QLineEdit(this);
    edit_->setObjectName(QStringLiteral("paletteEdit"));
    edit_->setAccessibleName(tr("Search commands"));
    edit_->setPlaceholderText(tr("What do you want to do? A few letters are enough"));
    edit_->installEventFilter(this);
    view_ = new QListView(this);
    view_->setObjectName(QStringLiteral("paletteList"));
    view_->setAccessibleName(tr("Commands that fit"));
    view_->setModel(&list_);
    view_->setItemDelegate(new CommandDelegate(view_));
    view_->setUniformItemSizes(true);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setFocusPolicy(Qt::NoFocus);
    nothing_ = new QLabel(tr("Nothing here has these letters in this order."), this);
    nothing_->setObjectName(QStringLiteral("paletteNothing"));
    nothing_->setProperty("rank", "secondary");
    nothing_->setContentsMargins(8, 6, 8, 6);
    column->addWidget(edit_);
    column->addWidget(view_, 1);
    column->addWidget(nothing_);
    connect(edit_, &QLineEdit::textChanged, this, &CommandPalette::sift);
    connect(view_, &QListView::clicked, this, &CommandPalette::doChosen);
}

void CommandPalette::open()
{
    std::vector<Command> commands;
    for (const CommandSource &source : sources_) {
        auto more = source();
        std::move(more.begin(), more.end(), std::back_inserter(commands));
    }
    list_.setCommands(std::move(commands));
    edit_->clear();
    sift({});
    placeItself();
    show();
    activateWindow();
    edit_->setFocus();
}

void CommandPalette::sift(const QString &pattern)
{
    list_.setPattern(pattern);
    const bool any = list_.rowCount() > 0;
    view_->setVisible(any);
    nothing_->setVisible(!any);
    if (any)
        view_->setCurrentIndex(list_.index(0));
}

void CommandPalette::placeItself()
{
    const QWidget *window = parentWidget();
    const int width = std::min(widest, window->width() - 40);
    view_->setFixedHeight(rows * view_->sizeHintForRow(0) + 2 * view_->frameWidth());
    setFixedWidth(width);
    adjustSize();
    const QPoint corner((window->width() - width) / 2, static_cast<int>(window->height() * fromTop));
    move(window->mapToGlobal(corner));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp: {
        // The list moves, the focus stays where one types. Beyond its end it begins again.
        const int count = list_.rowCount();
        if (count == 0)
            return true;
        const bool down = key->key() == Qt::Key_Down || key->key() == Qt::Key_PageDown;
        const bool page = key->key() == Qt::Key_PageDown || key->key() == Qt::Key_PageUp;
        const int at = view_->currentIndex().row();
        const int next = page ? std::clamp(at + (down ? rows : -rows), 0, count - 1)
                              : (at + (down ? 1 : count - 1)) % count;
        view_->setCurrentIndex(list_.index(next));
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        doChosen();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

bool CommandPalette::event(QEvent *event)
{
    if (event->type() == QEvent::WindowDeactivate)
        hide();
    return QDialog::event(event);
}

void CommandPalette::doChosen()
{
    const QModelIndex index = view_->currentIndex();
    if (!index.isValid() || !list_.at(index.row()).enabled)
        return;
    const Command command = list_.at(index.row());
    list_.noteDone(command);
    hide();
    // When the window has the focus again, as if its own key had been pressed.
    QTimer::singleShot(0, this, command.run);
}

} // namespace fastcar::ui
