// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/gate.h"

#include <algorithm>
#include <cassert>

namespace fastcar::fpga {

std::uint32_t decideReplay(GateRule rule, LayerThreshold threshold, std::span<const GateRow> rows)
{
    assert(rows.size() <= 32);
    if (threshold.kind == LayerThreshold::Kind::Never)
        return 0;
    const auto passes = [&](std::int32_t tas) {
        return threshold.kind == LayerThreshold::Kind::Always || tas > threshold.value;
    };
    const auto decides = [&](const GateRow &row) {
        const std::int32_t partner = rows[row.partner].tas;
        switch (rule) {
        case GateRule::Conditional:
            return passes(partner);
        case GateRule::Mean:
            return passes(static_cast<std::int32_t>((std::int64_t{row.tas} + partner) >> 1));
        default:
            return passes(row.tas);
        }
    };
    std::uint32_t replays = 0;
    for (std::size_t r = 0; r < rows.size(); ++r)
        if (rows[r].eligible && decides(rows[r]))
            replays |= 1u << r;
    const bool all = std::all_of(rows.begin(), rows.end(),
                                 [&](const GateRow &row) { return row.eligible && passes(row.tas); });
    return rule == GateRule::All && !all ? 0 : replays;
}

} // namespace fastcar::fpga
