// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/colormap.h"

#include "ui/theme/oklab.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

// A polynomial of the sixth degree through matplotlib's table, channel by channel; off by less than 2 of 255.
constexpr double coefficients[7][3] = {
    {0.2777273272234177, 0.005407344544966578, 0.3340998053353061},
    {0.1050930431085774, 1.404613529898575, 1.384590162594685},
    {-0.3308618287255563, 0.214847559468213, 0.09509516302823659},
    {-4.634230498983486, -5.799100973351585, -19.33244095627987},
    {6.228269936347081, 14.17993336680509, 56.69055260068105},
    {4.776384997670288, -13.74514537774601, -65.35303263337234},
    {-5.435455855934631, 4.645852612178535, 26.3124352495832},
};

int channel(double t, int which)
{
    double value = 0.0;
    for (int power = 6; power >= 0; --power)
        value = value * t + coefficients[power][which];
    return static_cast<int>(std::lround(std::clamp(value, 0.0, 1.0) * 255.0));
}

std::array<QRgb, 256> make()
{
    std::array<QRgb, 256> colors{};
    for (std::size_t i = 0; i < colors.size(); ++i) {
        const double t = static_cast<double>(i) / 255.0;
        colors[i] = qRgb(channel(t, 0), channel(t, 1), channel(t, 2));
    }
    return colors;
}

std::array<QRgb, 256> makeDifference(ThemeName theme)
{
    // Away from the ground to both sides, equally far.
    const bool dark = theme == ThemeName::Dark;
    const double middle = dark ? 0.30 : 0.95;
    const double ends = dark ? 0.84 : 0.46;
    std::array<QRgb, 256> colors{};
    for (std::size_t i = 0; i < colors.size(); ++i) {
        const double t = static_cast<double>(i) / 127.5 - 1.0;
        colors[i] = toRgb({.lightness = std::lerp(middle, ends, std::abs(t)),
                           .chroma = 0.125 * std::abs(t),
                           .hue = t < 0.0 ? 92.0 : 248.0});
    }
    return colors;
}

} // namespace

const std::array<QRgb, 256> &differenceColormap()
{
    static const std::array<QRgb, 256> dark = makeDifference(ThemeName::Dark);
    static const std::array<QRgb, 256> light = makeDifference(ThemeName::Light);
    return currentTheme() == ThemeName::Dark ? dark : light;
}

const std::array<QRgb, 256> &tasColormap()
{
    static const std::array<QRgb, 256> colors = make();
    return colors;
}

QRgb tasColor(float value, float low, float high)
{
    const float t = std::clamp((value - low) / std::max(high - low, 1e-6f), 0.0f, 1.0f);
    return tasColormap()[static_cast<std::size_t>(t * 255.0f + 0.5f)];
}

} // namespace fastcar::ui
