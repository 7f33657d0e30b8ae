// SPDX-License-Identifier: Apache-2.0
//
// What the matrix-vector engine counts while a command runs: the same from the circuit and from its cycle
// model.
#pragma once

#include "engine/replay/replay_policy.h"

#include <cstdint>
#include <numeric>
#include <vector>

namespace fastcar::fpga {

struct MatvecCounters {
    std::int64_t cycles = 0;  // from the start to the last output
    std::int64_t mapping = 0; // of these, while the mapping registers were filled
    std::vector<std::int64_t> coreBusy, coreWaitsWeights, coreWaitsPackets;
    std::int64_t streamBeats = 0; // of every port, while the command ran
    std::int64_t streamFull = 0;  // a beat waited for a slot
    std::int64_t streamEmpty = 0; // a slot waited for a beat
    std::int64_t packets = 0;     // of up to 8 outputs

    explicit MatvecCounters(int cores = 0)
        : coreBusy(static_cast<std::size_t>(cores))
        , coreWaitsWeights(static_cast<std::size_t>(cores))
        , coreWaitsPackets(static_cast<std::size_t>(cores))
    {
    }
    std::int64_t busy() const { return std::accumulate(coreBusy.begin(), coreBusy.end(), std::int64_t{0}); }
    bool operator==(const MatvecCounters &) const = default;
};

} // namespace fastcar::fpga
