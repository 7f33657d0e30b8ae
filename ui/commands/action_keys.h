// SPDX-License-Identifier: Apache-2.0
//
// The keys of an action. Most are Qt's shortcuts, which work wherever the focus is. Some have to give way to
// whatever widget has a use for them (Space to a button, the arrows to a slider): those are no shortcuts but
// pressed by the window, with what no widget wanted.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;
class QKeyEvent;

namespace fastcar::ui {

/// From now on the action's keys give way. Before setKeys().
void letKeysGiveWay(QAction &action);
bool keysGiveWay(const QAction &action);

QList<QKeySequence> keysOf(const QAction &action);
void setKeys(QAction &action, const QList<QKeySequence> &keys);

/// Its name without the mnemonic and without keys: "Pause".
QString titleOf(const QAction &action);
/// "Ctrl+Return, Ctrl+Enter": for a person.
QString textOf(const QList<QKeySequence> &keys);

/// Presses the one of `actions` whose keys give way and that the event names.
bool pressKey(const QList<QAction *> &actions, const QKeyEvent &event);

} // namespace fastcar::ui
