// SPDX-License-Identifier: Apache-2.0
//
// The fields of an instruction, as the sequencer cuts them out of the beat.
#pragma once

#include "fpga/program/instructions.h"

namespace fastcar::fpga {

struct Instruction {
    Beat words;
    Operation operation() const { return static_cast<Operation>(words[0] & 15u); }
    Rows rows() const
    {
        return {.set = static_cast<RowSet>(words[0] >> 8 & 3u),
                .half = static_cast<Half>(words[0] >> 10 & 3u)};
    }
    std::uint32_t address() const { return words[1]; }
    int low(std::size_t word) const { return static_cast<int>(words[word] & 0xffffu); }
    int high(std::size_t word) const { return static_cast<int>(words[word] >> 16); }
    int byte(std::size_t word, int number) const
    {
        return static_cast<int>(words[word] >> (8 * number) & 0xffu);
    }
};

} // namespace fastcar::fpga
