// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queue_panel.h"

#include "ui/queue/queue_delegate.h"
#include "ui/theme/flow_line.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

QueuePanel::QueuePanel(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(6);
    column->addWidget(buildHead());
    list_ = new QListView(this);
    list_->setObjectName(QStringLiteral("queueList"));
    list_->setAccessibleName(tr("Queue"));
    list_->setModel(&models_.queue);
    list_->setItemDelegate(new QueueDelegate(models_.queue, models_.record, list_));
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setDefaultDropAction(Qt::MoveAction);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setResizeMode(QListView::Adjust); // words may take another number of lines
    list_->installEventFilter(this);
    // In the list, so that it comes and goes without a layout of the window.
    auto *inside = new QVBoxLayout(list_->viewport());
    inside->setContentsMargins(0, 0, 0, 0);
    nothing_ = new QLabel(tr("Ctrl+Enter while a run is going on puts the next one here."), list_);
    nothing_->setObjectName(QStringLiteral("queueNothing"));
    nothing_->setProperty("rank", "secondary");
    nothing_->setWordWrap(true);
    nothing_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    inside->addWidget(nothing_);
    column->addWidget(list_, 1);
    column->addWidget(buildTools());

    connect(&models_.queue, &RunQueue::changed, this, &QueuePanel::showState);
    connect(&models_.runner, &QueueRunner::heldChanged, this, &QueuePanel::showState);
    connect(&models_.record, &RunRecord::advanced, this, [this] {
        if (isVisible() && models_.queue.running())
            list_->update(models_.queue.index(0));
    });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueuePanel::showState);
    showState();
}

QWidget *QueuePanel::buildHead()
{
    auto *head = new QWidget(this);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    head_ = new QLabel(head);
    head_->setObjectName(QStringLiteral("queueState"));
    hold_ = new QPushButton(head);
    hold_->setObjectName(QStringLiteral("queueHold"));
    QSizePolicy stays = hold_->sizePolicy();
    stays.setRetainSizeWhenHidden(true); // what is below does not move
    hold_->setSizePolicy(stays);
    line->addWidget(head_, 1);
    line->addWidget(hold_);
    connect(hold_, &QPushButton::clicked, this, [this] { models_.runner.setHeld(!models_.runner.held()); });
    return head;
}

QToolButton *QueuePanel::addTool(QLayout *line, const char *name, const QString &text, const QString &tip)
{
    auto *tool = new QToolButton(this);
    tool->setObjectName(QLatin1String(name));
    tool->setText(text);
    tool->setToolTip(tip);
    tool->setAccessibleName(tip);
    tool->setProperty("kind", "flat");
    line->addWidget(tool);
    return tool;
}

QWidget *QueuePanel::buildTools()
{
    auto *tools = new QWidget(this);
    auto *line = new FlowLine(tools); // the panel may be as narrow as its neighbours
    line->keepLines();
    line->setSpacing(2);
    up_ = addTool(line, "queueUp", QStringLiteral("↑"), tr("Earlier (Alt+Up)"));
    down_ = addTool(line, "queueDown", QStringLiteral("↓"), tr("Later (Alt+Down)"));
    retry_ = addTool(line, "queueRetry", tr("Try again"), tr("Let it wait again, behind the others"));
    settings_ = addTool(line, "queueSettings", tr("Edit"), tr("Take its settings into the form"));
    remove_ = addTool(line, "queueRemove", tr("Remove"),
                      tr("Take it out of the queue; one that is going on is "
                         "cancelled, and the next one begins (Del)"));
    clear_ = addTool(line, "queueClear", tr("Clear"),
                     tr("Take out all that wait; the run that is going on stays"));
    connect(up_, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { moveCurrent(1); });
    connect(retry_, &QToolButton::clicked, this, &QueuePanel::retryCurrent);
    connect(settings_, &QToolButton::clicked, this, [this] {
        if (current() >= 0)
            emit settingsWanted(models_.queue.at(current()).settings);
    });
    connect(remove_, &QToolButton::clicked, this, &QueuePanel::removeCurrent);
    connect(clear_, &QToolButton::clicked, &models_.queue, &RunQueue::removeWaiting);
    return tools;
}

int QueuePanel::current() const
{
    return list_->currentIndex().isValid() ? list_->currentIndex().row() : -1;
}

void QueuePanel::moveCurrent(int steps)
{
    models_.queue.move(current(), steps);
    list_->scrollTo(list_->currentIndex());
}

void QueuePanel::removeCurrent()
{
    const int row = current();
    if (row < 0)
        return;
    if (models_.queue.at(row).state == RunQueue::State::Running)
        models_.runner.skip();
    else
        models_.queue.remove(row);
}

void QueuePanel::retryCurrent()
{
    if (current() >= 0)
        models_.runner.retry(current());
}

bool QueuePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != list_ || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool alt = key->modifiers() & Qt::AltModifier;
    if (alt && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down))
        moveCurrent(key->key() == Qt::Key_Up ? -1 : 1);
    else if (key->key() == Qt::Key_Delete)
        removeCurrent();
    else if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        retryCurrent();
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

void QueuePanel::showState()
{
    const RunQueue &queue = models_.queue;
    const int waiting = queue.waiting();
    const bool held = models_.runner.held();
    const QString count = waiting == 1 ? tr("1 run waits") : tr("%1 runs wait").arg(waiting);
    head_->setText(models_.runner.opening() ? tr("Opening the next model…")
                   : waiting == 0           ? tr("Nothing waits")
                   : held                   ? tr("Held: %1").arg(count)
                                            : count);
    hold_->setText(held ? tr("Go on") : tr("Hold"));
    hold_->setToolTip(held ? tr("Begin with the first that waits")
                           : tr("Begin no further run; the one that is going on stays"));
    hold_->setVisible(waiting > 0);
    nothing_->setVisible(queue.size() == 0);

    const int row = current();
    const bool any = row >= 0 && row < queue.size();
    const bool waits = any && queue.at(row).state == RunQueue::State::Waiting;
    const bool ended = any && queue.at(row).state > RunQueue::State::Waiting;
    up_->setEnabled(waits && queue.next() != row);
    down_->setEnabled(waits && row + 1 < queue.size() && queue.at(row + 1).state == RunQueue::State::Waiting);
    retry_->setEnabled(ended);
    settings_->setEnabled(any);
    remove_->setEnabled(any);
    clear_->setEnabled(waiting > 0);
}

} // namespace fastcar::ui
