// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/narrow_matrix.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace fastcar {

namespace {

constexpr int mostOfGroupScale = 16383; // sums over four groups stay within 32 bits
constexpr std::int64_t fullSuperblockBytes = superblockScaleBytes + groupsOfSuperblock * int4GroupBytes;

/// Where the scale and the values of a group stand in a row of int4.
struct GroupPlace {
    std::int64_t scale, values;

    explicit GroupPlace(std::int64_t group)
        : scale(group / groupsOfSuperblock * fullSuperblockBytes + 2 * (group % groupsOfSuperblock))
        , values(group / groupsOfSuperblock * fullSuperblockBytes + superblockScaleBytes +
                 group % groupsOfSuperblock * int4GroupBytes)
    {
    }
};

// Loops over a row are written so that compilers take several numbers at once: a large model has billions.

/// Magnitudes sort as their bits do.
float largestMagnitude(std::span<const float> row)
{
    std::int32_t most = 0;
    for (const float v : row)
        most = std::max(most, std::bit_cast<std::int32_t>(v) & 0x7fffffff);
    return std::bit_cast<float>(most);
}

/// The nearest whole number, of two the even one, as std::lrint() has it; of magnitudes below 2^22.
std::int32_t nearest(float value)
{
    constexpr float rounding = 0x1.8p23f; // adding it leaves a whole number in the last bits
    return std::bit_cast<std::int32_t>(value + rounding) - 0x4b400000;
}

float narrowRow8(std::span<const float> row, std::byte *to, std::int64_t bytes)
{
    const float most = largestMagnitude(row);
    const float factor = most > 0.0f ? 127.0f / most : 0.0f;
    std::fill_n(to, bytes, std::byte{0});
    for (std::size_t i = 0; i < row.size(); ++i)
        to[i] = static_cast<std::byte>(nearest(row[i] * factor));
    return most / 127.0f;
}

/// The number of the group's largest magnitude, with its sign.
float extremeOf(std::span<const float> group)
{
    const float most = largestMagnitude(group);
    const auto first = std::ranges::find(group, most, [](float v) { return std::abs(v); });
    return first != group.end() ? *first : 0.0f;
}

/// What is 1 in the group: `scale`, as the row's whole numbers have it.
void narrowGroup4(std::span<const float> group, float scale, std::byte *to)
{
    const float factor = scale != 0.0f ? 1.0f / scale : 0.0f;
    std::array<float, narrowGroup> all{};
    std::ranges::copy(group, all.begin());
    std::array<std::int32_t, narrowGroup> q;
    for (std::size_t i = 0; i < all.size(); ++i)
        q[i] = std::clamp(nearest(all[i] * factor), -8, 7) + 8;
    for (std::size_t i = 0; i < std::size_t{int4GroupBytes}; ++i)
        to[i] = static_cast<std::byte>(q[i] | q[i + std::size_t{int4GroupBytes}] << 4);
}

/// The value of a group's largest magnitude becomes -8, which only its side of zero has.
float narrowRow4(std::span<const float> row, std::byte *to, std::int64_t bytes)
{
    std::fill_n(to, bytes, std::byte{0});
    const auto groupAt = [&](std::int64_t g) {
        const std::size_t from = static_cast<std::size_t>(g * narrowGroup);
        return row.subspan(from, std::min<std::size_t>(narrowGroup, row.size() - from));
    };
    const float rowScale = largestMagnitude(row) / (8.0f * mostOfGroupScale);
    for (std::int64_t g = 0; rowScale > 0.0f && g < groupsOf(static_cast<std::int64_t>(row.size())); ++g) {
        const GroupPlace place(g);
        const auto scale =
            static_cast<std::int16_t>(std::clamp(std::lrint(extremeOf(groupAt(g)) / -8.0f / rowScale),
                                                 -long{mostOfGroupScale}, long{mostOfGroupScale}));
        std::memcpy(to + place.scale, &scale, sizeof(scale));
        narrowGroup4(groupAt(g), static_cast<float>(scale) * rowScale, to + place.values);
    }
    return rowScale;
}

} // namespace

const char *name(NarrowFormat format)
{
    return format == NarrowFormat::Int8 ? "int8" : "int4";
}

std::optional<NarrowFormat> narrowFormatOf(std::string_view name)
{
    for (const NarrowFormat format : {NarrowFormat::Int8, NarrowFormat::Int4})
        if (name == fastcar::name(format))
            return format;
    return std::nullopt;
}

std::int64_t NarrowMatrix::rowBytes(NarrowFormat format, std::int64_t in)
{
    const std::int64_t groups = groupsOf(in);
    if (format == NarrowFormat::Int8)
        return groups * narrowGroup;
    const std::int64_t superblocks = (groups + groupsOfSuperblock - 1) / groupsOfSuperblock;
    return superblocks * superblockScaleBytes + groups * int4GroupBytes;
}

float narrowRow(std::span<const float> row, NarrowFormat format, std::byte *values)
{
    const std::int64_t bytes = NarrowMatrix::rowBytes(format, static_cast<std::int64_t>(row.size()));
    if (format == NarrowFormat::Int8)
        return narrowRow8(row, values, bytes);
    return narrowRow4(row, values, bytes);
}

float valueOf(const NarrowMatrix &matrix, std::int64_t o, std::int64_t i)
{
    const std::byte *const row = matrix.row(o);
    if (matrix.format == NarrowFormat::Int8)
        return static_cast<float>(static_cast<std::int8_t>(row[i])) * matrix.rowScales[o];
    const GroupPlace place(i / narrowGroup);
    std::int16_t scale = 0;
    std::memcpy(&scale, row + place.scale, sizeof(scale));
    const std::int64_t inGroup = i % narrowGroup;
    const int byte = static_cast<int>(row[place.values + inGroup % int4GroupBytes]);
    const int q = (inGroup < int4GroupBytes ? byte & 15 : byte >> 4) - 8;
    return static_cast<float>(q) * (static_cast<float>(scale) * matrix.rowScales[o]);
}

} // namespace fastcar
