// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/difference_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace fastcar::ui {

namespace {

// A polynomial of the sixth degree through matplotlib's table of "magma", as ui/theme/colormap.cpp has one
// through "viridis".
constexpr double coefficients[7][3] = {
    {-0.002136485053939582, -0.000749655052795221, -0.005386127855323933},
    {0.2516605407371642, 0.6775232436837668, 2.494026599312351},
    {8.353717279216625, -3.577719514958484, 0.3144679030132573},
    {-27.66873308576866, 14.26473078096533, -13.64921318813922},
    {52.17613981234068, -27.94360607168351, 12.94416944238394},
    {-50.76852536473588, 29.04658282127291, 4.23415299384598},
    {18.65570506591883, -11.48977351997711, -5.601961508734096},
};

QRgb absoluteColor(double t)
{
    std::array<int, 3> channels{};
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
        double value = 0.0;
        for (int power = 6; power >= 0; --power)
            value = value * t + coefficients[power][channel];
        channels[channel] = static_cast<int>(std::lround(std::clamp(value, 0.0, 1.0) * 255.0));
    }
    return qRgb(channels[0], channels[1], channels[2]);
}

/// -1 to 1, between colours that stay apart for colour-blind eyes (after Okabe and Ito), with a dark middle:
/// what does not differ steps back.
QRgb signedColor(double t)
{
    struct Stop {
        double at;
        std::array<double, 3> rgb;
    };
    static constexpr std::array<Stop, 5> stops{{{-1.0, {150, 210, 245}},
                                                {-0.5, {0, 114, 178}},
                                                {0.0, {22, 24, 28}},
                                                {0.5, {213, 94, 0}},
                                                {1.0, {255, 205, 130}}}};
    std::size_t next = 1;
    while (next + 1 < stops.size() && stops[next].at < t)
        ++next;
    const Stop &low = stops[next - 1], &high = stops[next];
    const double share = std::clamp((t - low.at) / (high.at - low.at), 0.0, 1.0);
    const auto mixed = [&](std::size_t channel) {
        return static_cast<int>(
            std::lround(low.rgb[channel] + share * (high.rgb[channel] - low.rgb[channel])));
    };
    return qRgb(mixed(0), mixed(1), mixed(2));
}

} // namespace

QRgb differenceColor(double difference, const DifferenceLook &look)
{
    const double t = std::clamp(difference * look.gain / 255.0, -1.0, 1.0);
    return look.isSigned ? signedColor(t) : absoluteColor(std::abs(t));
}

QImage differencePicture(const Frame &a, const Frame &b, const DifferenceLook &look)
{
    // By the sum over the three channels, of which there are few values.
    constexpr int most = 3 * 255;
    std::vector<QRgb> colors;
    for (int sum = -most; sum <= most; ++sum)
        colors.push_back(differenceColor(sum / 3.0, look));
    QImage image(a.width, a.height, QImage::Format_RGB32);
    const std::uint8_t *left = a.rgb.data(), *right = b.rgb.data();
    for (int y = 0; y < a.height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < a.width; ++x, left += 3, right += 3) {
            const std::array<int, 3> differences{right[0] - left[0], right[1] - left[1], right[2] - left[2]};
            int sum = 0;
            for (const int difference : differences)
                sum += look.isSigned ? difference : std::abs(difference);
            line[x] = colors[static_cast<std::size_t>(sum + most)];
        }
    }
    return image;
}

} // namespace fastcar::ui
