// SPDX-License-Identifier: Apache-2.0
//
// Panels that share a place: their tabs are their titles. A tab has the cross that a lone panel has in its
// title, and the title itself gives way, so that no name stands there twice.
#pragma once

#include <QObject>
#include <QPointer>

#include <vector>

class QDockWidget;
class QMainWindow;
class QTabBar;

namespace fastcar::ui {

class DockTitle;

class DockTabs : public QObject {
    Q_OBJECT
public:
    explicit DockTabs(QMainWindow &window);

    /// `title` is the dock's.
    void add(QDockWidget *dock, DockTitle *title);
    /// Brings a dock to the front of those that it shares a place with, also if they came there just now.
    void raise(QDockWidget *dock);

private:
    void askRefresh();
    void refresh();
    void adopt(QTabBar *bar);
    QDockWidget *dockOf(const QTabBar &bar, int tab) const;

    struct Entry {
        QPointer<QDockWidget> dock;
        QPointer<DockTitle> title;
    };
    QMainWindow &window_;
    std::vector<Entry> entries_;
    bool asked_ = false;
};

} // namespace fastcar::ui
