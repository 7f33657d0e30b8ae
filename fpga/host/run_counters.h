// SPDX-License-Identifier: Apache-2.0
//
// What the kernel counted in its last run (fc_counters.sv; docs/accelerator.md, "Counters"): cycles, unless
// it says otherwise.
#pragma once

#include <array>
#include <cstdint>

namespace fastcar::fpga {

struct RunCounters {
    static constexpr int most = 8; // ports, cores

    std::int64_t cycles = 0;
    std::int64_t vectorBusy = 0;
    std::int64_t matrixRunning = 0;
    std::int64_t mapping = 0; // DRS fills its registers
    std::int64_t anyCoreBusy = 0;
    std::int64_t streamBeats = 0; // a beat of every port was taken
    std::int64_t streamFull = 0;  // there was one and no slot
    std::int64_t streamEmpty = 0; // there was none
    std::int64_t anyAttention = 0;
    std::int64_t inHeads = 0, inAttend = 0, inGate = 0; // the sequencer
    std::int64_t coresBesideAttention = 0;
    std::int64_t rowsComputed = 0, rowsReplayed = 0;                                   // of all layers
    std::array<std::int64_t, most> beatsRead{}, beatsWritten{}, attention{};           // by port
    std::array<std::int64_t, most> coreBusy{}, coreWaitsWeights{}, coreWaitsPackets{}; // by core

    /// By number, as the kernel has them.
    static RunCounters of(const std::array<std::uint64_t, 64> &raw);
};

} // namespace fastcar::fpga
