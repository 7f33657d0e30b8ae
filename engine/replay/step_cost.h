// SPDX-License-Identifier: Apache-2.0
//
// What a decode step takes, as a line over what it has to do: fitted to the measured times of a run's steps,
// or to what a card's cycle model says, and then asked for policies that nobody ran.
#pragma once

#include "engine/replay/forecast.h"
#include "engine/replay/line_fit.h"

#include <optional>
#include <vector>

namespace fastcar {

/// What the time of a step depends on.
struct StepLoad {
    double position = 0.0;     // of the input token in the video: attention grows with it
    double layersRead = 0.0;   // layers whose MLP weights are read, because some row computes
    double rowsComputed = 0.0; // rows of all layers whose MLP is computed
};

/// The mean load of the steps of a video under a forecast.
StepLoad meanLoad(const ReplayForecast &forecast, const RunExtent &run);

/// A cost and the load that made it, to be fitted.
StepSample sampleOf(const StepLoad &load, double cost);

/// Seconds or joules of a step, as fitted, and how well that is known.
struct StepCost {
    StepLine line;

    double of(const StepLoad &load) const;
    /// One standard error of of(): of the line, not of one step around it.
    double errorAt(const StepLoad &load) const;
};

struct TimeForecast {
    double secondsPerStep = 0.0; // of the backbone and of drawing the token, on the average
    double clipSeconds = 0.0;    // all steps, and the pictures
    double clipError = 0.0;      // one standard error of it
};

/// The times of a run's steps. One thread at a time.
class StepTimes {
public:
    /// A step and how long it took, with the token that was drawn behind it. `endsFrame`: a frame's pixels
    /// were decoded within it.
    void add(const StepLoad &load, double seconds, bool endsFrame);
    int steps() const { return static_cast<int>(plain_.size()); }
    /// Nothing where the steps do not tell: too few, or what they computed did not vary. Times far from the
    /// line, of a pause or a busy machine, are left out. Kept until the next step comes.
    const std::optional<StepCost> &fit() const;
    /// Of a whole video under `forecast`.
    std::optional<TimeForecast> forecast(const ReplayForecast &forecast, const RunExtent &run) const;

private:
    std::vector<StepSample> plain_;
    std::vector<StepSample> endingFrames_;
    mutable std::optional<StepCost> fit_;
    mutable bool fitted_ = false;
};

} // namespace fastcar
