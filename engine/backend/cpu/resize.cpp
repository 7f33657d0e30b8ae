// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/resize.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// The two source lines of a target line, and the second one's share.
struct Between {
    int first, second;
    float share;

    Between(int target, int targetSize, int sourceSize)
    {
        const float scale = static_cast<float>(sourceSize) / static_cast<float>(targetSize);
        const float at = std::max(0.0f, (static_cast<float>(target) + 0.5f) * scale - 0.5f);
        first = std::min(static_cast<int>(at), sourceSize - 1);
        second = std::min(first + 1, sourceSize - 1);
        share = at - static_cast<float>(first);
    }
};

} // namespace

void resizeBilinear(const FeatureMap &x, const FeatureMap &y)
{
    assert(x.channels == y.channels);
    const std::int64_t channels = x.channels;
    const auto pixel = [&](int row, int column) {
        return x.data + (std::int64_t{row} * x.width + column) * channels;
    };
    float *out = y.data;
    for (int row = 0; row < y.height; ++row) {
        const Between v(row, y.height, x.height);
        for (int column = 0; column < y.width; ++column) {
            const Between h(column, y.width, x.width);
            const float *const a = pixel(v.first, h.first);
            const float *const b = pixel(v.first, h.second);
            const float *const c = pixel(v.second, h.first);
            const float *const d = pixel(v.second, h.second);
            for (std::int64_t i = 0; i < channels; ++i) {
                const float top = (1.0f - h.share) * a[i] + h.share * b[i];
                const float bottom = (1.0f - h.share) * c[i] + h.share * d[i];
                *out++ = (1.0f - v.share) * top + v.share * bottom;
            }
        }
    }
}

} // namespace fastcar::cpu
