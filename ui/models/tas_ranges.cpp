// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tas_ranges.h"

namespace fastcar::ui {

std::optional<TasRange> TasRanges::of(int layer) const
{
    const int steps = record_.wholeSteps();
    found_.resize(static_cast<std::size_t>(record_.trace().shape().layers));
    if (layer < 0 || layer >= static_cast<int>(found_.size()))
        return std::nullopt;
    Found &found = found_[static_cast<std::size_t>(layer)];
    if (found.steps != steps)
        found = {.steps = steps, .range = heatmapRange(record_.trace(), steps, layer)};
    return found.range;
}

} // namespace fastcar::ui
