// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_layout.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double lowestLane = 3.0;
constexpr double highestLane = 32.0;
constexpr double foot = 4.0;
/// Layers stand apart as soon as that much is left of them.
constexpr double leastForGap = 5.0;

double gapOf(double laneHeight, std::size_t rows)
{
    return laneHeight * static_cast<double>(rows) >= leastForGap ? 1.0 : 0.0;
}

} // namespace

double DecisionLayout::labelWidth()
{
    return atTextSize(76);
}

QRectF DecisionLayout::plot() const
{
    return {labelWidth(), headerHeight, std::max(1.0, size.width() - labelWidth() - rightEdge),
            std::max(1.0, size.height() - headerHeight)};
}

double DecisionLayout::tokensPerPixel(const AxisRange &tokens) const
{
    return tokens.width() / plot().width();
}

double DecisionLayout::xOf(const AxisRange &tokens, double token) const
{
    const double scale = tokensPerPixel(tokens);
    return plot().left() + (scale > 0.0 ? (token - tokens.begin()) / scale : 0.0);
}

double DecisionLayout::tokenAt(const AxisRange &tokens, double x) const
{
    return tokens.begin() + (x - plot().left()) * tokensPerPixel(tokens);
}

const DecisionLane *DecisionLayout::laneAt(double y) const
{
    if (lanes.empty() || y < 0.0 || y > lanes.back().bottom())
        return nullptr;
    const auto below = std::partition_point(lanes.begin(), lanes.end(),
                                            [y](const DecisionLane &lane) { return lane.top <= y; });
    return &*std::prev(below);
}

const DecisionLane *DecisionLayout::lane(int layer, int row) const
{
    const auto found = std::find_if(lanes.begin(), lanes.end(), [&](const DecisionLane &lane) {
        return lane.layer == layer && lane.row == row;
    });
    return found != lanes.end() ? &*found : nullptr;
}

double DecisionLayout::layerPitch() const
{
    const auto next = static_cast<std::size_t>(rows);
    return lanes.size() > next ? lanes[next].top - lanes.front().top : contentHeight - headerHeight;
}

DecisionLayout layOut(int layers, const std::vector<int> &rows, QSizeF size)
{
    DecisionLayout layout;
    layout.size = size;
    layout.rows = static_cast<int>(rows.size());
    layout.contentHeight = DecisionLayout::headerHeight;
    if (layers == 0 || rows.empty())
        return layout;
    const double room = size.height() - DecisionLayout::headerHeight - foot;
    const auto heightWith = [&](double lane) {
        return layers * (lane * static_cast<double>(rows.size()) + gapOf(lane, rows.size()));
    };
    double height = highestLane;
    while (height > lowestLane && heightWith(height) > room)
        height -= 1.0;
    double top = 0.0;
    for (int layer = 0; layer < layers; ++layer) {
        for (const int row : rows) {
            layout.lanes.push_back({.layer = layer, .row = row, .top = top, .height = height});
            top += height;
        }
        top += gapOf(height, rows.size());
    }
    layout.contentHeight = DecisionLayout::headerHeight + top + foot;
    return layout;
}

} // namespace fastcar::ui
