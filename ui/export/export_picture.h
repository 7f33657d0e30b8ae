// SPDX-License-Identifier: Apache-2.0
//
// A frame as it is written to a file: enlarged, with what the viewer lays over it burned in or beside it. The
// overlays are drawn by the viewer's own painter.
#pragma once

#include "ui/export/export_material.h"

#include <QImage>
#include <QSize>

namespace fastcar::ui {

struct PictureLook {
    enum class Overlay {
        None,
        Burned, // over the picture
        Beside, // the picture, and to its right the picture with what lies over it
    };

    int scale = 4; // whole, so that texels stay squares
    bool smooth = false;
    Overlay overlay = Overlay::None;

    bool operator==(const PictureLook &) const = default;
};

/// Of pictures of `picture` pixels.
QSize exportedSize(QSize picture, const PictureLook &look);
QImage exportedImage(const ExportMaterial &material, int frame, const PictureLook &look);
SharedFrame exportedFrame(const ExportMaterial &material, int frame, const PictureLook &look);

/// Pixels of ours and of Qt's.
QImage imageOf(const Frame &frame); // shares the pixels
SharedFrame frameOf(const QImage &image);

} // namespace fastcar::ui
