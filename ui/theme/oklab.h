// SPDX-License-Identifier: Apache-2.0
//
// OKLab in polar form (Ottosson 2020): a colour by lightness, chroma and hue as eyes see them. Colour maps that
// run evenly in it look even.
#pragma once

#include <QColor>

namespace fastcar::ui {

struct OkLch {
    double lightness = 0.0; // 0 to 1
    double chroma = 0.0;    // 0: grey; 0.3: about the most that screens show
    double hue = 0.0;       // degrees
};

/// The nearest colour that a screen shows, channel by channel.
QRgb toRgb(const OkLch &color);
OkLch toOkLch(QRgb color);
/// `share` of the way from `a` to `b`, each part for itself.
OkLch between(const OkLch &a, const OkLch &b, double share);

} // namespace fastcar::ui
