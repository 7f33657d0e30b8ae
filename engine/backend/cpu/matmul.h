// SPDX-License-Identifier: Apache-2.0
//
// y = x W^T (+ bias) for row-major W [out, in] as files hold it or quantised (narrow_matrix.h), f32
// activations, and any number of rows. Everything that multiplies matrices here goes through this: one row or
// ten of a decode step, a prompt, the pixel decoder's patches.
//
// Decoding waits for the weights, so they are read once for all rows, as four streams that lie a quarter of
// the matrix apart: that keeps more of the memory busy than neighbouring rows do. A prompt's many rows re-use
// the weights of a tile from the cache.
//
// Every element of y is one dot product whose order of sums depends on the matrix alone: not on the number of
// rows, tiles or threads. A video's numbers therefore do not depend on what runs beside it, and a prefilled
// token's equal a decoded one's.
#pragma once

#include "engine/backend/cpu/panels.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "engine/backend/thread_pool.h"
#include "engine/tensor/narrow_matrix.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <span>

namespace fastcar::cpu {

/// A linear layer, ready to run: weight [out, in] of type f32, f16 or bf16, or the narrow weights in its
/// place; bias [out] or nullptr.
struct Linear {
    TensorView weight;
    const float *bias = nullptr;
    const NarrowMatrix *narrow = nullptr;
    /// The same weights in panels (panels.h), or nullptr: read in their place.
    const std::byte *panels = nullptr;

    std::int64_t out() const { return narrow ? narrow->out : weight.shape[0]; }
    std::int64_t in() const { return narrow ? narrow->in : weight.shape[1]; }
    std::uint64_t bytes() const { return narrow ? narrow->bytes() : weight.bytes(); }
    std::int64_t rowBytes() const
    {
        return narrow ? narrow->rowBytes() : in() * static_cast<std::int64_t>(byteSize(weight.type));
    }
};

struct MatmulJob {
    Linear linear;
    MatrixView<const float> x;                // [rows, in]
    MatrixView<float> y;                      // [rows, out]; not x
    const QuantisedRows *quantised = nullptr; // x in int8, where the weights are narrow
};

inline constexpr std::size_t mostProducts = 4;
/// Runs several products, mostProducts at the most, as one parallel region. `ahead`: what threads read next
/// (fetch_ahead.h), or nothing.
void matmul(ThreadPool &pool, std::span<const MatmulJob> jobs, std::span<const FetchAhead> ahead = {});
inline void matmul(ThreadPool &pool, const MatmulJob &job, std::span<const FetchAhead> ahead = {})
{
    matmul(pool, {&job, 1}, ahead);
}
/// On the calling thread.
void matmul(const MatmulJob &job);

/// The first half of a gated MLP, one pass: y = silu(x Wgate^T) * (x Wup^T). Both matrices lie in panels, or
/// neither.
struct GatedJob {
    Linear gate, up;
    MatrixView<const float> x;                // [rows, in]
    MatrixView<float> y;                      // [rows, out]
    MatrixView<float> upScratch;              // [rows, out]
    const QuantisedRows *quantised = nullptr; // x in int8, where some of the weights are narrow
};
void gatedMatmul(ThreadPool &pool, const GatedJob &job, std::span<const FetchAhead> ahead = {});

} // namespace fastcar::cpu
