// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/weight_store.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// Row by row, so the result does not depend on the threads.
void narrowRows(const LinearWeights &weights, NarrowFormat format, ThreadPool &pool, std::byte *values,
                float *rowScales)
{
    const std::int64_t rowBytes = NarrowMatrix::rowBytes(format, weights.in());
    AlignedBuffer rows(pool.threads(), weights.in());
    pool.forEachTile(weights.out(), [&](std::int64_t o, int worker) {
        const std::span<float> row = rows.matrix(pool.threads(), weights.in()).row(worker);
        rowToF32(weights, o, row);
        const float scale = narrowRow(row, format, values + o * rowBytes);
        rowScales[o] = scale;
    });
}

/// May it lie in panels?
bool small(const Linear &linear)
{
    const bool fewBits = linear.narrow && linear.narrow->format != NarrowFormat::Int8;
    return !fewBits && linear.out() * linear.in() <= mostPanelNumbers;
}

} // namespace

std::span<const float> WeightStore::vector(const TensorView &tensor)
{
    if (!tensor)
        return {};
    AlignedBuffer &buffer = owned_.emplace_back(static_cast<std::size_t>(tensor.elements()));
    convertToF32(tensor, buffer.all());
    return buffer.all();
}

Linear WeightStore::asStored(const LinearWeights &weights)
{
    Linear linear{.weight = weights.weight, .bias = weights.bias ? vector(weights.bias).data() : nullptr};
    if (weights.narrow) {
        narrowed_.push_back(std::make_unique<Narrowed>());
        narrowed_.back()->matrix = weights.narrow;
        linear.narrow = &narrowed_.back()->matrix;
    }
    return linear;
}

/// Matrices lie together in huge pages: a step goes through all of them, and would look up thousands of small
/// ones.
std::byte *WeightStore::roomForPanels(std::size_t bytes)
{
    constexpr std::size_t line = 64, atATime = (std::size_t{8} << 20) / sizeof(float);
    const std::size_t count = (bytes + line - 1) / line * line / sizeof(float);
    if (count > panelsLeft_.size())
        panelsLeft_ = panels_.emplace_back(std::max(count, atATime)).all();
    const std::span<float> room = panelsLeft_.first(count);
    panelsLeft_ = panelsLeft_.subspan(count);
    return reinterpret_cast<std::byte *>(room.data());
}

template <typename Matrix>
const std::byte *WeightStore::inPanels(const Matrix &matrix)
{
    std::byte *const to = roomForPanels(bytesInPanels(matrix));
    layInPanels(matrix, to);
    return to;
}

Linear WeightStore::linear(const LinearWeights &weights)
{
    Linear linear = asStored(weights);
    if (!small(linear))
        return linear;
    linear.panels = linear.narrow ? inPanels(*linear.narrow) : inPanels(linear.weight);
    if (converted_ && !linear.narrow)
        converted_(weights.weight);
    return linear;
}

Linear WeightStore::linear(const LinearWeights &weights, std::optional<NarrowFormat> format, ThreadPool &pool)
{
    if (!format || weights.narrow)
        return this->linear(weights);
    Linear linear = asStored(weights);
    const std::int64_t out = linear.out();
    const auto bytes = static_cast<std::size_t>(out * NarrowMatrix::rowBytes(*format, linear.in()));
    auto owned = std::make_unique<Narrowed>();
    owned->values = AlignedBuffer((bytes + sizeof(float) - 1) / sizeof(float));
    owned->rowScales = AlignedBuffer(static_cast<std::size_t>(out));
    auto *const values = reinterpret_cast<std::byte *>(owned->values.data());
    narrowRows(weights, *format, pool, values, owned->rowScales.data());
    if (converted_)
        converted_(weights.weight);
    owned->matrix = {.format = *format,
                     .out = out,
                     .in = linear.in(),
                     .values = values,
                     .rowScales = owned->rowScales.data()};
    linear.narrow = &narrowed_.emplace_back(std::move(owned))->matrix;
    if (small(linear))
        linear.panels = inPanels(*linear.narrow);
    return linear;
}

} // namespace fastcar::cpu
