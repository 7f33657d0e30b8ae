// SPDX-License-Identifier: Apache-2.0
//
// From the checkpoint's tensors to what the kernels take. Vectors (norms, biases) are always converted to
// f32; matrices stay where they are, mapped, or are converted once, if that is wanted: a small model's
// matrices fit the cache as f32, and then conversion on the way costs more than it saves. The store owns what
// it converted; views live as long as it.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/checkpoint/model_weights.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fastcar::cpu
{

class WeightStore
{
public:
    enum class Matrices {
        AsStored,
        Converted, // to f32
    };
    explicit WeightStore(Matrices matrices)
        : matrices_(matrices)
    {
    }

    std::span<const float> vector(const TensorView &tensor);
    TensorView matrix(const TensorView &tensor);
    Linear linear(const LinearWeights &weights);

private:
    AlignedBuffer &convert(const TensorView &tensor);

    Matrices matrices_;
    std::vector<AlignedBuffer> owned_;
};

/// Converted where the matrices of a network, `elements` in all, take at most 256 MiB as f32.
WeightStore::Matrices formOfMatrices(std::int64_t elements);

} // namespace fastcar::cpu
