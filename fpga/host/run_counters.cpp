// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/run_counters.h"

#include <vector>

namespace fastcar::fpga {

CardCounters countersOf(const CardShape &shape, const std::function<std::uint64_t(unsigned)> &read)
{
    const auto at = [&](unsigned number) { return static_cast<std::int64_t>(read(number)); };
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
    const auto list = [&](unsigned kind, int count) {
        std::vector<std::int64_t> values;
        for (unsigned i = 0; i < static_cast<unsigned>(count); ++i)
            values.push_back(at(16 + 32 * kind + i));
        return values;
    };
    c.beatsRead = list(0, shape.ports);
    c.beatsWritten = list(1, shape.ports);
    c.attention = list(2, shape.ports);
    c.coreBusy = list(3, shape.cores);
    c.coreWaitsWeights = list(4, shape.cores);
    c.coreWaitsPackets = list(5, shape.cores);
    return c;
}

} // namespace fastcar::fpga
