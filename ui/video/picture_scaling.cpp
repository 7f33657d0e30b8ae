// SPDX-License-Identifier: Apache-2.0
#include "ui/video/picture_scaling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace fastcar::ui {

namespace {

constexpr double sliver = 1e-3; // of a texel: less than that is rounding, and not covered

/// The texels that a row or column of pixels covers, and how much each counts.
struct Cover {
    int first = 0;
    std::vector<float> shares; // their sum is 1

    bool operator==(const Cover &) const = default;
};

/// Of the pixels `from` to `to` - 1 of `length` pixels that `texels` texels are spread over.
std::vector<Cover> coversOf(int from, int to, int length, int texels)
{
    const double perPixel = static_cast<double>(texels) / length;
    std::vector<Cover> covers;
    covers.reserve(static_cast<std::size_t>(to - from));
    for (int pixel = from; pixel < to; ++pixel) {
        const double low = pixel * perPixel;
        const double high = low + perPixel;
        Cover cover{.first = std::clamp(static_cast<int>(std::floor(low + sliver)), 0, texels - 1),
                    .shares = {}};
        const int last = std::clamp(static_cast<int>(std::ceil(high - sliver)) - 1, cover.first, texels - 1);
        double sum = 0.0;
        for (int texel = cover.first; texel <= last; ++texel) {
            const double share = std::min<double>(high, texel + 1) - std::max<double>(low, texel);
            cover.shares.push_back(static_cast<float>(share));
            sum += share;
        }
        for (float &share : cover.shares)
            share /= static_cast<float>(sum);
        covers.push_back(std::move(cover));
    }
    return covers;
}

} // namespace

QImage scaledPicture(const Frame &frame, QRect target, QRect visible)
{
    const QRect part = visible.intersected(target);
    if (part.isEmpty())
        return {};
    const QRect inside = part.translated(-target.topLeft());
    const auto columns = coversOf(inside.left(), inside.right() + 1, target.width(), frame.width);
    const auto rows = coversOf(inside.top(), inside.bottom() + 1, target.height(), frame.height);
    const auto stride = 3 * static_cast<std::size_t>(frame.width);
    std::vector<float> line(stride); // a row of pixels that is still as wide as the picture
    QImage image(part.size(), QImage::Format_RGB32);
    for (int y = 0; y < part.height(); ++y) {
        const Cover &row = rows[static_cast<std::size_t>(y)];
        if (y > 0 &&
            row == rows[static_cast<std::size_t>(y) - 1]) { // most are, of a picture that is enlarged
            std::copy_n(image.constScanLine(y - 1), image.bytesPerLine(), image.scanLine(y));
            continue;
        }
        std::ranges::fill(line, 0.0f);
        for (std::size_t i = 0; i < row.shares.size(); ++i) {
            const std::uint8_t *texels =
                frame.rgb.data() + (static_cast<std::size_t>(row.first) + i) * stride;
            for (std::size_t x = 0; x < stride; ++x)
                line[x] += row.shares[i] * static_cast<float>(texels[x]);
        }
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (const Cover &column : columns) {
            std::array<float, 3> color{};
            const float *texel = line.data() + 3 * static_cast<std::size_t>(column.first);
            for (const float share : column.shares)
                for (float &channel : color)
                    channel += share * *texel++;
            *pixels++ = qRgb(static_cast<int>(color[0] + 0.5f), static_cast<int>(color[1] + 0.5f),
                             static_cast<int>(color[2] + 0.5f));
        }
    }
    return image;
}

const QImage &ScaledPicture::of(const SharedFrame &frame, QRect target, QRect visible)
{
    if (frame != frame_ || target != target_ || visible != visible_) {
        frame_ = frame;
        target_ = target;
        visible_ = visible;
        image_ = scaledPicture(*frame, target, visible);
    }
    return image_;
}

} // namespace fastcar::ui
