// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/action_catalog.h"

#include "ui/commands/action_keys.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace fastcar::ui {

namespace {

bool worksInItsWidgetOnly(const QAction &action)
{
    return action.shortcutContext() == Qt::WidgetShortcut ||
           action.shortcutContext() == Qt::WidgetWithChildrenShortcut;
}

/// The title of the panel that something stands in; empty outside of panels.
QString panelOf(const QObject *object)
{
    for (; object; object = object->parent())
        if (const auto *dock = qobject_cast<const QDockWidget *>(object))
            return dock->windowTitle();
    return {};
}

/// "replayDockAction=Ctrl+R; R": one action's keys as they are kept.
constexpr QChar nameEnds = u'=';

/// Of an empty text none: Qt would read one sequence of no keys.
QList<QKeySequence> keysIn(const QString &text)
{
    return text.isEmpty() ? QList<QKeySequence>()
                          : QKeySequence::listFromString(text, QKeySequence::PortableText);
}

} // namespace

ActionCatalog::ActionCatalog(QMainWindow &window, Preferences &preferences)
    : QObject(&window)
    , window_(window)
    , preferences_(preferences)
{
    collect();
    preferences_.follow(preference::shortcuts, this, [this](const QStringList &) { takeKept(); });
}

void ActionCatalog::collect()
{
    for (const QAction *top : window_.menuBar()->actions())
        if (const QMenu *menu = top->menu())
            collectMenu(*menu, titleOf(*top));
    for (QAction *action : window_.findChildren<QAction *>()) {
        const QString panel = panelOf(action);
        add(action, panel.isEmpty() ? tr("Window") : panel);
    }
}

void ActionCatalog::collectMenu(const QMenu &menu, const QString &title)
{
    for (QAction *action : menu.actions()) {
        if (action->menu())
            collectMenu(*action->menu(), titleOf(*action));
        else
            add(action, title);
    }
}

void ActionCatalog::add(QAction *action, const QString &group)
{
    const bool named = action->objectName().endsWith(QLatin1String("Action")) && !action->text().isEmpty();
    const bool there =
        std::ranges::any_of(known_, [&](const Known &known) { return known.action == action; });
    if (named && !there)
        known_.push_back({.action = action, .group = group, .first = keysOf(*action)});
}

std::vector<ActionCatalog::Entry> ActionCatalog::entries() const
{
    std::vector<Entry> entries;
    for (const Known &known : known_)
        if (known.action)
            entries.push_back({.action = known.action,
                               .group = known.group,
                               .title = titleOf(*known.action),
                               .keys = keysOf(*known.action),
                               .local = worksInItsWidgetOnly(*known.action)});
    return entries;
}

QAction *ActionCatalog::find(const QString &name) const
{
    for (const Known &known : known_)
        if (known.action && known.action->objectName() == name)
            return known.action;
    return nullptr;
}

QList<QKeySequence> ActionCatalog::firstKeys(const QAction &action) const
{
    for (const Known &known : known_)
        if (known.action == &action)
            return known.first;
    return {};
}

void ActionCatalog::setKeys(QAction &action, const QList<QKeySequence> &keys)
{
    ui::setKeys(action, keys);
    keep();
}

QAction *ActionCatalog::holder(const QList<QKeySequence> &keys, const QAction &action) const
{
    for (const Known &known : known_) {
        if (!known.action || known.action == &action)
            continue;
        const bool apart = worksInItsWidgetOnly(*known.action) && worksInItsWidgetOnly(action) &&
                           known.action->parent() != action.parent();
        if (apart)
            continue;
        for (const QKeySequence &one : keysOf(*known.action))
            if (keys.contains(one))
                return known.action;
    }
    return nullptr;
}

bool ActionCatalog::press(const QKeyEvent &event) const
{
    QList<QAction *> actions;
    for (const Known &known : known_)
        if (known.action)
            actions += known.action;
    return pressKey(actions, event);
}

void ActionCatalog::takeKept()
{
    std::map<QString, QList<QKeySequence>> kept;
    for (const QString &line : preferences_.get(preference::shortcuts))
        kept[line.section(nameEnds, 0, 0)] = keysIn(line.section(nameEnds, 1));
    for (const Known &known : known_) {
        if (!known.action)
            continue;
        const auto own = kept.find(known.action->objectName());
        const auto keys = own == kept.end() ? known.first : own->second;
        if (keys != keysOf(*known.action))
            ui::setKeys(*known.action, keys);
    }
    emit keysChanged();
}

void ActionCatalog::keep()
{
    QStringList lines;
    for (const Known &known : known_)
        if (known.action && keysOf(*known.action) != known.first)
            lines += known.action->objectName() + nameEnds +
                     QKeySequence::listToString(keysOf(*known.action), QKeySequence::PortableText);
    preferences_.set(preference::shortcuts, lines);
}

} // namespace fastcar::ui
