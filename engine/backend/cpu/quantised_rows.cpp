// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/quantised_rows.h"

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// A buffer of `bytes` zeros.
AlignedBuffer zeros(std::int64_t bytes)
{
    AlignedBuffer buffer(static_cast<std::size_t>(bytes) / sizeof(float));
    std::fill_n(buffer.data(), buffer.size(), 0.0f);
    return buffer;
}

} // namespace

QuantisedRows::QuantisedRows(std::int64_t rows, std::int64_t columns, NarrowFormats formats)
    : columns_(columns)
    , paddedColumns_(groupsOf(columns) * narrowGroup)
    , paddedGroups_(roundUpToLanes(groupsOf(columns)))
    , wideBlocks_((columns + wideBlock - 1) / wideBlock)
    , wideSumBlocks_((columns + wideSumBlock - 1) / wideSumBlock)
    , narrowBlocks_((columns + narrowBlock - 1) / narrowBlock)
    , formats_(formats)
{
    if (formats.int8) {
        wide_ = zeros(rows * paddedColumns_ * 2);
        low_ = zeros(rows * paddedColumns_);
        high_ = zeros(rows * paddedColumns_);
        wideSums_ = AlignedBuffer(rows, wideSumBlocks_);
        wideScales_ = AlignedBuffer(rows, wideBlocks_);
    }
    if (formats.int4) {
        narrow_ = zeros(rows * paddedColumns_);
        narrowScales_ = AlignedBuffer(rows, narrowBlocks_);
        eights_ = zeros(rows * paddedGroups_ * static_cast<std::int64_t>(sizeof(float)));
    }
}

void QuantisedRows::set(MatrixView<const float> x)
{
    assert(x.cols == columns_);
    for (std::int64_t r = 0; r < x.rows; ++r) {
        if (formats_.int8)
            setWide(x.data + r * x.cols, r);
        if (formats_.int4)
            setNarrow(x.data + r * x.cols, r);
    }
}

void QuantisedRows::setWide(const float *from, std::int64_t row)
{
    const std::int64_t first = row * paddedColumns_;
    auto *const words = reinterpret_cast<std::int16_t *>(wide_.data()) + first;
    auto *const low = reinterpret_cast<std::int8_t *>(low_.data()) + first;
    auto *const high = reinterpret_cast<std::int8_t *>(high_.data()) + first;
    auto *const sums = reinterpret_cast<std::int32_t *>(wideSums_.data()) + row * wideSumBlocks_;
    for (std::int64_t block = 0; block < wideBlocks_; ++block) {
        const std::int64_t at = block * wideBlock;
        wideScales_.data()[row * wideBlocks_ + block] =
            kernels().quantiseWide({from + at, lengthAt(at, wideBlock)},
                                   {words + at, low + at, high + at, sums + at / wideSumBlock});
    }
}

void QuantisedRows::setNarrow(const float *from, std::int64_t row)
{
    auto *const to = reinterpret_cast<std::int8_t *>(narrow_.data()) + row * paddedColumns_;
    for (std::int64_t block = 0; block < narrowBlocks_; ++block) {
        const std::int64_t at = block * narrowBlock;
        narrowScales_.data()[row * narrowBlocks_ + block] =
            kernels().quantiseNarrow({from + at, lengthAt(at, narrowBlock)}, to + at);
    }
    for (std::int64_t group = 0; group < groupsOf(columns_); ++group)
        eights_.data()[row * paddedGroups_ + group] =
            8.0f * narrowScales_.data()[row * narrowBlocks_ + group * narrowGroup / narrowBlock] *
            static_cast<float>(kernels().sumOfGroup(to + group * narrowGroup));
}

} // namespace fastcar::cpu
