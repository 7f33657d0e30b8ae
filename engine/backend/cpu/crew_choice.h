// SPDX-License-Identifier: Apache-2.0
//
// Whether a small model's steps are shared by the pool's threads or taken by one alone. Where cores share no
// cache, or somebody else has one of them, what threads tell each other takes longer than what they save; no
// machine says so beforehand. Both ways give the same bits, so now and then the other one is tried.
#pragma once

#include <array>
#include <cstdint>

namespace fastcar::cpu {

/// Steps follow each other on one thread.
class CrewChoice {
public:
    /// Steps of a trial in each way, and after how many the next one begins.
    static constexpr int stepsOfTrial = 4, period = 256;
    /// How much faster the other way must be: less is noise.
    static constexpr double leastGain = 1.03;

    /// For the next step.
    bool alone() const;
    /// That step: what it took, and what it read, for a step that replays reads less.
    void took(std::int64_t nanoseconds, std::uint64_t bytes);

private:
    static constexpr int begin = 8; // of a trial, within its period: the first steps find cold caches

    bool alone_ = false; // when no trial runs
    int step_ = 0;       // of the period
    std::array<double, 2> best_{}; // of the trial's steps, nanoseconds a byte: as it is, the other way
};

} // namespace fastcar::cpu
