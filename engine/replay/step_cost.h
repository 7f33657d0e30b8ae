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
    /// were decoded within it. `mlpSeconds`: of it within MLPs; 0 where the device does not tell.
    void add(const StepLoad &load, double seconds, bool endsFrame, double mlpSeconds = 0.0);
    int steps() const { return static_cast<int>(plain_.size()); }
    /// A step takes rest(position) + mlp(layersRead, rowsComputed): a line through the times of its MLPs, and
    /// one through what is left of the steps' times. So a run without replay tells, too, what replay would
    /// save. Of such a run, where rows and layers go together, an MLP that is read is taken to cost the same
    /// whatever its rows compute, for it is the reading of weights that takes time (docs/kernels.md); and
    /// replaying an output to cost nothing, which is D numbers a row beside the MLP's 3 D F weights.
    ///
    /// Where the device does not tell of MLPs, one line through the steps' times is all; nothing where what
    /// they computed did not vary. Nothing of too few steps either. Times far from the line, of a pause or a
    /// busy machine, are left out. Kept until the next step comes.
    const std::optional<StepCost> &fit() const;
    /// Of a whole video under `forecast`.
    std::optional<TimeForecast> forecast(const ReplayForecast &forecast, const RunExtent &run) const;

private:
    std::vector<StepSample> plain_;
    std::vector<StepSample> endingFrames_;
    // Of the plain ones whose device tells.
    std::vector<StepSample> mlps_;
    std::vector<StepSample> rests_;
    mutable std::optional<StepCost> fit_;
    mutable bool fitted_ = false;
};

} // namespace fastcar
