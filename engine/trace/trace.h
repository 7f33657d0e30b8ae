// SPDX-License-Identifier: Apache-2.0
//
// What happened, token by token: one trace serves the views, the exports and the tests. Views never ask the engine; they
// read this.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/decode/event.h"
#include "engine/decode/run_settings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fastcar {

/// The sizes of what is traced.
struct TraceShape {
    int layers = 0;
    int rows = 0;
    int videos = 0;
    int depth = 0;      // K
    int stride = 0;     // N
    int gridHeight = 0;
    int gridWidth = 0;
    int frames = 0;

    bool operator==(const TraceShape &) const = default;
};

/// Append-only; one thread at a time (the views' thread holds its own, filled from the ring).
class Trace {
public:
    Trace() = default;
    Trace(TraceShape shape, RunSettings settings);

    const TraceShape &shape() const { return shape_; }
    const RunSettings &settings() const { return settings_; }

    /// Takes an event as the engine sent it; kinds that a trace does not keep are passed over.
    void append(const Event &event);
    /// The policy that a number in the trace stands for; number 0 is the one of the settings.
    void addPolicy(std::uint32_t number, ReplayPolicy policy);

    /// Visual tokens that were drawn up to now.
    int tokens() const { return tokens_; }
    /// Decode steps in the trace: step s had token s as its input.
    int steps() const { return steps_; }
    LayerOutcome outcome(int step, int layer, int row) const;
    std::uint32_t policyOf(int step) const;
    const ReplayPolicy &policy(std::uint32_t number) const;
    std::int32_t code(int token, int video, int depth) const;
    /// When a token was done, since the run began.
    std::int64_t timeNs(int token) const;

private:
    TraceShape shape_;
    RunSettings settings_;
    int tokens_ = 0;
    int steps_ = 0;
    std::vector<LayerOutcome> outcomes_; // [step, layer, row]
    std::vector<std::uint32_t> policies_; // [step]
    std::vector<ReplayPolicy> policyTable_;
    std::vector<std::int32_t> codes_; // [token, video, depth]
    std::vector<std::int64_t> times_; // [token]
};

} // namespace fastcar
