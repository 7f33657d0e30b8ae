// SPDX-License-Identifier: Apache-2.0
#include "ui/models/threshold_shapes.h"

#include <algorithm>
#include <cstddef>

namespace fastcar::ui {

namespace {

float &at(std::vector<float> &sliders, int layer)
{
    return sliders[static_cast<std::size_t>(layer)];
}

} // namespace

float middleOf(std::vector<float> values)
{
    if (values.empty())
        return 0.0f;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<float> flat(std::vector<float> sliders, const LayerSet &layers)
{
    std::vector<float> chosen;
    for (const int layer : layers)
        chosen.push_back(at(sliders, layer));
    const float middle = middleOf(std::move(chosen));
    for (const int layer : layers)
        at(sliders, layer) = middle;
    return sliders;
}

std::vector<float> ramp(std::vector<float> sliders, const LayerSet &layers)
{
    if (layers.size() < 3)
        return sliders; // two points are a line already
    const int first = layers.front();
    const int last = layers.back();
    const float from = at(sliders, first);
    const float rise = (at(sliders, last) - from) / static_cast<float>(last - first);
    for (const int layer : layers)
        if (layer != last)
            at(sliders, layer) = from + rise * static_cast<float>(layer - first);
    return sliders;
}

} // namespace fastcar::ui
