// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/drift_map.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace fastcar {

namespace {

/// Of each of `pixels` pixels in a line of `cells` fields, the field.
std::vector<std::size_t> fieldsOf(int pixels, int cells)
{
    std::vector<std::size_t> fields;
    for (int pixel = 0; pixel < pixels; ++pixel)
        fields.push_back(static_cast<std::size_t>(std::int64_t{pixel} * cells / pixels));
    return fields;
}

} // namespace

Result<void> DriftMap::add(const Frame &a, const Frame &b)
{
    if (a.width != b.width || a.height != b.height)
        return Error{ErrorKind::BadInput, "The pictures have different sizes: A has " + sizeText(a) +
                                              " pixels and B " + sizeText(b) + "."};
    if (a.width < gridWidth_ || a.height < gridHeight_ || positions() <= 0)
        return Error{ErrorKind::BadInput, "Pictures of " + sizeText(a) + " pixels cannot be told apart by " +
                                              std::to_string(gridWidth_) + "x" + std::to_string(gridHeight_) +
                                              " positions."};
    const auto columns = fieldsOf(a.width, gridWidth_), rows = fieldsOf(a.height, gridHeight_);
    const auto count = static_cast<std::size_t>(positions());
    std::vector<std::uint64_t> sums(count), sizes(count); // whole numbers: sums do not depend on the order
    std::size_t i = 0;
    for (const std::size_t row : rows) {
        for (const std::size_t column : columns) {
            const std::size_t position = row * static_cast<std::size_t>(gridWidth_) + column;
            for (int channel = 0; channel < 3; ++channel, ++i)
                sums[position] += static_cast<std::uint64_t>(std::abs(a.rgb[i] - b.rgb[i]));
            sizes[position] += 3;
        }
    }
    for (std::size_t position = 0; position < count; ++position) {
        values_.push_back(
            static_cast<float>(static_cast<double>(sums[position]) / static_cast<double>(sizes[position])));
        highest_ = std::max(highest_, values_.back());
    }
    return {};
}

std::span<const float> DriftMap::ofFrame(int frame) const
{
    const auto count = static_cast<std::size_t>(positions());
    return std::span(values_).subspan(static_cast<std::size_t>(frame) * count, count);
}

} // namespace fastcar
