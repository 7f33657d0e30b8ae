// SPDX-License-Identifier: Apache-2.0
#include "ui/window/window_steps.h"

#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>
#include <memory>

namespace fastcar::ui {

namespace {

constexpr int betweenStepsMs = 250; // what opens has opened by then

/// Popups and dialogs that are open come before the window itself, the last one first.
QWidget *seenWidget(const QString &name)
{
    QWidgetList found;
    for (QWidget *top : QApplication::topLevelWidgets())
        for (QWidget *widget : top->findChildren<QWidget *>(name))
            if (widget->isVisible())
                found += widget;
    const auto open = std::ranges::find_if(found, [](const QWidget *widget) {
        return widget->window() == QApplication::activePopupWidget() ||
               widget->window() == QApplication::activeModalWidget();
    });
    return open != found.end() ? *open : found.value(0);
}

QWidget *focused(MainWindow &window)
{
    if (QWidget *widget = QApplication::focusWidget())
        return widget;
    QWidget *top = QApplication::activePopupWidget();
    top = top ? top : QApplication::activeModalWidget();
    top = top ? top : &window;
    return top->focusWidget() ? top->focusWidget() : top;
}

void press(QWidget *widget, int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
    QApplication::sendEvent(widget, &down);
    QKeyEvent up(QEvent::KeyRelease, key, modifiers, text);
    QApplication::sendEvent(widget, &up);
}

void clickInto(QWidget *widget)
{
    const QPointF at = widget->rect().center();
    for (const QEvent::Type type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        QMouseEvent event(type, at, widget->mapToGlobal(at), Qt::LeftButton,
                          type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &event);
    }
}

/// What takes the mouse: of a scroll area the inner part.
QWidget *mouseTarget(const QString &name)
{
    QWidget *widget = seenWidget(name);
    auto *area = qobject_cast<QAbstractScrollArea *>(widget);
    return area ? area->viewport() : widget;
}

QPointF placeIn(const QWidget &widget, int x, int y)
{
    return {widget.width() * x / 100.0, widget.height() * y / 100.0};
}

bool point(const QString &name, int x, int y)
{
    QWidget *widget = mouseTarget(name);
    if (!widget)
        return false;
    const QPointF at = placeIn(*widget, x, y);
    QMouseEvent event(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
    return true;
}

bool wheel(const QString &name, int x, int y, int steps)
{
    QWidget *widget = mouseTarget(name);
    if (!widget)
        return false;
    const QPointF at = placeIn(*widget, x, y);
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
    return true;
}

bool drop(MainWindow &window, const QString &file)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    const QPoint at = window.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent let(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &let);
    return true;
}

bool click(MainWindow &window, const QString &name)
{
    if (auto *action = window.findChild<QAction *>(name)) {
        action->trigger();
        return true;
    }
    QWidget *widget = seenWidget(name);
    if (!widget)
        return false;
    auto *tool = qobject_cast<QToolButton *>(widget);
    if (tool && tool->popupMode() == QToolButton::InstantPopup) {
        tool->showMenu();
        return true;
    }
    if (auto *button = qobject_cast<QAbstractButton *>(widget)) {
        button->click();
        return true;
    }
    widget->setFocus();
    clickInto(widget);
    return true;
}

bool choose(MainWindow &window, const QString &layout)
{
    const auto found =
        std::ranges::find_if(taskLayouts, [&](TaskLayout each) { return keyOf(each) == layout; });
    if (found == taskLayouts.end())
        return false;
    window.docks().choose(*found);
    return true;
}

bool resizeDock(MainWindow &window, const QString &name, int extent)
{
    QDockWidget *dock = window.docks().dock(name);
    if (!dock)
        return false;
    window.docks().reveal(name);
    const bool flat = window.dockWidgetArea(dock) == Qt::BottomDockWidgetArea;
    window.resizeDocks({dock}, {extent}, flat ? Qt::Vertical : Qt::Horizontal);
    return true;
}

bool chooseItem(const QString &name, int index)
{
    auto *list = qobject_cast<QComboBox *>(seenWidget(name));
    if (!list || index < 0 || index >= list->count())
        return false;
    list->setCurrentIndex(index);
    emit list->activated(index);
    return true;
}

bool scrollTo(const QString &name)
{
    QWidget *widget = seenWidget(name);
    for (QWidget *around = widget; around; around = around->parentWidget())
        if (auto *area = qobject_cast<QScrollArea *>(around)) {
            area->ensureWidgetVisible(widget);
            return true;
        }
    return false;
}

bool take(MainWindow &window, const QString &step)
{
    const QString verb = step.section(QLatin1Char(' '), 0, 0);
    const QString rest = step.section(QLatin1Char(' '), 1);
    const QStringList words = rest.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto number = [&](qsizetype which) { return words.value(which).toInt(); };
    if (verb == QLatin1String("click"))
        return click(window, rest);
    if (verb == QLatin1String("choose") && words.size() == 2)
        return chooseItem(words.front(), number(1));
    if (verb == QLatin1String("layout"))
        return choose(window, rest);
    if (verb == QLatin1String("show"))
        return scrollTo(rest);
    if (verb == QLatin1String("drop"))
        return drop(window, rest);
    if (verb == QLatin1String("point") && words.size() == 3)
        return point(words.front(), number(1), number(2));
    if (verb == QLatin1String("wheel") && words.size() == 4)
        return wheel(words.front(), number(1), number(2), number(3));
    if (verb == QLatin1String("dock") && words.size() == 2)
        return resizeDock(window, words.front(), number(1));
    if (verb == QLatin1String("type")) {
        for (const QChar letter : rest)
            press(focused(window), 0, Qt::NoModifier, letter);
        return true;
    }
    if (verb == QLatin1String("keys")) {
        const QKeySequence keys(rest);
        for (int i = 0; i < keys.count(); ++i)
            press(focused(window), keys[static_cast<uint>(i)].key(),
                  keys[static_cast<uint>(i)].keyboardModifiers(), {});
        return keys.count() > 0;
    }
    if (verb == QLatin1String("select") && words.size() == 3) {
        window.playback().pause(); // or it soon is another frame
        window.selection().chooseFrame(number(0));
        window.selection().choosePosition(number(1));
        window.selection().chooseLayer(number(2));
        return true;
    }
    if (verb == QLatin1String("size") && words.size() == 2) {
        window.resize(number(0), number(1));
        return true;
    }
    return verb == QLatin1String("wait") || verb == QLatin1String("finish");
}

} // namespace

void takeSteps(MainWindow &window, const QStringList &steps, std::function<void(const QString &)> done)
{
    if (steps.isEmpty()) {
        done({});
        return;
    }
    const QString step = steps.front();
    if (step == QLatin1String("finish") && window.controller().running()) {
        QTimer::singleShot(betweenStepsMs, &window,
                           [&window, steps, done] { takeSteps(window, steps, done); });
        return;
    }
    const int pause = step.startsWith(QLatin1String("wait ")) ? step.mid(5).toInt() : betweenStepsMs;
    // Before the step is taken, which may not come back before its dialog is closed.
    const auto failed = std::make_shared<bool>(false);
    QTimer::singleShot(pause, &window, [&window, steps, done, failed] {
        if (!*failed)
            takeSteps(window, steps.mid(1), done);
    });
    if (!take(window, step)) {
        *failed = true;
        done(step);
    }
}

} // namespace fastcar::ui
