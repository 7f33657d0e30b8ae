// SPDX-License-Identifier: Apache-2.0
//
// From the checkpoint's tensors to what the kernels take: vectors (norms, biases) are converted to f32 once;
// large matrices stay where they are, mapped, in the type that the file has, small ones are laid out in
// panels (panels.h) in that type. Converting those to f32 was tried and is slower: half as many of them fit
// the cache. Or matrices are quantised to 8 or 4 bits, which is owned here. What the file holds in 8 or 4
// bits stays where it is, small matrices of 8 bits in panels besides.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/checkpoint/model_weights.h"
#include "engine/tensor/narrow_matrix.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace fastcar::cpu {

/// Owns what it converted; views live as long as it.
class WeightStore {
public:
    /// Told of a matrix that has been quantised or laid out anew: its bytes will not be read again.
    using Converted = std::function<void(const TensorView &matrix)>;
    explicit WeightStore(Converted converted = {})
        : converted_(std::move(converted))
    {
    }

    std::span<const float> vector(const TensorView &tensor);
    /// `narrow`: quantised to it, on `pool`'s threads, unless the file holds it in 8 or 4 bits already.
    Linear linear(const LinearWeights &weights);
    Linear linear(const LinearWeights &weights, std::optional<NarrowFormat> narrow, ThreadPool &pool);

private:
    struct Narrowed {
        AlignedBuffer values; // bytes
        AlignedBuffer rowScales;
        NarrowMatrix matrix;
    };
    Linear asStored(const LinearWeights &weights);
    std::byte *roomForPanels(std::size_t bytes);
    template <typename Matrix>
    const std::byte *inPanels(const Matrix &matrix);

    Converted converted_;
    std::vector<AlignedBuffer> owned_;
    std::vector<AlignedBuffer> panels_; // many matrices in each
    std::span<float> panelsLeft_;       // of the last one
    std::vector<std::unique_ptr<Narrowed>> narrowed_;
};

} // namespace fastcar::cpu
