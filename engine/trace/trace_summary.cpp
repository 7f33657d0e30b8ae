// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_summary.h"

#include <algorithm>

namespace fastcar {

void StepTimes::add(std::int64_t ns)
{
    fastestNs = steps == 0 ? ns : std::min(fastestNs, ns);
    slowestNs = std::max(slowestNs, ns);
    sumNs += ns;
    ++steps;
}

TraceSummary::TraceSummary(const TraceShape &shape, const RunSettings &settings)
    : facts_{.shape = shape, .settings = settings}
    , replay_(shape.layers, shape.frames, shape.stride)
    , chains_(shape)
{
}

void TraceSummary::take(const TraceItem &item)
{
    facts_.take(item);
    if (const auto *token = std::get_if<TracedToken>(&item))
        takeToken(*token);
    else if (std::holds_alternative<Continuation>(item))
        stopped_ = true;
}

void TraceSummary::takeToken(const TracedToken &token)
{
    if (token.hasStep()) {
        replay_.add(token.step(), token.outcomes);
        chains_.take(token.outcomes);
        if (policies_.empty() || policies_.back().policy != token.policy)
            policies_.push_back({.policy = token.policy, .firstStep = token.step()});
        policies_.back().lastStep = token.step();
        policies_.back().replay += ReplayCount::of(token.outcomes.all());
        if (token.card)
            card_.add(*token.card);
    }
    takeTime(token);
}

void TraceSummary::takeTime(const TracedToken &token)
{
    if (!token.hasStep()) {
        firstTokenNs_ = token.timeNs;
    } else {
        const auto frame = static_cast<std::size_t>(token.step() / facts_.shape.stride);
        timesOfFrames_.resize(std::max(timesOfFrames_.size(), frame + 1));
        if (!stopped_) {
            times_.add(token.timeNs - lastTokenNs_);
            timesOfFrames_[frame].add(token.timeNs - lastTokenNs_);
        }
    }
    stopped_ = false;
    lastTokenNs_ = token.timeNs;
}

} // namespace fastcar
