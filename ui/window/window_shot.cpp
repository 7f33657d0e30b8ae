// SPDX-License-Identifier: Apache-2.0
#include "ui/window/window_shot.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QScreen>
#include <QWidget>

namespace fastcar::ui {

namespace {

/// What is open over the window: dialogs and popups, panels on their own.
QWidgetList openOver(const QWidget &window)
{
    QWidgetList open;
    for (QWidget *top : QApplication::topLevelWidgets())
        if (top != &window && top->isVisible())
            open += top;
    return open;
}

QImage pieceOfScreen(QScreen &screen, const QRect &of)
{
    const QPoint at = of.topLeft() - screen.geometry().topLeft();
    return screen.grabWindow(0, at.x(), at.y(), of.width(), of.height()).toImage();
}

} // namespace

QImage windowShot(QWidget &window)
{
    QRect whole = window.frameGeometry();
    const QWidgetList over = openOver(window);
    for (const QWidget *top : over)
        whole |= top->frameGeometry();
    // A widget's own grab() leaves windows of Vulkan blank; the screen has everything. Offscreen there is no
    // Vulkan, and the screen has nothing.
    if (QGuiApplication::platformName() == QLatin1String("xcb"))
        return pieceOfScreen(*window.screen(), whole & window.screen()->geometry());
    QPixmap picture = window.grab();
    QPainter painter(&picture);
    for (QWidget *top : over)
        painter.drawPixmap(top->pos() - window.pos(), top->grab());
    painter.end();
    return picture.toImage();
}

} // namespace fastcar::ui
