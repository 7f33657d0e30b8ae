// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/decision_colors.h"

#include "ui/theme/oklab.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

DecisionColors make(ThemeName theme)
{
    const ThemeColors &colors = colorsOf(theme);
    const OkLch ground = toOkLch(colors.field.rgb());
    const OkLch quiet = toOkLch(colors.compute.rgb());
    const auto toward = [&](double share) {
        return toRgb({.lightness = std::lerp(ground.lightness, quiet.lightness, share),
                      .chroma = quiet.chroma * share,
                      .hue = quiet.hue});
    };
    DecisionColors made;
    made.ground = colors.field.rgb();
    made.notEligible = toward(0.22);
    made.computed = toward(0.62);
    // Through the theme's colour for "replayed", away from the ground.
    const bool dark = theme == ThemeName::Dark;
    const OkLch first = dark ? OkLch{.lightness = 0.50, .chroma = 0.115, .hue = 52.0}
                             : OkLch{.lightness = 0.82, .chroma = 0.115, .hue = 80.0};
    const OkLch last = dark ? OkLch{.lightness = 0.93, .chroma = 0.135, .hue = 100.0}
                            : OkLch{.lightness = 0.36, .chroma = 0.105, .hue = 38.0};
    for (std::size_t i = 0; i < made.chains.size(); ++i)
        made.chains[i] = toRgb(between(first, last, static_cast<double>(i) / 255.0));
    return made;
}

} // namespace

std::size_t DecisionColors::chainIndex(int chain, int longest)
{
    if (chain <= 1 || longest <= 1)
        return 0;
    const double share = std::log2(static_cast<double>(chain)) / std::log2(static_cast<double>(longest));
    return static_cast<std::size_t>(std::lround(255.0 * std::min(1.0, share)));
}

const DecisionColors &decisionColors()
{
    static const DecisionColors dark = make(ThemeName::Dark);
    static const DecisionColors light = make(ThemeName::Light);
    return currentTheme() == ThemeName::Dark ? dark : light;
}

} // namespace fastcar::ui
