// SPDX-License-Identifier: Apache-2.0
#include "ui/window/dock_tabs.h"

#include "ui/window/dock_title.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QEvent>
#include <QLayout>
#include <QMainWindow>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace fastcar::ui {

DockTabs::DockTabs(QMainWindow &window)
    : QObject(&window)
    , window_(window)
{
}

void DockTabs::add(QDockWidget *dock, DockTitle *title)
{
    entries_.push_back({dock, title});
    connect(dock, &QDockWidget::visibilityChanged, this, &DockTabs::askRefresh);
    connect(dock, &QDockWidget::dockLocationChanged, this, &DockTabs::askRefresh);
    connect(dock, &QDockWidget::topLevelChanged, this, &DockTabs::askRefresh);
}

void DockTabs::raise(QDockWidget *dock)
{
    // Tabs of docks that were shown just now are made by the layout.
    window_.layout()->activate();
    dock->raise();
    // A widget that is the uppermost already is not told of it, whichever tab is in front.
    QEvent order(QEvent::ZOrderChange);
    QCoreApplication::sendEvent(dock, &order);
}

/// The window's own bookkeeping comes first.
void DockTabs::askRefresh()
{
    if (std::exchange(asked_, true))
        return;
    QMetaObject::invokeMethod(this, &DockTabs::refresh, Qt::QueuedConnection);
}

void DockTabs::refresh()
{
    asked_ = false;
    for (const Entry &entry : entries_) {
        if (!entry.dock || !entry.title)
            continue;
        const auto others = window_.tabifiedDockWidgets(entry.dock);
        const bool shares = std::ranges::any_of(
            others, [](const QDockWidget *other) { return !other->isHidden() && !other->isFloating(); });
        entry.title->setInTab(shares && !entry.dock->isFloating());
    }
    for (QTabBar *bar : window_.findChildren<QTabBar *>(QString(), Qt::FindDirectChildrenOnly))
        adopt(bar);
}

QDockWidget *DockTabs::dockOf(const QTabBar &bar, int tab) const
{
    const auto found = std::ranges::find_if(entries_, [&](const Entry &entry) {
        return entry.dock && entry.dock->windowTitle() == bar.tabText(tab);
    });
    return found == entries_.end() ? nullptr : found->dock.data();
}

/// The window makes its bars anew, and their tabs, whenever docks change places.
void DockTabs::adopt(QTabBar *bar)
{
    if (bar->objectName().isEmpty()) {
        bar->setObjectName(QStringLiteral("dockTabs"));
        bar->setExpanding(false);
        connect(bar, &QTabBar::tabBarDoubleClicked, this, [this, bar](int tab) {
            QDockWidget *dock = dockOf(*bar, tab);
            if (dock && dock->features() & QDockWidget::DockWidgetFloatable)
                dock->setFloating(true);
        });
        connect(bar, &QTabBar::tabMoved, this, &DockTabs::askRefresh);
    }
    bar->setDrawBase(false); // which the window turns on whenever it takes a bar into use
    QStringList titles;
    for (int tab = 0; tab < bar->count(); ++tab)
        titles += bar->tabText(tab);
    bar->setAccessibleName(tr("Panels: %1").arg(titles.join(QStringLiteral(", "))));
    for (int tab = 0; tab < bar->count(); ++tab) {
        QDockWidget *dock = dockOf(*bar, tab);
        auto *shown = qobject_cast<QToolButton *>(bar->tabButton(tab, QTabBar::RightSide));
        if (!dock || (shown && shown->accessibleName() == DockTitle::closeText(*dock)))
            continue;
        const bool floats = dock->features() & QDockWidget::DockWidgetFloatable;
        bar->setTabToolTip(tab, floats ? tr("Double click: a window of its own") : QString());
        auto *close = DockTitle::makeCloseButton(dock, bar);
        bar->setTabButton(tab, QTabBar::RightSide, close);
    }
}

} // namespace fastcar::ui
