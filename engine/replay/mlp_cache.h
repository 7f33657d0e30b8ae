// SPDX-License-Identifier: Apache-2.0
//
// The MLP outputs of the last frame's worth of tokens: what replay adds instead of computing. A slot holds
// the value that was used last, computed or replayed, so a replayed slot is simply left alone and replays
// chain over frames.
#pragma once

#include "engine/tensor/tensor.h"

#include <cstdint>
#include <memory>
#include <span>

namespace fastcar
{

/// [layers][rows][stride][D] f32. A slot belongs to a position of the frame: token j uses slot j mod stride.
class MlpCache
{
public:
    struct Extent {
        std::int64_t layers = 0, rows = 0, stride = 0, hidden = 0;
        bool operator==(const Extent &) const = default;
    };
    MlpCache() = default;
    /// The slots hold nothing of meaning until they are written.
    explicit MlpCache(const Extent &extent);
    static std::uint64_t bytes(const Extent &extent);

    const Extent &extent() const { return extent_; }
    std::span<float> slot(std::int64_t layer, std::int64_t row, std::int64_t token);

private:
    Extent extent_;
    std::unique_ptr<float[]> values_;
};

} // namespace fastcar
