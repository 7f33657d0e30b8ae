// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/action_keys.h"

#include <QAction>
#include <QKeyEvent>
#include <QStringList>

namespace fastcar::ui {

namespace {
constexpr auto keysProperty = "keysThatGiveWay";
} // namespace

void letKeysGiveWay(QAction &action)
{
    action.setProperty(keysProperty, QStringList());
}

bool keysGiveWay(const QAction &action)
{
    return action.property(keysProperty).isValid();
}

QList<QKeySequence> keysOf(const QAction &action)
{
    if (!keysGiveWay(action))
        return action.shortcuts();
    QList<QKeySequence> keys;
    for (const QString &text : action.property(keysProperty).toStringList())
        keys += QKeySequence::fromString(text, QKeySequence::PortableText);
    return keys;
}

void setKeys(QAction &action, const QList<QKeySequence> &keys)
{
    if (!keysGiveWay(action)) {
        action.setShortcuts(keys);
        return;
    }
    QStringList texts;
    for (const QKeySequence &one : keys)
        texts += one.toString(QKeySequence::PortableText);
    action.setProperty(keysProperty, texts);
    // A menu shows what stands behind a tabulator where it shows shortcuts.
    const QString name = action.text().section(QLatin1Char('\t'), 0, 0);
    action.setText(
        keys.isEmpty() ? name : name + QLatin1Char('\t') + keys.front().toString(QKeySequence::NativeText));
}

QString titleOf(const QAction &action)
{
    QString title = action.text().section(QLatin1Char('\t'), 0, 0);
    title.remove(QLatin1Char('&'));
    return title;
}

QString textOf(const QList<QKeySequence> &keys)
{
    return QKeySequence::listToString(keys, QKeySequence::NativeText)
        .replace(QLatin1String("; "), QLatin1String(", "));
}

bool pressKey(const QList<QAction *> &actions, const QKeyEvent &event)
{
    // The key pad's arrows are arrows.
    const QKeySequence pressed(
        QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event.key())));
    for (QAction *action : actions) {
        if (!keysGiveWay(*action) || !action->isEnabled())
            continue;
        if (keysOf(*action).contains(pressed)) {
            action->trigger();
            return true;
        }
    }
    return false;
}

} // namespace fastcar::ui
