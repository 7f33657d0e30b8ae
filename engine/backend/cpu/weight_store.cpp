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

} // namespace fastcar::cpu
