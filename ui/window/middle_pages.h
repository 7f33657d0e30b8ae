// SPDX-License-Identifier: Apache-2.0
//
// The pages in the middle of the window, one of which is seen: the video, the comparison. A page that has
// nothing to show yet may have another widget stand in for it, which says what would fill it.
#pragma once

#include "ui/window/task_layout.h"

#include <QKeySequence>
#include <QStackedWidget>

#include <set>
#include <vector>

class QAction;
class QActionGroup;

namespace fastcar::ui {

class MiddlePages : public QStackedWidget {
    Q_OBJECT
public:
    struct Page {
        QString name; // "viewer"; its action is "viewerPageAction"
        QString title;
        QWidget *widget = nullptr;
        QWidget *whileEmpty = nullptr; // null: the widget itself
        QKeySequence keys;
        std::set<TaskLayout> firstIn; // layouts that begin with it; the first page is that of all others
    };

    explicit MiddlePages(QWidget *parent = nullptr);

    void add(const Page &page);
    /// Does nothing for a name that is not there.
    void choose(const QString &name);
    QString chosen() const { return chosen_; }
    /// What `layout` begins with.
    QString firstPage(TaskLayout layout) const;
    /// A page is empty until it is said to have something to show; only one with `whileEmpty` needs it.
    void setEmpty(const QString &name, bool empty);
    /// One for each page, checked while it is chosen; in the order of add().
    const std::vector<QAction *> &actions() const { return actions_; }

    /// Of the page that is seen: the others do not make the window larger than it needs to be.
    QSize minimumSizeHint() const override;

signals:
    void pageChosen(const QString &name);

private:
    struct Entry {
        Page page;
        bool empty = true;
    };
    Entry *find(const QString &name);
    void showChosen();

    std::vector<Entry> entries_;
    std::vector<QAction *> actions_;
    QActionGroup *group_ = nullptr;
    QString chosen_;
};

} // namespace fastcar::ui
