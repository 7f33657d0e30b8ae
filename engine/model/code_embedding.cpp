// SPDX-License-Identifier: Apache-2.0
#include "engine/model/code_embedding.h"

#include <algorithm>

namespace fastcar {

namespace {

TensorView rowOf(const TensorView &matrix, std::int64_t index)
{
    assert(index >= 0 && index < matrix.shape[0]);
    const std::size_t rowBytes = static_cast<std::size_t>(matrix.shape[1]) * byteSize(matrix.type);
    return {.data = matrix.data + static_cast<std::size_t>(index) * rowBytes,
            .type = matrix.type,
            .shape = {matrix.shape[1]}};
}

} // namespace

void rowToF32(const TensorView &matrix, std::int64_t index, std::span<float> to)
{
    convertToF32(rowOf(matrix, index), to);
}

void sumCodeEmbeddings(std::span<const TensorView> codebooks, std::span<const int> codes, std::span<float> z)
{
    assert(codes.size() <= codebooks.size());
    std::fill(z.begin(), z.end(), 0.0f);
    // A piece at a time: no scratch memory for a whole row.
    constexpr std::size_t piece = 256;
    float row[piece];
    for (std::size_t depth = 0; depth < codes.size(); ++depth) {
        const TensorView whole = rowOf(codebooks[depth], codes[depth]);
        assert(whole.shape[0] == static_cast<std::int64_t>(z.size()));
        for (std::size_t from = 0; from < z.size(); from += piece) {
            const std::size_t n = std::min(piece, z.size() - from);
            convertToF32({.data = whole.data + from * byteSize(whole.type),
                          .type = whole.type,
                          .shape = {static_cast<std::int64_t>(n)}},
                         {row, n});
            for (std::size_t i = 0; i < n; ++i)
                z[from + i] += row[i];
        }
    }
}

} // namespace fastcar
