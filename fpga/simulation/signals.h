// SPDX-License-Identifier: Apache-2.0
//
// Bit fields of a Verilated model's ports, whatever type Verilator chose for their width.
#pragma once

#include <verilated.h>

#include <cstdint>
#include <type_traits>

namespace fastcar::fpga {

/// `width` (at most 64) bits of `port` from `offset` on.
template <typename Port>
std::uint64_t bitsOf(const Port &port, int offset, int width)
{
    std::uint64_t value = 0;
    if constexpr (std::is_integral_v<Port>) {
        value = static_cast<std::uint64_t>(port) >> offset;
    } else {
        for (int bit = 0; bit < width;) {
            const int at = offset + bit;
            value |= (static_cast<std::uint64_t>(port[static_cast<std::size_t>(at / 32)]) >> (at % 32))
                     << bit;
            bit += 32 - at % 32;
        }
    }
    return width == 64 ? value : value & ((std::uint64_t{1} << width) - 1);
}

/// Sets 32 bits of `port`; `word` counts 32-bit words.
template <typename Port>
void setWord(Port &port, int word, std::uint32_t value)
{
    if constexpr (std::is_integral_v<Port>) {
        const int shift = 32 * word;
        port = static_cast<Port>((static_cast<std::uint64_t>(port) & ~(std::uint64_t{0xffffffffu} << shift)) |
                                 (std::uint64_t{value} << shift));
    } else {
        port[static_cast<std::size_t>(word)] = value;
    }
}

template <typename Port>
void setBit(Port &port, int bit, bool value)
{
    const auto mask = static_cast<Port>(Port{1} << bit);
    port = static_cast<Port>(value ? port | mask : port & ~mask);
}

} // namespace fastcar::fpga
