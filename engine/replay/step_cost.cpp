// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/step_cost.h"

#include <algorithm>

namespace fastcar {

namespace {

StepLine::Values valuesOf(const StepLoad &load)
{
    return {1.0, load.position, load.layersRead, load.rowsComputed};
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

void StepTimes::add(const StepLoad &load, double seconds, bool endsFrame)
{
    (endsFrame ? endingFrames_ : plain_).push_back(sampleOf(load, seconds));
    fitted_ = false;
}

const std::optional<StepCost> &StepTimes::fit() const
{
    if (fitted_)
        return fit_;
    fitted_ = true;
    fit_.reset();
    // Rows and layers go together unless rows decide for themselves; then rows stand for both.
    constexpr std::array whole{Base, Position, LayersRead, RowsComputed};
    constexpr std::array rowsOnly{Base, Position, RowsComputed};
    std::optional<StepLine> line = robustLine(plain_, whole);
    if (!line || !line->isClear(RowsComputed) || !line->isClear(LayersRead))
        line = robustLine(plain_, rowsOnly);
    if (line && line->isClear(RowsComputed))
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
