// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/run_counters.h"

#include <algorithm>

namespace fastcar::fpga {

RunCounters RunCounters::of(const std::array<std::uint64_t, 64> &raw)
{
    const auto at = [&](std::size_t number) { return static_cast<std::int64_t>(raw[number]); };
    RunCounters c{.cycles = at(0),
                  .vectorBusy = at(1),
                  .matrixRunning = at(2),
                  .mapping = at(3),
                  .anyCoreBusy = at(4),
                  .streamBeats = at(5),
                  .streamFull = at(6),
                  .streamEmpty = at(7),
                  .anyAttention = at(8),
                  .inHeads = at(9),
                  .inAttend = at(10),
                  .inGate = at(11),
                  .coresBesideAttention = at(12),
                  .rowsComputed = at(13),
                  .rowsReplayed = at(14)};
    std::size_t next = 16;
    for (auto *const list :
         {&c.beatsRead, &c.beatsWritten, &c.attention, &c.coreBusy, &c.coreWaitsWeights, &c.coreWaitsPackets})
        std::generate(list->begin(), list->end(), [&] { return at(next++); });
    return c;
}

} // namespace fastcar::fpga
