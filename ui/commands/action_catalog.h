// SPDX-License-Identifier: Apache-2.0
//
// Every action of a window with its keys, as they are: what the command palette, the sheet of keys and their
// editor show. Actions are found, not listed: one that has a text and an object name ending in "Action" and
// stands in the menu bar, at the window or at a widget inside of it is there. Keys that differ from the first
// ones are kept in the preferences, and given back when the window is made again.
#pragma once

#include "ui/models/preferences.h"

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <map>
#include <vector>

class QAction;
class QKeyEvent;
class QMainWindow;
class QMenu;
class QWidget;

namespace fastcar::ui {

class ActionCatalog : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QAction *action = nullptr;
        QString group; // the innermost menu it stands in, or the panel
        QString title;
        QList<QKeySequence> keys;
        bool local = false; // its keys work in its panel only
    };

    /// Made when all actions are there: their keys now are the first ones. Then takes those of `preferences`.
    ActionCatalog(QMainWindow &window, Preferences &preferences);

    /// In the order of the menus, then of the panels.
    std::vector<Entry> entries() const;
    QAction *find(const QString &name) const;

    void setKeys(QAction &action, const QList<QKeySequence> &keys);
    QList<QKeySequence> firstKeys(const QAction &action) const;
    /// Another action that listens to one of `keys` where `action` would; null: nobody.
    QAction *holder(const QList<QKeySequence> &keys, const QAction &action) const;

    /// With a key that no widget wanted: whether an action did.
    bool press(const QKeyEvent &event) const;

signals:
    void keysChanged();

private:
    void collect();
    void collectMenu(const QMenu &menu, const QString &title);
    void add(QAction *action, const QString &group);
    void takeKept();
    void keep();

    struct Known {
        QPointer<QAction> action;
        QString group;
        QList<QKeySequence> first;
    };
    QMainWindow &window_;
    Preferences &preferences_;
    std::vector<Known> known_;
};

} // namespace fastcar::ui
