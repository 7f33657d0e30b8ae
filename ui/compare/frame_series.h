// SPDX-License-Identifier: Apache-2.0
//
// What a comparison says of each frame, as numbers to be drawn: one line, or one for A and one for B.
#pragma once

#include "engine/quality/loaded_comparison.h"

#include <QString>

#include <optional>
#include <vector>

namespace fastcar::ui {

enum class FrameFigure { Drift, Psnr, Ssim, Flicker, EqualCodes };
inline constexpr FrameFigure frameFigures[] = {FrameFigure::Drift, FrameFigure::Psnr, FrameFigure::Ssim,
                                               FrameFigure::Flicker, FrameFigure::EqualCodes};

QString nameOf(FrameFigure figure);
QString unitOf(FrameFigure figure);
/// What it says, for a tool tip.
QString wordsFor(FrameFigure figure);

/// With its unit.
QString figureText(FrameFigure figure, const std::optional<double> &value);

struct FrameSeries {
    /// By frame of B from `first` on; nothing: not known, or infinite (PSNR of equal frames).
    std::vector<std::optional<double>> values;
    std::vector<std::optional<double>> ofA; // Flicker: A's beside B's; otherwise empty
    int first = 0;
    double low = 0.0, high = 1.0; // of the axis

    bool empty() const { return values.empty(); }
};

/// `offset` is the one that was compared with.
FrameSeries frameSeries(const LoadedComparison &comparison, FrameFigure figure, int offset);

} // namespace fastcar::ui
