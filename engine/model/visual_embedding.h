// SPDX-License-Identifier: Apache-2.0
//
// From codes back to the backbone: z = sum over depths of the codebooks' rows (also what pixels are decoded from), and
// projector(z), the input of the next step. And the text's embeddings, by which a prompt goes in.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/tensor/tensor.h"

#include <memory>
#include <span>

namespace fastcar {

/// One thread at a time (it has scratch memory). Allocates nothing after construction, but for embedText.
class VisualEmbedding {
public:
    explicit VisualEmbedding(std::shared_ptr<const Checkpoint> checkpoint);
    ~VisualEmbedding();

    /// codes [K], each in [0, codes) -> z [E], the sum of the first `depths` codebooks' rows (all K by default).
    void latent(std::span<const int> codes, std::span<float> z) const;
    /// z [E] -> [D]: linear, exact GELU, linear.
    void project(std::span<const float> z, std::span<float> embedding) const;
    /// ids [P] -> [P, D]. Errors: an id outside of the vocabulary.
    Result<void> embedText(std::span<const int> ids, MatrixView<float> embeddings) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
