// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/panels.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>

namespace fastcar::cpu {

namespace {

/// `Word`: as many bytes as a number of the matrix.
template <typename Word>
void lay(const TensorView &matrix, std::byte *to)
{
    const std::int64_t out = matrix.shape[0], in = matrix.shape[1];
    const auto rowBytes = static_cast<std::size_t>(in) * sizeof(Word);
    for (std::int64_t first = 0; first < out; first += panelOutputs) {
        const std::int64_t outputs = std::min(panelOutputs, out - first);
        const std::byte *const rows = matrix.data + static_cast<std::size_t>(first) * rowBytes;
        for (std::int64_t k = 0; k < in; ++k) {
            Word column[panelOutputs] = {};
            for (std::int64_t o = 0; o < outputs; ++o)
                std::memcpy(&column[o],
                            rows + static_cast<std::size_t>(o) * rowBytes +
                                static_cast<std::size_t>(k) * sizeof(Word),
                            sizeof(Word));
            std::memcpy(to, column, sizeof(column));
            to += sizeof(column);
        }
    }
}

} // namespace

std::size_t bytesInPanels(const TensorView &matrix)
{
    return static_cast<std::size_t>(panelsOf(matrix.shape[0]) * panelOutputs * matrix.shape[1]) *
           byteSize(matrix.type);
}

void layInPanels(const TensorView &matrix, std::byte *to)
{
    if (byteSize(matrix.type) == sizeof(std::uint16_t))
        lay<std::uint16_t>(matrix, to);
    else
        lay<std::uint32_t>(matrix, to);
}

std::size_t bytesInPanels(const NarrowMatrix &matrix)
{
    return static_cast<std::size_t>(panelsOf(matrix.out) * panelOutputs * matrix.rowBytes());
}

void layInPanels(const NarrowMatrix &matrix, std::byte *to)
{
    assert(matrix.format == NarrowFormat::Int8);
    constexpr std::int64_t together = 4;
    constexpr std::byte withoutSign{0x80}; // turned, a number in two's complement is 128 greater
    for (std::int64_t first = 0; first < matrix.out; first += panelOutputs)
        for (std::int64_t k = 0; k < matrix.rowBytes(); k += together)
            for (std::int64_t o = first; o < first + panelOutputs; ++o)
                for (std::int64_t i = k; i < k + together; ++i)
                    *to++ = o < matrix.out ? matrix.row(o)[i] ^ withoutSign : withoutSign;
}

} // namespace fastcar::cpu
