// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_colors.h"

#include "ui/theme/colormap.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// Share of the scores at either end that are shown in the end's colour.
constexpr double farScores = 0.02;
/// A run is measured again when it has grown by that share.
constexpr double growth = 1.05;

std::size_t index(double share)
{
    return static_cast<std::size_t>(std::lround(255.0 * std::clamp(share, 0.0, 1.0)));
}

/// As far to either side, so that the middle of the colours is zero.
std::optional<TasRange> aroundZero(std::optional<TasRange> range)
{
    if (!range)
        return range;
    const float far = std::max(std::abs(range->low), std::abs(range->high));
    return rounded({-far, far});
}

/// Between the rows of a video.
std::optional<TasRange> scoreDifferences(const Trace &trace, int steps, int layer, int video)
{
    const int other = video + trace.shape().videos;
    const int first = layer < 0 ? 0 : layer;
    const int last = layer < 0 ? trace.shape().layers : layer + 1;
    std::vector<float> differences;
    for (int step = trace.shape().stride; step < steps; ++step) {
        for (int l = first; l < last; ++l) {
            const float difference =
                std::abs(trace.outcome(step, l, video).tas - trace.outcome(step, l, other).tas);
            if (!std::isnan(difference))
                differences.push_back(difference);
        }
    }
    if (differences.empty())
        return std::nullopt;
    const auto far =
        differences.begin() +
        static_cast<std::ptrdiff_t>((1.0 - farScores) * static_cast<double>(differences.size() - 1));
    std::nth_element(differences.begin(), far, differences.end());
    return TasRange{-*far, *far};
}

/// Of single heads, of one row or of the difference of two.
std::optional<TasRange> headScores(const Trace &trace, int steps, int video, bool difference)
{
    constexpr std::size_t enough = 200'000; // of a large run every so many are looked at
    const TraceShape &shape = trace.shape();
    const auto all = static_cast<std::size_t>(steps) * static_cast<std::size_t>(shape.layers) *
                     static_cast<std::size_t>(trace.heads());
    const std::size_t nth = 1 + all / enough;
    std::vector<float> found;
    std::size_t at = 0; // of a step's scores, layer by layer, the next that is looked at
    for (int step = shape.stride; step < steps; ++step) {
        const MatrixView<const float> scores = trace.headScores(step);
        const auto heads = static_cast<std::size_t>(scores.cols);
        const std::size_t ofStep = heads * static_cast<std::size_t>(shape.layers);
        for (; at < ofStep; at += nth) {
            const auto row = static_cast<std::int64_t>(at / heads) * shape.rows + video;
            float value = scores.row(row)[at % heads];
            if (difference)
                value -= scores.row(row + shape.videos)[at % heads];
            if (!std::isnan(value))
                found.push_back(value);
        }
        at -= ofStep;
    }
    if (found.empty())
        return std::nullopt;
    const auto atShare = [&](double share) {
        const auto place =
            found.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(found.size() - 1));
        std::nth_element(found.begin(), place, found.end());
        return *place;
    };
    const TasRange range{atShare(farScores), atShare(1.0 - farScores)};
    return difference ? aroundZero(range) : std::optional(rounded(range));
}

/// Of the numbers that are there.
std::optional<TasRange> rangeOf(const HeatmapGrid &grid)
{
    std::optional<TasRange> range;
    for (const HeatmapCell &cell : grid.cells) {
        if (cell.state != CellState::There)
            continue;
        const TasRange one{cell.value, cell.value};
        range = range ? united(*range, one) : one;
    }
    return range;
}

std::optional<TasRange> scores(const Trace &trace, int steps, int layer)
{
    const auto range = tasRange(trace, steps, layer, farScores);
    return range ? std::optional(rounded(*range)) : std::nullopt;
}

/// The tint that the overlay lays over the picture, on the ground.
QRgb driftColor(double share)
{
    return mixed(themeColors().danger, QColor::fromRgb(decisionColors().computed),
                 std::clamp(share, 0.0, 1.0))
        .rgb();
}

} // namespace

QRgb decisionColor(DecisionCell decision, bool difference)
{
    const DecisionColors &colors = decisionColors();
    switch (decision) {
    case DecisionCell::Computed:
        return colors.computed;
    case DecisionCell::Replayed:
        // Where two rows do the same, that is the quiet case.
        return colors.chains[difference ? 0 : 140];
    case DecisionCell::OnlyFirst:
        return differenceColormap()[240];
    case DecisionCell::OnlySecond:
        return differenceColormap()[15];
    }
    return colors.ground;
}

double HeatmapColors::shareOf(float value) const
{
    if (!range)
        return 0.0;
    return static_cast<double>((value - range->low) / std::max(range->high - range->low, 1e-6f));
}

QRgb HeatmapColors::onMap(double share) const
{
    if (choice.difference)
        return differenceColormap()[index(share)];
    if (choice.value == HeatmapValue::Drift)
        return driftColor(share);
    if (choice.value == HeatmapValue::Tas)
        return tasColormap()[index(share)];
    return share <= 0.0 ? decisionColors().computed : decisionColors().chains[index(share)];
}

QRgb HeatmapColors::of(const HeatmapCell &cell) const
{
    const DecisionColors &colors = decisionColors();
    if (cell.state == CellState::NotEligible)
        return colors.notEligible;
    if (cell.state != CellState::There)
        return colors.ground;
    if (choice.value == HeatmapValue::Decision)
        return decisionColor(static_cast<DecisionCell>(std::lround(cell.value)), choice.difference);
    if (choice.value == HeatmapValue::Chain && !choice.difference)
        return cell.value <= 0.0f ? colors.computed
                                  : colors.replayed(static_cast<int>(std::lround(cell.value)), longestChain);
    return onMap(shareOf(cell.value));
}

std::optional<TasRange> HeatmapRanges::of(const RunRecord &record, const HeatmapGrid &grid)
{
    const HeatmapChoice &choice = grid.choice;
    if (choice.value == HeatmapValue::Decision)
        return std::nullopt;
    if (choice.value == HeatmapValue::Drift)
        return TasRange{0.0f, DenseReference::fullLevels};
    if (choice.value != HeatmapValue::Tas) {
        const TasRange all =
            choice.value == HeatmapValue::Chain
                ? TasRange{0.0f, static_cast<float>(std::max(1, record.trace().shape().frames - 1))}
                : TasRange{0.0f, 1.0f};
        return choice.difference ? aroundZero(rangeOf(grid)) : all;
    }
    const bool heads = choice.kind == HeatmapKind::LayersByHeads;
    const int layer = choice.kind == HeatmapKind::FrameMaps ? grid.chosen.layer : -1;
    const int steps = record.wholeSteps();
    const bool good = known_ && known_->difference == choice.difference && known_->heads == heads &&
                      known_->layer == layer && known_->video == grid.video && steps >= known_->steps &&
                      steps < growth * known_->steps;
    if (!good)
        known_ = {.difference = choice.difference,
                  .heads = heads,
                  .layer = layer,
                  .video = grid.video,
                  .steps = steps,
                  .range = heads ? headScores(record.trace(), steps, grid.video, choice.difference)
                           : choice.difference
                               ? aroundZero(scoreDifferences(record.trace(), steps, layer, grid.video))
                               : scores(record.trace(), steps, layer)};
    return known_->range;
}

} // namespace fastcar::ui
