// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/histogram_painter.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

void paintHistogram(QPainter &painter, const QRectF &area, const TasHistogram &histogram)
{
    const ThemeColors &colors = themeColors();
    const double width = area.width() / histogram.bins();
    // The root keeps the tails in sight beside a tall middle.
    const double scale = area.height() / std::sqrt(static_cast<double>(std::max(1, histogram.highest())));
    const double gap = width > 3.0 ? 1.0 : 0.0;
    for (int bin = 0; bin < histogram.bins(); ++bin) {
        const int above = histogram.replayed[static_cast<std::size_t>(bin)];
        const int all = above + histogram.computed[static_cast<std::size_t>(bin)];
        if (all == 0)
            continue;
        const double height = std::max(1.0, std::sqrt(static_cast<double>(all)) * scale);
        const double replayed = height * above / all;
        const double x = area.left() + width * bin;
        painter.fillRect(QRectF(x, area.bottom() - height, width - gap, height - replayed), colors.compute);
        painter.fillRect(QRectF(x, area.bottom() - replayed, width - gap, replayed), colors.replay);
    }
}

double xOfTas(const QRectF &area, TasRange range, float tas)
{
    const float t = (tas - range.low) / std::max(range.high - range.low, 1e-6f);
    return area.left() + static_cast<double>(std::clamp(t, 0.0f, 1.0f)) * area.width();
}

float tasOfX(const QRectF &area, TasRange range, double x)
{
    const double t = std::clamp((x - area.left()) / std::max(area.width(), 1.0), 0.0, 1.0);
    return range.low + static_cast<float>(t) * (range.high - range.low);
}

} // namespace fastcar::ui
