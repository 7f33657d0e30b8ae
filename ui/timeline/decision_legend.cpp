// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_legend.h"

#include "ui/models/row_name.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/legend_line.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int narrowest = 160;
constexpr double chainWidth = 12.0;
constexpr double rowWidth = 3.0; // as beside its lanes
constexpr double between = 6.0;

double narrowWith(const LegendLine &line, double wide, const QString &name)
{
    return wide + LegendLine::besideSwatch + line.width(name);
}

} // namespace

DecisionLegend::DecisionLegend(const RunRecord &record, QWidget *parent)
    : QWidget(parent)
    , record_(record)
{
    setObjectName(QStringLiteral("decisionLegend"));
    setAccessibleName(tr("Legend of the timeline of decisions"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred); // Fixed would be the hint's height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void DecisionLegend::begin()
{
    if (heightForWidth(width()) != height()) // mostly it is as long as the one before
        updateGeometry();
    update();
}

int DecisionLegend::heightForWidth(int width) const
{
    LegendLine line(nullptr, width);
    if (record_.hasRun())
        write(line);
    return line.height();
}

QSize DecisionLegend::sizeHint() const
{
    return {2 * narrowest, heightForWidth(std::max(width(), 2 * narrowest))};
}

QSize DecisionLegend::minimumSizeHint() const
{
    return {narrowest, LegendLine(nullptr, narrowest).height()};
}

void DecisionLegend::paintEvent(QPaintEvent *)
{
    if (!record_.hasRun())
        return;
    QPainter painter(this);
    LegendLine line(&painter, width());
    write(line);
}

void DecisionLegend::write(LegendLine &line) const
{
    const TraceShape &shape = record_.trace().shape();
    const DecisionColors &colors = decisionColors();
    line.swatch(QColor::fromRgb(colors.notEligible), tr("not eligible"));
    line.swatch(QColor::fromRgb(colors.computed), tr("computed"));

    // Colours whose names are a number, or a row that has the same one beside its lanes.
    const auto narrow = [&](QRgb color, double wide, const QString &name, double air) {
        line.keep(narrowWith(line, wide, name));
        const QRectF at = line.bar(wide);
        if (line.painter())
            line.painter()->fillRect(at, QColor::fromRgb(color));
        line.word(name, air);
    };
    const int longest = std::max(1, shape.frames - 1);
    const QString replayed = tr("replayed, frames on end:");
    double chains = line.width(replayed);
    for (int chain = 1; chain <= longest; chain *= 2)
        chains += between + narrowWith(line, chainWidth, QString::number(chain));
    line.keep(chains);
    line.word(replayed, between);
    for (int chain = 1; chain <= longest; chain *= 2)
        narrow(colors.replayed(chain, longest), chainWidth, QString::number(chain),
               2 * chain <= longest ? between : LegendLine::betweenSwatches);
    if (!isGuided(shape) || shape.videos > 1)
        return;
    narrow(rowColor(0).rgb(), rowWidth, tr("conditional"), LegendLine::betweenSwatches);
    narrow(rowColor(1).rgb(), rowWidth, tr("unconditional"), LegendLine::betweenSwatches);
}

} // namespace fastcar::ui
