// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/run_counters.h"

#include <vector>

namespace fastcar::fpga {

CardCounters countersOf(const std::array<std::uint64_t, 64> &raw, const CardShape &shape)
{
    const auto at = [&](std::size_t number) { return static_cast<std::int64_t>(raw[number]); };
    CardCounters c;
    c.cycles = at(0);
    c.vectorBusy = at(1);
    c.matrixRunning = at(2);
    c.mapping = at(3);
    c.anyCoreBusy = at(4);
    c.streamBeats = at(5);
    c.streamFull = at(6);
    c.streamEmpty = at(7);
    c.anyAttention = at(8);
    c.inHeads = at(9);
    c.inAttend = at(10);
    c.inGate = at(11);
    c.coresBesideAttention = at(12);
    c.rowsComputed = at(13);
    c.rowsReplayed = at(14);
    const auto list = [&](std::size_t first, int count) {
        std::vector<std::int64_t> values;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            values.push_back(at(first + i));
        return values;
    };
    c.beatsRead = list(16, shape.ports);
    c.beatsWritten = list(24, shape.ports);
    c.attention = list(32, shape.ports);
    c.coreBusy = list(40, shape.cores);
    c.coreWaitsWeights = list(48, shape.cores);
    c.coreWaitsPackets = list(56, shape.cores);
    return c;
}

} // namespace fastcar::fpga
