// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/instruction_unit.h"

namespace fastcar::fpga {

std::uint32_t RunState::chosen(const Rows &about) const
{
    const std::uint32_t stretch = static_cast<std::uint32_t>((std::uint64_t{1} << count(about.half)) - 1)
                                  << first(about.half);
    switch (about.set) {
    case RowSet::InFlight:
        break;
    case RowSet::Computing:
        return stretch & ~replays;
    case RowSet::Replaying:
        return stretch & replays;
    case RowSet::Wanted: {
        std::uint32_t wanted = 0;
        for (std::size_t r = 0; r < step.rows.size(); ++r)
            wanted |= static_cast<std::uint32_t>(step.rows[r].wanted) << r;
        return stretch & wanted;
    }
    }
    return stretch;
}

HeadPlace placeOf(const Instruction &instruction, std::size_t ports, int sequence, int keyHead)
{
    const auto place = static_cast<std::uint32_t>(sequence * instruction.byte(4, 1) + keyHead);
    const auto count = static_cast<std::uint32_t>(ports);
    return {.port = place % count, .region = instruction.address() + place / count * instruction.words[2]};
}

} // namespace fastcar::fpga
