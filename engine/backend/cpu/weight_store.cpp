// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/weight_store.h"

namespace fastcar::cpu {

std::span<const float> WeightStore::vector(const TensorView &tensor)
{
    if (!tensor)
        return {};
    AlignedBuffer &buffer = owned_.emplace_back(static_cast<std::size_t>(tensor.elements()));
    convertToF32(tensor, buffer.all());
    return buffer.all();
}

Linear WeightStore::linear(const LinearWeights &weights)
{
    return {.weight = weights.weight, .bias = weights.bias ? vector(weights.bias).data() : nullptr};
}

Linear WeightStore::linear(const LinearWeights &weights, std::optional<NarrowFormat> format, ThreadPool &pool)
{
    Linear linear = this->linear(weights);
    if (!format)
        return linear;
    const std::int64_t out = linear.out();
    const auto bytes = static_cast<std::size_t>(out * NarrowMatrix::rowBytes(*format, linear.in()));
    auto owned = std::make_unique<Narrowed>();
    owned->values = AlignedBuffer((bytes + sizeof(float) - 1) / sizeof(float));
    owned->rowScales = AlignedBuffer(*format == NarrowFormat::Int8 ? static_cast<std::size_t>(out) : 0);
    owned->matrix = narrow(weights.weight, *format, pool, reinterpret_cast<std::byte *>(owned->values.data()),
                           owned->rowScales.data());
    linear.narrow = &narrowed_.emplace_back(std::move(owned))->matrix;
    return linear;
}

} // namespace fastcar::cpu
