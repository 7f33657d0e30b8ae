// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/token_columns.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// So that the same zoom is the same number however the range was moved.
double settled(double tokensPerPixel)
{
    constexpr double grain = 1 << 30;
    return std::max(1.0, std::round(tokensPerPixel * grain)) / grain;
}

} // namespace

TokenColumns::TokenColumns(double begin, double tokensPerPixel)
    : scale_(settled(tokensPerPixel))
    , first_(std::llround(begin / scale_))
{
}

StepRange TokenColumns::tokens(int column) const
{
    const auto place = static_cast<double>(first_ + column);
    if (scale_ <= 1.0) {
        const int token = static_cast<int>(std::floor((place + 0.5) * scale_)); // in its middle
        return {token, token + 1};
    }
    const int begin = static_cast<int>(std::floor(place * scale_));
    return {begin, std::max(begin + 1, static_cast<int>(std::floor((place + 1.0) * scale_)))};
}

int TokenColumns::columnOf(int token) const
{
    constexpr double far = 1e6; // wider than any screen
    const double column = std::floor(token / scale_) - static_cast<double>(first_);
    return static_cast<int>(std::clamp(column, -far, far));
}

} // namespace fastcar::ui
