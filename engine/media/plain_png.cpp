// SPDX-License-Identifier: Apache-2.0
#include "engine/media/plain_png.h"

#include "engine/media/png_chunks.h"

#include <zlib.h>

#include <cassert>
#include <span>
#include <string_view>

namespace fastcar {

namespace {

constexpr std::uint8_t filterUp = 2; // a pixel is told by how it differs from the one above

void appendNumber(std::vector<std::uint8_t> &bytes, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void appendChunk(std::vector<std::uint8_t> &png, std::string_view type, std::span<const std::uint8_t> data)
{
    appendNumber(png, static_cast<std::uint32_t>(data.size()));
    const std::size_t checked = png.size();
    png.insert(png.end(), type.begin(), type.end());
    png.insert(png.end(), data.begin(), data.end());
    appendNumber(png, static_cast<std::uint32_t>(crc32_z(0, png.data() + checked, png.size() - checked)));
}

/// Each line behind the number of its filter.
std::vector<std::uint8_t> filtered(const Frame &frame)
{
    const auto width = 3 * static_cast<std::size_t>(frame.width);
    std::vector<std::uint8_t> lines;
    lines.reserve(frame.rgb.size() + static_cast<std::size_t>(frame.height));
    for (std::size_t i = 0; i < frame.rgb.size(); ++i) {
        if (i % width == 0)
            lines.push_back(filterUp);
        const int above = i < width ? 0 : frame.rgb[i - width];
        lines.push_back(static_cast<std::uint8_t>(frame.rgb[i] - above));
    }
    return lines;
}

std::vector<std::uint8_t> packed(const std::vector<std::uint8_t> &bytes)
{
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::vector<std::uint8_t> result(size);
    const int code =
        compress2(result.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), Z_BEST_SPEED);
    assert(code == Z_OK); // but for want of memory
    (void)code;
    result.resize(size);
    return result;
}

} // namespace

std::vector<std::uint8_t> plainPng(const Frame &frame)
{
    std::vector<std::uint8_t> header;
    appendNumber(header, static_cast<std::uint32_t>(frame.width));
    appendNumber(header, static_cast<std::uint32_t>(frame.height));
    for (const int field : {8, 2, 0, 0, 0}) // bits, RGB, deflate, filters by line, not interlaced
        header.push_back(static_cast<std::uint8_t>(field));
    std::vector<std::uint8_t> png(pngSignature.begin(), pngSignature.end());
    appendChunk(png, "IHDR", header);
    appendChunk(png, "IDAT", packed(filtered(frame)));
    appendChunk(png, "IEND", {});
    return png;
}

} // namespace fastcar
