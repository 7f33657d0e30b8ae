// SPDX-License-Identifier: Apache-2.0
#include "ui/window/window_shot.h"

#include <QGuiApplication>
#include <QPixmap>
#include <QScreen>
#include <QWidget>

namespace fastcar::ui {

QImage windowShot(QWidget &window)
{
    // A widget's own grab() leaves windows of Vulkan blank; the screen has everything. Offscreen there is no
    // Vulkan, and the screen has nothing.
    if (QGuiApplication::platformName() == QLatin1String("xcb"))
        return window.screen()->grabWindow(window.winId()).toImage();
    return window.grab().toImage();
}

} // namespace fastcar::ui
