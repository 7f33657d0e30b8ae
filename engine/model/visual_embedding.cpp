// SPDX-License-Identifier: Apache-2.0
#include "engine/model/visual_embedding.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/weight_store.h"
#include "engine/model/code_embedding.h"

namespace fastcar {

struct VisualEmbedding::Impl {
    explicit Impl(std::shared_ptr<const Checkpoint> opened)
        : checkpoint(std::move(opened))
        , first(weights.linear(checkpoint->weights().projector.first))
        , second(weights.linear(checkpoint->weights().projector.second))
        , between(1, first.out())
    {
    }

    std::shared_ptr<const Checkpoint> checkpoint; // keeps the weights mapped
    cpu::WeightStore weights;
    cpu::Linear first, second;
    cpu::AlignedBuffer between; // [D]
};

VisualEmbedding::VisualEmbedding(std::shared_ptr<const Checkpoint> checkpoint)
    : impl_(std::make_unique<Impl>(std::move(checkpoint)))
{
}

VisualEmbedding::~VisualEmbedding() = default;

void VisualEmbedding::latent(std::span<const int> codes, std::span<float> z) const
{
    sumCodeEmbeddings(impl_->checkpoint->weights().codebooks, codes, z);
}

void VisualEmbedding::project(std::span<const float> z, std::span<float> embedding) const
{
    const MatrixView<float> between = impl_->between.matrix(1, impl_->first.out());
    cpu::matmul({.linear = impl_->first, .x = {z.data(), 1, impl_->first.in()}, .y = between});
    cpu::gelu(between.all());
    cpu::matmul({.linear = impl_->second, .x = between, .y = {embedding.data(), 1, impl_->second.out()}});
}

Result<void> VisualEmbedding::embedText(std::span<const int> ids, MatrixView<float> embeddings) const
{
    assert(embeddings.rows == static_cast<std::int64_t>(ids.size()));
    const TensorView &table = impl_->checkpoint->weights().backbone.tokenEmbeddings;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] < 0 || ids[i] >= table.shape[0])
            return Error{
                .kind = ErrorKind::BadInput,
                .message = "The token id " + std::to_string(ids[i]) + " at place " + std::to_string(i) +
                           " of the prompt is outside of the model's vocabulary of " +
                           std::to_string(table.shape[0]) + ": tokenizer and model do not belong together."};
        rowToF32(table, ids[i], embeddings.row(static_cast<std::int64_t>(i)));
    }
    return {};
}

} // namespace fastcar
