// SPDX-License-Identifier: Apache-2.0
//
// A Gantt as a file: the picture as it is in view (.png, .svg), or all spans of the step, a line each (.csv).
#pragma once

#include "engine/base/result.h"
#include "ui/hardware/gantt_layout.h"

#include <QString>

namespace fastcar::ui {

/// The ending decides. `width`: of the picture, in points.
Result<void> exportGantt(const QString &file, const GanttScene &scene, double width);

/// track,unit,index,work,layer,row,begin,end,begin_ns,end_ns: layers and rows from 0 on, as in a trace; row
/// -1: several.
QByteArray spansCsv(const GanttScene &scene);

} // namespace fastcar::ui
