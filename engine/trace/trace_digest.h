// SPDX-License-Identifier: Apache-2.0
//
// What forecasts are made from (engine/replay/forecast.h, step_cost.h), taken from a trace as it grows.
//
//     TraceDigest digest(trace, TasDefinition::Official);
//     digest.follow(trace); // again when the trace has more steps
//     const ReplayForecast expected = forecast(digest.scores(), policy);
//     const std::optional<TimeForecast> time = digest.times().forecast(expected, digest.scores().run());
#pragma once

#include "engine/replay/step_cost.h"
#include "engine/trace/trace.h"

namespace fastcar {

RunExtent extentOf(const TraceShape &shape);

/// One thread at a time.
class TraceDigest {
public:
    /// Of no steps yet.
    TraceDigest(const Trace &trace, TasDefinition definition);
    /// Takes the steps that are new in `trace`, which is the one that it was made for. Steps that measured
    /// the other definition are passed over.
    void follow(const Trace &trace);

    const ScoreDigest &scores() const { return scores_; }
    /// Of the device that ran last.
    const StepTimes &times() const { return times_; }

private:
    void takeTime(const Trace &trace, int step);

    ScoreDigest scores_;
    StepTimes times_;
    std::string device_; // whose times they are
    int followed_ = 0;   // steps
};

} // namespace fastcar
