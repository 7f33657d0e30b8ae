// SPDX-License-Identifier: Apache-2.0
//
// What a card's kernel counts in a run of one step (docs/accelerator.md, "Counters"): the same from the
// circuit and from its cycle model. Cycles, unless it says otherwise.
#pragma once

#include <cstdint>
#include <vector>

namespace fastcar {

struct CardCounters {
    std::int64_t cycles = 0; // from the run's start to its end
    std::int64_t vectorBusy = 0;
    std::int64_t matrixRunning = 0;
    std::int64_t mapping = 0; // DRS fills its registers
    std::int64_t anyCoreBusy = 0;
    std::int64_t streamBeats = 0; // a beat of every port was taken
    std::int64_t streamFull = 0;  // there was one and no slot
    std::int64_t streamEmpty = 0; // there was none
    std::int64_t anyAttention = 0;
    std::int64_t inHeads = 0, inGate = 0; // the sequencer
    std::int64_t inAttend = 0;            // attention has jobs, or its results are on their way
    std::int64_t coresBesideAttention = 0;
    std::int64_t rowsComputed = 0, rowsReplayed = 0;                        // rows, of all layers
    std::vector<std::int64_t> beatsRead, beatsWritten;                      // [ports], beats of 64 bytes
    std::vector<std::int64_t> attention;                                    // [ports]
    std::vector<std::int64_t> coreBusy, coreWaitsWeights, coreWaitsPackets; // [cores]

    bool operator==(const CardCounters &) const = default;
};

} // namespace fastcar
