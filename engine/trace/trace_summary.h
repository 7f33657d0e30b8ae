// SPDX-License-Identifier: Apache-2.0
//
// What a run did, in figures, counted while its trace's items come by: in memory that the trace's shape
// decides, not its length.
#pragma once

#include "engine/trace/replay_chains.h"
#include "engine/trace/trace_facts.h"

#include <cstdint>
#include <vector>

namespace fastcar {

/// Steps that were ruled by one policy, one behind another.
struct PolicyStretch {
    std::uint32_t policy = 0;
    int firstStep = 0;
    int lastStep = 0;
    ReplayCount replay;
};

/// What steps took, from one token to the next.
struct StepTimes {
    std::int64_t steps = 0;
    std::int64_t sumNs = 0;
    std::int64_t fastestNs = 0;
    std::int64_t slowestNs = 0;

    void add(std::int64_t ns);
    double meanNs() const { return steps ? static_cast<double>(sumNs) / static_cast<double>(steps) : 0.0; }
};

class TraceSummary {
public:
    TraceSummary(const TraceShape &shape, const RunSettings &settings);

    void take(const TraceItem &item);

    const TraceFacts &facts() const { return facts_; }
    const ReplayStatistics &replay() const { return replay_; }
    const ReplayChains &chains() const { return chains_; }
    const std::vector<PolicyStretch> &policies() const { return policies_; }
    const CardTotals &card() const { return card_; }
    /// Without the step before which the run had stopped: it waited.
    const StepTimes &times() const { return times_; }
    /// By frame, of the frames that have steps.
    const std::vector<StepTimes> &timesOfFrames() const { return timesOfFrames_; }
    /// When the first token was done, and the last.
    std::int64_t firstTokenNs() const { return firstTokenNs_; }
    std::int64_t lastTokenNs() const { return lastTokenNs_; }

private:
    void takeToken(const TracedToken &token);
    void takeTime(const TracedToken &token);

    TraceFacts facts_;
    ReplayStatistics replay_;
    ReplayChains chains_;
    std::vector<PolicyStretch> policies_;
    CardTotals card_;
    StepTimes times_;
    std::vector<StepTimes> timesOfFrames_;
    std::int64_t firstTokenNs_ = 0;
    std::int64_t lastTokenNs_ = 0;
    bool stopped_ = false; // before the next token
};

} // namespace fastcar
