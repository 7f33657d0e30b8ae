// SPDX-License-Identifier: Apache-2.0
//
// What an instruction is for: which layer, which of its parts. The circuit does not know; pictures of a step
// (step_timing.h) do.
#pragma once

#include "engine/backend/card_timing.h"
#include "fpga/program/instructions.h"

#include <span>
#include <vector>

namespace fastcar::fpga {

struct InstructionLabel {
    CardSpan::Work work = CardSpan::Work::Load;
    int layer = 0;

    bool operator==(const InstructionLabel &) const = default;
};

/// Of each instruction of a program, in their order.
std::vector<InstructionLabel> labelsOf(std::span<const Beat> program);

} // namespace fastcar::fpga
