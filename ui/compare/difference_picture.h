// SPDX-License-Identifier: Apache-2.0
//
// What is between two pictures, as a picture. Absolute: the mean over the channels of |b - a|, from black to
// white through red. Signed: how much lighter (orange) or darker (blue) B is. The gain brings small
// differences to the eye; what goes beyond the map's end has the end's colour.
#pragma once

#include "engine/media/frame.h"

#include <QColor>
#include <QImage>

namespace fastcar::ui {

struct DifferenceLook {
    bool isSigned = false;
    int gain = 4;

    bool operator==(const DifferenceLook &) const = default;
};

/// The gains that can be chosen.
inline constexpr int differenceGains[] = {1, 2, 4, 8, 16, 32};

/// Of a difference in levels, -255 to 255 (signed) or 0 to 255.
QRgb differenceColor(double difference, const DifferenceLook &look);
/// Of pictures of one size.
QImage differencePicture(const Frame &a, const Frame &b, const DifferenceLook &look);

} // namespace fastcar::ui
