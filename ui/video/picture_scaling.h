// SPDX-License-Identifier: Apache-2.0
//
// The picture as it stands on the screen: each pixel is the mean of the texels that it covers. At whole
// factors that is the nearest texel; in between, texels keep their sharp edges and equal widths; below 1
// nothing is skipped. shaders/view/video.frag does the same sum.
#pragma once

#include "engine/media/frame.h"

#include <QImage>
#include <QRect>

namespace fastcar::ui {

/// The part of `frame`, enlarged to cover `target`, that lies in `visible`.
QImage scaledPicture(const Frame &frame, QRect target, QRect visible);

/// Keeps the last one, so that what lies over it can change without it being made anew.
class ScaledPicture {
public:
    const QImage &of(const SharedFrame &frame, QRect target, QRect visible);

private:
    SharedFrame frame_;
    QRect target_;
    QRect visible_;
    QImage image_;
};

} // namespace fastcar::ui
