// SPDX-License-Identifier: Apache-2.0
//
// A picture of a window as it stands on the screen, with what Vulkan has drawn into it and what is open over
// it.
#pragma once

#include <QImage>

class QWidget;

namespace fastcar::ui {

QImage windowShot(QWidget &window);

} // namespace fastcar::ui
