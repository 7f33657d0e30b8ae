// SPDX-License-Identifier: Apache-2.0
#include "ui/window/panel_docks.h"

#include "ui/window/dock_tabs.h"
#include "ui/window/dock_title.h"
#include "ui/window/middle_pages.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QDataStream>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int stateVersion = 2; // of what saveState() writes; another one is not read
constexpr qint32 savedVersion = 1;
constexpr auto streamVersion = QDataStream::Qt_6_4;
constexpr int sideWidth = 300;
constexpr int bottomHeight = 356;
constexpr std::array areas{Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea};

bool liesFlat(Qt::DockWidgetArea area)
{
    return area == Qt::BottomDockWidgetArea || area == Qt::TopDockWidgetArea;
}

QDataStream &operator<<(QDataStream &out, const PanelDocks::Memory &memory)
{
    return out << memory.docks << memory.panels << memory.page;
}

QDataStream &operator>>(QDataStream &in, PanelDocks::Memory &memory)
{
    return in >> memory.docks >> memory.panels >> memory.page;
}

} // namespace

PanelDocks::PanelDocks(QMainWindow &window, MiddlePages &pages)
    : QObject(&window)
    , window_(window)
    , pages_(pages)
    , tabs_(new DockTabs(window))
{
    window_.setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    window_.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    // What lies at the bottom stands between the panels at the sides.
    window_.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    makeLayoutActions();
    connect(&pages_, &MiddlePages::pageChosen, this, [this] {
        if (!applying_)
            emit changed();
    });
}

void PanelDocks::makeLayoutActions()
{
    auto *group = new QActionGroup(this);
    for (const TaskLayout layout : taskLayouts) {
        auto *action = new QAction(titleOf(layout), this);
        action->setObjectName(keyOf(layout) + QStringLiteral("LayoutAction"));
        action->setCheckable(true);
        action->setChecked(layout == layout_);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + static_cast<int>(layout))));
        group->addAction(action);
        layoutActions_.push_back(action);
        connect(action, &QAction::triggered, this, [this, layout] { choose(layout); });
    }
    reset_ = new QAction(tr("&Reset this layout"), this);
    reset_->setObjectName(QStringLiteral("resetLayoutAction"));
    connect(reset_, &QAction::triggered, this, &PanelDocks::reset);
    window_.addActions(QList<QAction *>(layoutActions_.begin(), layoutActions_.end()));
    window_.addAction(reset_);
}

QDockWidget *PanelDocks::add(const Panel &panel)
{
    auto *dock = new QDockWidget(panel.title, &window_);
    dock->setObjectName(panel.name);
    QDockWidget::DockWidgetFeatures features =
        QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable;
    if (panel.floatable)
        features |= QDockWidget::DockWidgetFloatable;
    dock->setFeatures(features);
    auto *title = new DockTitle(dock);
    dock->setTitleBarWidget(title);
    tabs_->add(dock, title);
    dock->setWidget(panel.content);
    window_.addDockWidget(panel.area, dock);
    dock->hide();
    dock->installEventFilter(this);
    Entry entry{.panel = panel, .dock = dock};
    addAction(entry);
    entries_.push_back(entry);
    return dock;
}

void PanelDocks::addAction(Entry &entry)
{
    entry.action = new QAction(entry.panel.title, this);
    entry.action->setObjectName(entry.panel.name + QStringLiteral("Action"));
    entry.action->setCheckable(true);
    entry.action->setShortcut(entry.panel.keys);
    actions_.push_back(entry.action);
    window_.addAction(entry.action);
    connect(entry.action, &QAction::triggered, this, [this, copy = entry] { toggle(copy); });
    const auto follow = [this, copy = entry] {
        copy.action->setChecked(seen(copy));
        if (!applying_)
            emit changed();
    };
    connect(entry.dock, &QDockWidget::visibilityChanged, this, follow);
    connect(entry.dock, &QDockWidget::dockLocationChanged, this, follow);
    connect(entry.dock, &QDockWidget::topLevelChanged, this, follow);
}

QDockWidget *PanelDocks::dock(const QString &name) const
{
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry &entry) { return entry.panel.name == name; });
    return found == entries_.end() ? nullptr : found->dock;
}

/// Behind another tab it is open, but not seen.
bool PanelDocks::seen(const Entry &entry)
{
    return entry.dock->isVisible() && !entry.dock->visibleRegion().isEmpty();
}

void PanelDocks::toggle(const Entry &entry)
{
    if (seen(entry))
        entry.dock->close();
    else
        reveal(entry.panel.name);
}

void PanelDocks::reveal(const QString &name)
{
    if (QDockWidget *found = dock(name)) {
        found->show();
        tabs_->raise(found);
    }
}

void PanelDocks::choose(TaskLayout layout)
{
    if (layout != layout_) {
        memories_[layout_] = current();
        apply(layout);
    }
    layoutActions_.at(static_cast<std::size_t>(layout))->setChecked(true);
}

void PanelDocks::reset()
{
    memories_.erase(layout_);
    apply(layout_);
}

QByteArray PanelDocks::save() const
{
    auto all = memories_;
    all[layout_] = current();
    QByteArray saved;
    QDataStream out(&saved, QIODevice::WriteOnly);
    out.setVersion(streamVersion);
    out << savedVersion << keyOf(layout_) << static_cast<qint32>(all.size());
    for (const auto &[layout, memory] : all)
        out << keyOf(layout) << memory;
    return saved;
}

void PanelDocks::restore(const QByteArray &saved)
{
    QDataStream in(saved);
    in.setVersion(streamVersion);
    qint32 version = 0;
    qint32 count = 0;
    QString last;
    in >> version;
    if (version == savedVersion)
        in >> last >> count;
    std::map<QString, Memory> read;
    for (qint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        QString key;
        Memory memory;
        in >> key >> memory;
        if (in.status() == QDataStream::Ok)
            read[key] = std::move(memory);
    }
    memories_.clear();
    TaskLayout first = TaskLayout::Generate;
    for (const TaskLayout layout : taskLayouts) {
        if (const auto memory = read.find(keyOf(layout)); memory != read.end())
            memories_[layout] = std::move(memory->second);
        if (keyOf(layout) == last)
            first = layout;
    }
    apply(first);
}

PanelDocks::Memory PanelDocks::current() const
{
    Memory memory{.docks = window_.saveState(stateVersion), .page = pages_.chosen()};
    for (const Entry &entry : entries_)
        memory.panels += entry.panel.name;
    return memory;
}

void PanelDocks::apply(TaskLayout layout)
{
    applying_ = true;
    window_.setUpdatesEnabled(false);
    layout_ = layout;
    arrange();
    QString page = pages_.firstPage(layout);
    if (const auto memory = memories_.find(layout); memory != memories_.end()) {
        if (window_.restoreState(memory->second.docks, stateVersion))
            for (const Entry &entry : entries_)
                if (!memory->second.panels.contains(entry.panel.name))
                    entry.dock->setVisible(isShownFirst(entry, layout));
        page = memory->second.page;
    }
    pages_.choose(page);
    layoutActions_.at(static_cast<std::size_t>(layout))->setChecked(true);
    window_.setUpdatesEnabled(true);
    for (const Entry &entry : entries_)
        if (entry.dock->isFloating())
            entry.dock->setUpdatesEnabled(true); // a window of its own by now, which does not hear of it
    applying_ = false;
    emit layoutChosen(layout);
    emit changed();
}

bool PanelDocks::isShownFirst(const Entry &entry, TaskLayout layout)
{
    return entry.panel.shownIn.contains(layout);
}

/// As the panels themselves have it.
void PanelDocks::arrange()
{
    for (const Entry &entry : entries_) {
        entry.dock->setFloating(false);
        window_.removeDockWidget(entry.dock);
    }
    for (const Qt::DockWidgetArea area : areas)
        arrangeSide(area);
}

void PanelDocks::arrangeSide(Qt::DockWidgetArea area)
{
    QDockWidget *first = nullptr;
    QDockWidget *front = nullptr;
    int extent = 0;
    for (const Entry &entry : entries_) {
        if (entry.panel.area != area)
            continue;
        if (first)
            window_.tabifyDockWidget(first, entry.dock);
        else
            window_.addDockWidget(area, entry.dock);
        first = first ? first : entry.dock;
        const bool shown = isShownFirst(entry, layout_);
        entry.dock->setVisible(shown);
        if (!shown)
            continue;
        const Panel::Showing &showing = entry.panel.shownIn.at(layout_);
        if (!front || showing.inFront)
            front = entry.dock;
        extent = std::max(showing.extent, extent);
    }
    if (!front)
        return;
    tabs_->raise(front);
    if (extent == 0)
        extent = liesFlat(area) ? bottomHeight : sideWidth;
    window_.resizeDocks({front}, {extent}, liesFlat(area) ? Qt::Vertical : Qt::Horizontal);
}

bool PanelDocks::eventFilter(QObject *watched, QEvent *event)
{
    const auto *dock = qobject_cast<QDockWidget *>(watched);
    if (dock && event->type() == QEvent::Resize && !applying_)
        emit changed();
    // A panel in a window of its own: what nobody there has a use for is the main window's to know.
    if (dock && event->type() == QEvent::KeyPress && dock->isFloating())
        return QCoreApplication::sendEvent(&window_, event);
    return QObject::eventFilter(watched, event);
}

} // namespace fastcar::ui
