// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/narrow_matrix.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fastcar::cpu {

namespace {

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

std::uint16_t toF16(float value)
{
    return std::bit_cast<std::uint16_t>(static_cast<_Float16>(value));
}

float fromF16(std::uint16_t bits)
{
    return static_cast<float>(std::bit_cast<_Float16>(bits));
}

float largestMagnitude(std::span<const float> row)
{
    float most = 0.0f;
    for (const float v : row)
        most = std::max(most, std::abs(v));
    return most;
}

void narrowRow8(std::span<const float> row, std::byte *to, std::int64_t bytes, float &scale)
{
    const float most = largestMagnitude(row);
    scale = most / 127.0f;
    const float factor = most > 0.0f ? 127.0f / most : 0.0f;
    std::fill_n(to, bytes, std::byte{0});
    for (std::size_t i = 0; i < row.size(); ++i)
        to[i] = static_cast<std::byte>(static_cast<std::int8_t>(std::lrint(row[i] * factor)));
}

/// The value of the largest magnitude becomes -8, which only its side of zero has.
void narrowGroup4(std::span<const float> group, std::byte *row, GroupPlace place)
{
    float most = 0.0f;
    for (const float v : group)
        if (std::abs(v) > std::abs(most))
            most = v;
    const std::uint16_t stored = toF16(most / -8.0f);
    std::memcpy(row + place.scale, &stored, sizeof(stored));
    const float scale = fromF16(stored);
    const float factor = scale != 0.0f ? 1.0f / scale : 0.0f;
    for (std::int64_t i = 0; i < narrowGroup; ++i) {
        const float value =
            i < static_cast<std::int64_t>(group.size()) ? group[static_cast<std::size_t>(i)] : 0.0f;
        const long q = std::clamp(std::lrint(value * factor), -8l, 7l) + 8;
        std::byte &byte = row[place.values + i % int4GroupBytes];
        byte |= static_cast<std::byte>(i < int4GroupBytes ? q : q << 4);
    }
}

void narrowRow4(std::span<const float> row, std::byte *to, std::int64_t bytes)
{
    std::fill_n(to, bytes, std::byte{0});
    for (std::int64_t g = 0; g < groupsOf(static_cast<std::int64_t>(row.size())); ++g) {
        const std::size_t from = static_cast<std::size_t>(g * narrowGroup);
        const std::size_t length = std::min<std::size_t>(narrowGroup, row.size() - from);
        narrowGroup4(row.subspan(from, length), to, GroupPlace(g));
    }
}

} // namespace

std::int64_t NarrowMatrix::rowBytes(NarrowFormat format, std::int64_t in)
{
    const std::int64_t groups = groupsOf(in);
    if (format == NarrowFormat::Int8)
        return groups * narrowGroup;
    const std::int64_t superblocks = (groups + groupsOfSuperblock - 1) / groupsOfSuperblock;
    return superblocks * superblockScaleBytes + groups * int4GroupBytes;
}

NarrowMatrix narrow(const TensorView &weight, NarrowFormat format, ThreadPool &pool, std::byte *values,
                    float *rowScales)
{
    const NarrowMatrix matrix{.format = format,
                              .out = weight.shape[0],
                              .in = weight.shape[1],
                              .values = values,
                              .rowScales = rowScales};
    const std::int64_t rowBytes = matrix.rowBytes();
    std::vector<AlignedBuffer> rows;
    for (int worker = 0; worker < pool.threads(); ++worker)
        rows.emplace_back(std::int64_t{1}, matrix.in);
    pool.forEachTile(matrix.out, [&](std::int64_t o, int worker) {
        const std::size_t sourceBytes = static_cast<std::size_t>(matrix.in) * byteSize(weight.type);
        const std::span<float> row = rows[static_cast<std::size_t>(worker)].all();
        convertToF32({.data = weight.data + static_cast<std::size_t>(o) * sourceBytes,
                      .type = weight.type,
                      .shape = {matrix.in}},
                     row);
        if (format == NarrowFormat::Int8)
            narrowRow8(row, values + o * rowBytes, rowBytes, rowScales[o]);
        else
            narrowRow4(row, values + o * rowBytes, rowBytes);
    });
    return matrix;
}

float valueOf(const NarrowMatrix &matrix, std::int64_t o, std::int64_t i)
{
    const std::byte *const row = matrix.row(o);
    if (matrix.format == NarrowFormat::Int8)
        return static_cast<float>(static_cast<std::int8_t>(row[i])) * matrix.rowScales[o];
    const GroupPlace place(i / narrowGroup);
    std::uint16_t scale = 0;
    std::memcpy(&scale, row + place.scale, sizeof(scale));
    const std::int64_t inGroup = i % narrowGroup;
    const int byte = static_cast<int>(row[place.values + inGroup % int4GroupBytes]);
    const int q = (inGroup < int4GroupBytes ? byte & 15 : byte >> 4) - 8;
    return static_cast<float>(q) * fromF16(scale);
}

} // namespace fastcar::cpu
