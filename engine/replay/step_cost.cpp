// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/step_cost.h"

#include <algorithm>

namespace fastcar {

namespace {

StepLine::Values valuesOf(const StepLoad &load)
{
    return {1.0, load.position, load.layersRead, load.rowsComputed};
}

/// Where the device tells no more than when a step was over. Rows and layers go together unless rows decide
/// for themselves; then rows stand for both.
std::optional<StepLine> lineOfSteps(std::span<const StepSample> steps)
{
    constexpr std::array whole{Base, Position, LayersRead, RowsComputed};
    constexpr std::array rowsOnly{Base, Position, RowsComputed};
    std::optional<StepLine> line = robustLine(steps, whole);
    if (!line || !line->isClear(RowsComputed) || !line->isClear(LayersRead))
        line = robustLine(steps, rowsOnly);
    return line && line->isClear(RowsComputed) ? line : std::nullopt;
}

/// No base: where nothing is computed an MLP takes nothing. Where rows did not decide for themselves, or
/// nothing was replayed, layers stand for both.
std::optional<StepLine> lineOfMlps(std::span<const StepSample> mlps)
{
    constexpr std::array both{LayersRead, RowsComputed};
    constexpr std::array layersOnly{LayersRead};
    constexpr std::array rowsOnly{RowsComputed};
    const std::optional<StepLine> line = robustLine(mlps, both);
    if (!line || !line->isClear(RowsComputed))
        return robustLine(mlps, layersOnly);
    return line->isClear(LayersRead) ? line : robustLine(mlps, rowsOnly);
}

std::optional<StepLine> lineOfParts(std::span<const StepSample> mlps, std::span<const StepSample> rests)
{
    constexpr std::array time{Base, Position};
    const std::optional<StepLine> mlp = lineOfMlps(mlps), rest = robustLine(rests, time);
    return mlp && rest ? std::optional(*mlp + *rest) : std::nullopt;
}

} // namespace

StepLoad meanLoad(const ReplayForecast &forecast, const RunExtent &run)
{
    const double steps = std::max(1, run.steps());
    return {.position = 0.5 * (steps - 1.0),
            .layersRead = (forecast.all.steps - forecast.all.wholeSteps) / steps,
            .rowsComputed = (forecast.all.total - forecast.all.replayed) / steps};
}

StepSample sampleOf(const StepLoad &load, double cost)
{
    return {.x = valuesOf(load), .y = cost};
}

double StepCost::of(const StepLoad &load) const
{
    return line.at(valuesOf(load));
}

double StepCost::errorAt(const StepLoad &load) const
{
    return line.errorAt(valuesOf(load));
}

void StepTimes::add(const StepLoad &load, double seconds, bool endsFrame, double mlpSeconds)
{
    fitted_ = false;
    (endsFrame ? endingFrames_ : plain_).push_back(sampleOf(load, seconds));
    if (endsFrame || mlpSeconds <= 0.0)
        return;
    mlps_.push_back(sampleOf(load, mlpSeconds));
    rests_.push_back(sampleOf(load, seconds - mlpSeconds));
}

const std::optional<StepCost> &StepTimes::fit() const
{
    if (fitted_)
        return fit_;
    fitted_ = true;
    fit_.reset();
    if (const auto line = mlps_.empty() ? lineOfSteps(plain_) : lineOfParts(mlps_, rests_))
        fit_ = StepCost{.line = *line};
    return fit_;
}

std::optional<TimeForecast> StepTimes::forecast(const ReplayForecast &forecast, const RunExtent &run) const
{
    const std::optional<StepCost> &cost = fit();
    if (!cost || !forecast.known)
        return std::nullopt;
    const StepLoad load = meanLoad(forecast, run);
    double pixels = 0.0; // of a frame
    for (const StepSample &step : endingFrames_)
        pixels += std::max(0.0, step.y - cost->line.at(step.x));
    pixels /= std::max(1.0, static_cast<double>(endingFrames_.size()));
    TimeForecast result;
    result.secondsPerStep = cost->of(load);
    result.clipSeconds = run.steps() * result.secondsPerStep + run.frames * pixels;
    result.clipError = run.steps() * cost->errorAt(load);
    return result;
}

} // namespace fastcar
