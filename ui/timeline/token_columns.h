// SPDX-License-Identifier: Apache-2.0
//
// Which tokens a column of pixels shows. Columns lie on a grid that is fixed to the video, not to the screen:
// moving along it never changes what a column holds, so that nothing flickers and what is painted stays good.
#pragma once

#include "engine/trace/decision_pyramid.h"

#include <cstdint>

namespace fastcar::ui {

class TokenColumns {
public:
    TokenColumns() = default;
    /// `begin`: the token at the left edge of the screen; `tokensPerPixel` is above 0.
    TokenColumns(double begin, double tokensPerPixel);

    /// [begin, end), one token at the least; it may lie outside of the video.
    StepRange tokens(int column) const;
    /// Where a token begins; it may lie outside of the screen.
    int columnOf(int token) const;
    double tokensPerColumn() const { return scale_; }
    /// The column of the grid at the left edge.
    std::int64_t first() const { return first_; }

    bool operator==(const TokenColumns &) const = default;

private:
    double scale_ = 1.0;
    std::int64_t first_ = 0;
};

} // namespace fastcar::ui
