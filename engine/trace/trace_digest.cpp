// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_digest.h"

#include <algorithm>

namespace fastcar {

namespace {

StepLoad loadOf(const Trace &trace, int step)
{
    StepLoad load{.position = static_cast<double>(step)};
    for (int layer = 0; layer < trace.shape().layers; ++layer) {
        const auto rows = trace.outcomes(step).row(layer);
        const auto computed = std::ranges::count_if(
            rows, [](const LayerOutcome &row) { return row.decision != Decision::Replayed; });
        load.rowsComputed += static_cast<double>(computed);
        load.layersRead += computed > 0;
    }
    return load;
}

} // namespace

RunExtent extentOf(const TraceShape &shape)
{
    return {.layers = shape.layers,
            .frames = shape.frames,
            .stride = shape.stride,
            .rows = {.videos = shape.videos, .guided = shape.rows != shape.videos}};
}

TraceDigest::TraceDigest(const Trace &trace, TasDefinition definition)
    : scores_(extentOf(trace.shape()), definition)
{
}

void TraceDigest::follow(const Trace &trace)
{
    for (; followed_ < trace.steps(); ++followed_) {
        takeTime(trace, followed_);
        if (trace.policy(trace.policyOf(followed_)).definition == scores_.definition())
            scores_.add(followed_, trace.outcomes(followed_));
    }
}

void TraceDigest::takeTime(const Trace &trace, int step)
{
    if (const std::string &device = deviceOfStep(trace.settings(), step); device != device_) {
        device_ = device;
        times_ = {};
    }
    // From one token to the next: the step between, the next one's drawing, and the pixels of a frame that
    // the first one ended.
    const double seconds = 1e-9 * static_cast<double>(trace.timeNs(step + 1) - trace.timeNs(step));
    times_.add(loadOf(trace, step), seconds, (step + 1) % trace.shape().stride == 0,
               1e-9 * static_cast<double>(trace.mlpNs(step)));
}

} // namespace fastcar
