// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/row_colors.h"

#include "ui/theme/theme.h"

#include <array>

namespace fastcar::ui {

QColor rowColor(int row)
{
    // Dark grounds take lighter colours, light ones darker; the hues are the same.
    static const std::array<QRgb, 8> onDark{0x5fb4ec, 0xd58fc0, 0x3dbb93, 0xe6d95a,
                                            0x8f9bff, 0xe8867a, 0x9ad06a, 0xb8bec8};
    static const std::array<QRgb, 8> onLight{0x3590d0, 0xb85f9e, 0x149a72, 0xc2ac10,
                                             0x5a63d8, 0xc9503f, 0x659c34, 0x7d8590};
    if (row < 0)
        return themeColors().compute;
    const auto &colors = currentTheme() == ThemeName::Dark ? onDark : onLight;
    return QColor::fromRgb(colors[static_cast<std::size_t>(row) % colors.size()]);
}

QColor readableOn(const QColor &ground)
{
    const double luminance = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF();
    return luminance > 0.5 ? QColor(0x10, 0x14, 0x1a) : QColor(0xff, 0xff, 0xff);
}

} // namespace fastcar::ui
