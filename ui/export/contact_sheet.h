// SPDX-License-Identifier: Apache-2.0
//
// Many frames on one picture, with their numbers, and above them what the run was.
#pragma once

#include "ui/export/export_picture.h"
#include "ui/theme/theme.h"

#include <vector>

namespace fastcar::ui {

struct SheetLook {
    int columns = 4;
    int rows = 2;
    PictureLook picture{.scale = 2};
    bool numbers = true;
    bool caption = true; // prompt, seed, replay
    ThemeName theme = ThemeName::Dark;

    bool operator==(const SheetLook &) const = default;
};

/// The frames that a sheet shows: all, or as many as have room, at equal distances from the first to the
/// last.
std::vector<int> framesOnSheet(int frames, const SheetLook &look);
QImage contactSheet(const ExportMaterial &material, const SheetLook &look);

} // namespace fastcar::ui
