// SPDX-License-Identifier: Apache-2.0
//
// The panels around the middle of the window, and the task layouts that arrange them. Each layout remembers
// which panels are open, where and how large they are, and the page in the middle; what it has not been told
// it takes from the panels themselves. Panels of one side share it as tabs, unless a person puts them
// elsewhere.
//
//     docks.add({.name = "libraryDock", .title = tr("Library"), .content = library,
//                .area = Qt::LeftDockWidgetArea, .keys = QKeySequence("Ctrl+Shift+L"),
//                .shownIn = {{TaskLayout::Generate, {}}, {TaskLayout::Compare, {.extent = 340, .inFront =
//                true}}}});
#pragma once

#include "ui/window/task_layout.h"

#include <QByteArray>
#include <QKeySequence>
#include <QObject>
#include <QStringList>

#include <map>
#include <vector>

class QAction;
class QDockWidget;
class QMainWindow;
class QWidget;

namespace fastcar::ui {

class DockTabs;
class MiddlePages;

struct Panel {
    /// How it stands in a layout that shows it at first.
    struct Showing {
        int extent = 0;       // width, or height at the bottom; 0: what its side has
        bool inFront = false; // of the tabs of its side; otherwise the panel that was added first is
    };

    QString name; // of its dock: "replayDock"; its action is "replayDockAction"
    QString title;
    QWidget *content = nullptr;
    Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
    QKeySequence keys;
    std::map<TaskLayout, Showing> shownIn; // at first; closed in all others
    bool floatable = false;                // may be a window of its own
};

class PanelDocks : public QObject {
    Q_OBJECT
public:
    /// What a layout remembers.
    struct Memory {
        QByteArray docks;   // QMainWindow::saveState()
        QStringList panels; // that were there: a panel that came later stands as it does at first
        QString page;
    };

    /// All panels and pages are added before the first choose() or restore().
    PanelDocks(QMainWindow &window, MiddlePages &pages);

    QDockWidget *add(const Panel &panel);
    QDockWidget *dock(const QString &name) const;
    /// Opens a panel, in front of those that it shares a place with.
    void reveal(const QString &name);
    /// One for each panel, checked while it is to be seen; in the order of add().
    const std::vector<QAction *> &actions() const { return actions_; }
    /// One for each layout, checked while it is the one at hand.
    const std::vector<QAction *> &layoutActions() const { return layoutActions_; }
    QAction *resetAction() const { return reset_; }

    TaskLayout layout() const { return layout_; }
    void choose(TaskLayout layout);
    /// The layout at hand as it is at first.
    void reset();

    /// Which layout is at hand and what all of them remember.
    QByteArray save() const;
    /// Bytes that save() did not write: everything as it is at first.
    void restore(const QByteArray &saved);

signals:
    void layoutChosen(fastcar::ui::TaskLayout layout);
    /// Something that save() says has changed, by whatever hand.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Entry {
        Panel panel;
        QDockWidget *dock = nullptr;
        QAction *action = nullptr;
    };
    void makeLayoutActions();
    void addAction(Entry &entry);
    void arrange();
    void arrangeSide(Qt::DockWidgetArea area);
    void apply(TaskLayout layout);
    Memory current() const;
    void toggle(const Entry &entry);
    static bool seen(const Entry &entry);
    static bool isShownFirst(const Entry &entry, TaskLayout layout);

    QMainWindow &window_;
    MiddlePages &pages_;
    DockTabs *tabs_ = nullptr;
    std::vector<Entry> entries_;
    std::vector<QAction *> actions_;
    std::vector<QAction *> layoutActions_;
    QAction *reset_ = nullptr;
    TaskLayout layout_ = TaskLayout::Generate;
    std::map<TaskLayout, Memory> memories_;
    bool applying_ = false;
};

} // namespace fastcar::ui
