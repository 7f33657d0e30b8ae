// SPDX-License-Identifier: Apache-2.0
//
// The plots that can be made of a run.
#pragma once

#include "ui/export/export_material.h"
#include "ui/export/plot.h"

namespace fastcar::ui {

enum class PlotKind { RatioByLayer, RatioByFrame, TasHistogram, Drift };
inline constexpr PlotKind plotKinds[] = {PlotKind::RatioByLayer, PlotKind::RatioByFrame,
                                         PlotKind::TasHistogram, PlotKind::Drift};

QString nameOf(PlotKind kind);
/// "ratio-by-layer": of a file's name.
QString stemOf(PlotKind kind);
/// Why the plot cannot be made of this run, in a sentence; empty where it can.
QString whyNot(PlotKind kind, const ExportMaterial &material);
/// Of a kind that can be made.
Plot plotOf(PlotKind kind, const ExportMaterial &material);

} // namespace fastcar::ui
