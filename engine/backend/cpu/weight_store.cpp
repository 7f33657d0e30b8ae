// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/weight_store.h"

namespace fastcar::cpu
{

std::span<const float> WeightStore::vector(const TensorView &tensor)
{
    if (!tensor)
        return {};
    return convert(tensor).all();
}

TensorView WeightStore::matrix(const TensorView &tensor)
{
    if (matrices_ == Matrices::AsStored || tensor.type == DType::F32)
        return tensor;
    const float *const converted = convert(tensor).data();
    return {
        .data = reinterpret_cast<const std::byte *>(converted), .type = DType::F32, .shape = tensor.shape};
}

Linear WeightStore::linear(const LinearWeights &weights)
{
    return {.weight = matrix(weights.weight), .bias = weights.bias ? vector(weights.bias).data() : nullptr};
}

AlignedBuffer &WeightStore::convert(const TensorView &tensor)
{
    AlignedBuffer &buffer = owned_.emplace_back(static_cast<std::size_t>(tensor.elements()));
    convertToF32(tensor, buffer.all());
    return buffer;
}

WeightStore::Matrices formOfMatrices(std::int64_t elements)
{
    constexpr std::int64_t limitBytes = std::int64_t{256} << 20;
    return elements * 4 <= limitBytes ? WeightStore::Matrices::Converted : WeightStore::Matrices::AsStored;
}

} // namespace fastcar::cpu
