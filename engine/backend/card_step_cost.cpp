// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/card_step_cost.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace fastcar {

namespace {

struct Point {
    StepLoad load;
    std::vector<std::uint32_t> replays; // [layers]
};

/// Steps early and late in the video, in which no row replays, one does, all but one do, or all do: in every
/// layer, or in every second one.
std::vector<Point> pointsOf(const RunExtent &run)
{
    const int rows = run.rows.rows();
    const std::uint32_t all = rows >= 32 ? ~0U : (1U << rows) - 1U;
    const std::array<std::uint32_t, 4> masks{0U, 1U, all >> 1, all};
    const int last = std::max(run.stride, run.steps() - 1);
    std::vector<Point> points;
    for (const int token : {run.stride, (run.stride + last) / 2, last})
        for (const std::uint32_t mask : masks)
            for (const int every : {1, 2}) {
                Point point{.load = {.position = static_cast<double>(token)}, .replays = {}};
                for (int layer = 0; layer < run.layers; ++layer) {
                    const std::uint32_t here = layer % every == 0 ? mask : 0U;
                    point.replays.push_back(here);
                    point.load.rowsComputed += rows - std::popcount(here);
                    point.load.layersRead += here != all;
                }
                points.push_back(std::move(point));
            }
    return points;
}

Result<StepCost> fitted(const std::vector<StepSample> &samples, bool oneRow)
{
    constexpr std::array both{Base, Position, LayersRead, RowsComputed};
    constexpr std::array rowsOnly{Base, Position, RowsComputed};
    const auto line = oneRow ? leastSquares(samples, rowsOnly) : leastSquares(samples, both);
    if (!line)
        return Error{ErrorKind::Unsupported, "A video this short has too few steps to be timed on a card."};
    return StepCost{.line = *line};
}

double largestError(const std::vector<StepSample> &samples, const StepCost &cost)
{
    double largest = 0.0;
    for (const StepSample &sample : samples)
        largest = std::max(largest, std::abs(cost.line.at(sample.x) / sample.y - 1.0));
    return largest;
}

} // namespace

Result<CardStepCost> fitCardStepCost(CardTiming &timing, const RunExtent &run, int promptTokens,
                                     const ReplayPolicy &policy, const AttentionSpan &attention)
{
    std::vector<StepSample> seconds, joules;
    for (const Point &point : pointsOf(run)) {
        const int position = promptTokens + static_cast<int>(point.load.position);
        const auto step = timing.time({.position = position,
                                       .rows = run.rows.rows(),
                                       .earlier = position - run.stride,
                                       .measured = true,
                                       .replays = point.replays,
                                       .policy = policy,
                                       .attention = attention},
                                      false);
        if (!step)
            return step.error();
        seconds.push_back(sampleOf(point.load, step->seconds));
        joules.push_back(sampleOf(point.load, step->energy.totalJ()));
    }
    const bool oneRow = run.rows.rows() == 1;
    const auto time = fitted(seconds, oneRow), energy = fitted(joules, oneRow);
    if (!time)
        return time.error();
    if (!energy)
        return energy.error();
    return CardStepCost{.seconds = *time,
                        .joules = *energy,
                        .largestError =
                            std::max(largestError(seconds, *time), largestError(joules, *energy))};
}

CardClip forecastOnCard(const CardStepCost &cost, const ReplayForecast &forecast, const RunExtent &run)
{
    const StepLoad load = meanLoad(forecast, run);
    const double step = cost.seconds.of(load);
    return {
        .secondsPerStep = step, .seconds = run.steps() * step, .joules = run.steps() * cost.joules.of(load)};
}

} // namespace fastcar
