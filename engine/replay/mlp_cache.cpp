// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/mlp_cache.h"

#include <cassert>

namespace fastcar
{

MlpCache::MlpCache(const Extent &extent)
    : extent_(extent)
    , values_(
          std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(bytes(extent) / sizeof(float))))
{
}

std::uint64_t MlpCache::bytes(const Extent &extent)
{
    return static_cast<std::uint64_t>(extent.layers * extent.rows * extent.stride * extent.hidden) *
           sizeof(float);
}

std::span<float> MlpCache::slot(std::int64_t layer, std::int64_t row, std::int64_t token)
{
    assert(layer >= 0 && layer < extent_.layers && row >= 0 && row < extent_.rows && token >= 0);
    const std::int64_t index = (layer * extent_.rows + row) * extent_.stride + token % extent_.stride;
    return {values_.get() + index * extent_.hidden, static_cast<std::size_t>(extent_.hidden)};
}

} // namespace fastcar
