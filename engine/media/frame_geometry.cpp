// SPDX-License-Identifier: Apache-2.0
#include "engine/media/frame_geometry.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fastcar {

namespace {

constexpr std::size_t channels = 3;

Frame blank(int width, int height)
{
    return {width, height,
            std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                      channels)};
}

std::uint8_t *pixel(Frame &frame, int x, int y)
{
    return frame.rgb.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) +
                               static_cast<std::size_t>(x)) *
                                  channels;
}

const std::uint8_t *pixel(const Frame &frame, int x, int y)
{
    return pixel(const_cast<Frame &>(frame), x, y);
}

} // namespace

Frame enlarged(const Frame &frame, int scale)
{
    Frame large = blank(frame.width * scale, frame.height * scale);
    const std::size_t rowBytes = static_cast<std::size_t>(large.width) * channels;
    for (int y = 0; y < frame.height; ++y) {
        std::uint8_t *first = pixel(large, 0, y * scale);
        std::uint8_t *out = first;
        for (int x = 0; x < frame.width; ++x)
            for (int copy = 0; copy < scale; ++copy)
                out = std::copy_n(pixel(frame, x, y), channels, out);
        for (int copy = 1; copy < scale; ++copy)
            std::copy_n(first, rowBytes, pixel(large, 0, y * scale + copy));
    }
    return large;
}

Frame reduced(const Frame &frame, int scale)
{
    Frame small = blank(frame.width / scale, frame.height / scale);
    const int pixels = scale * scale;
    std::uint8_t *out = small.rgb.data();
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            std::array<int, channels> sums{};
            for (int row = 0; row < scale; ++row) {
                const std::uint8_t *in = pixel(frame, x * scale, y * scale + row);
                for (int column = 0; column < scale; ++column)
                    for (int &sum : sums)
                        sum += *in++;
            }
            for (const int sum : sums)
                *out++ = static_cast<std::uint8_t>((2 * sum + pixels) / (2 * pixels));
        }
    }
    return small;
}

Frame sideBySide(std::span<const SharedFrame> frames)
{
    const int width = frames.front()->width;
    const int height = frames.front()->height;
    Frame strip = blank(width * static_cast<int>(frames.size()), height);
    int left = 0;
    for (const SharedFrame &frame : frames) {
        for (int y = 0; y < height; ++y)
            std::copy_n(pixel(*frame, 0, y), static_cast<std::size_t>(width) * channels,
                        pixel(strip, left, y));
        left += width;
    }
    return strip;
}

Frame cutFromStrip(const Frame &strip, int frames, int index)
{
    Frame frame = blank(strip.width / frames, strip.height);
    for (int y = 0; y < frame.height; ++y)
        std::copy_n(pixel(strip, index * frame.width, y), static_cast<std::size_t>(frame.width) * channels,
                    pixel(frame, 0, y));
    return frame;
}

Frame paddedToEven(Frame frame)
{
    const int width = frame.width + frame.width % 2;
    const int height = frame.height + frame.height % 2;
    if (width == frame.width && height == frame.height)
        return frame;
    Frame padded = blank(width, height);
    for (int y = 0; y < height; ++y) {
        const int from = std::min(y, frame.height - 1);
        for (int x = 0; x < width; ++x)
            std::copy_n(pixel(frame, std::min(x, frame.width - 1), from), channels, pixel(padded, x, y));
    }
    return padded;
}

} // namespace fastcar
