// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/card_energy.h"

#include <numeric>

namespace fastcar::fpga {

namespace {

constexpr double attentionLanes = 64; // fc_attend.sv: a position's 64 numbers a cycle

double sumOf(const std::vector<std::int64_t> &counts)
{
    return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

} // namespace

EnergyEstimate energyOf(const CardDescription &card, const CardCounters &counters)
{
    const double macs =
        sumOf(counters.coreBusy) * card.design.lanes.value + sumOf(counters.attention) * attentionLanes;
    const double bits = (sumOf(counters.beatsRead) + sumOf(counters.beatsWritten)) * beatBytes * 8;
    return {.computeJ = macs * card.energy.joulePerMac.value,
            .memoryJ = bits * card.energy.joulePerBit.value,
            .idleJ = static_cast<double>(counters.cycles) / card.design.clockHz.value *
                     card.energy.idleWatt.value};
}

} // namespace fastcar::fpga
