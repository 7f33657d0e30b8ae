// SPDX-License-Identifier: Apache-2.0
#include "ui/export/run_plots.h"

#include "ui/models/axis_scale.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int bins = 60;

struct RunPlotsText {
    Q_DECLARE_TR_FUNCTIONS(RunPlots)
};

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 10);
}

QByteArray number(const std::optional<double> &value)
{
    return value ? number(*value) : QByteArray();
}

/// What was replayed by layer or by frame: `counts` in their order, `name` of what they are of.
Plot ratioPlot(const std::vector<ReplayCount> &counts, const QString &title, const QString &xName,
               const QByteArray &name)
{
    Plot plot;
    plot.title = title;
    plot.xName = xName;
    plot.yName = RunPlotsText::tr("replayed, %");
    plot.high = 100.0;
    plot.series = {{RunPlotsText::tr("of eligible"), Plot::Ink::Replayed, {}},
                   {RunPlotsText::tr("of all"), Plot::Ink::Computed, {}}};
    plot.csv = name + ",replayed,eligible,all,of_eligible,of_all\n";
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const ReplayCount &count = counts[i];
        const auto ofEligible = count.eligible > 0 ? std::optional(count.ofEligible()) : std::nullopt;
        plot.places.push_back(static_cast<double>(i) + 1.0);
        plot.series[0].values.push_back(ofEligible ? std::optional(100.0 * *ofEligible) : std::nullopt);
        plot.series[1].values.push_back(100.0 * count.ofAll());
        plot.csv += QByteArray::number(static_cast<int>(i) + 1) + ',' +
                    QByteArray::number(qlonglong(count.replayed)) + ',' +
                    QByteArray::number(qlonglong(count.eligible)) + ',' +
                    QByteArray::number(qlonglong(count.total)) + ',' + number(ofEligible) + ',' +
                    number(count.ofAll()) + '\n';
    }
    return plot;
}

/// Of every score that the run measured, by what became of it.
Plot histogramPlot(const ExportMaterial &material)
{
    const Trace &trace = *material.trace;
    const TraceShape &shape = trace.shape();
    const TasRange range = *tasRange(trace, trace.steps(), -1);
    const double wide = std::max(1e-9, static_cast<double>(range.high - range.low)) / bins;
    std::vector<int> replayed(bins), computed(bins);
    for (int step = 0; step < trace.steps(); ++step)
        for (int layer = 0; layer < shape.layers; ++layer)
            for (int row = 0; row < shape.rows; ++row) {
                const LayerOutcome outcome = trace.outcome(step, layer, row);
                if (!std::isfinite(outcome.tas))
                    continue;
                const int bin = static_cast<int>(static_cast<double>(outcome.tas - range.low) / wide);
                auto &counts = outcome.decision == Decision::Replayed ? replayed : computed;
                ++counts[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))];
            }
    Plot plot;
    plot.title = RunPlotsText::tr("TAS of all layers and rows");
    plot.xName = RunPlotsText::tr("TAS");
    plot.yName = RunPlotsText::tr("scores");
    plot.stacked = true;
    plot.series = {{RunPlotsText::tr("replayed"), Plot::Ink::Replayed, {}},
                   {RunPlotsText::tr("computed"), Plot::Ink::Computed, {}}};
    plot.csv = "from,to,replayed,computed\n";
    int highest = 0;
    for (std::size_t bin = 0; bin < static_cast<std::size_t>(bins); ++bin) {
        const double from = static_cast<double>(range.low) + static_cast<double>(bin) * wide;
        plot.places.push_back(from + wide / 2.0);
        plot.series[0].values.push_back(replayed[bin]);
        plot.series[1].values.push_back(computed[bin]);
        highest = std::max(highest, replayed[bin] + computed[bin]);
        plot.csv += number(from) + ',' + number(from + wide) + ',' + QByteArray::number(replayed[bin]) + ',' +
                    QByteArray::number(computed[bin]) + '\n';
    }
    plot.high = roundedUp(highest);
    return plot;
}

Plot driftPlot(const LoadedComparison &comparison)
{
    Plot plot;
    plot.title = RunPlotsText::tr("Drift of B from A");
    plot.xName = RunPlotsText::tr("frame");
    plot.yName = RunPlotsText::tr("mean absolute difference, of 255");
    plot.series = {{RunPlotsText::tr("drift"), Plot::Ink::Neutral, {}}};
    plot.csv = "frame,drift,psnr,ssim,flicker_a,flicker_b\n";
    double highest = 0.0;
    int index = 0;
    for (const FrameQuality &frame : comparison.runs.pictures->frames()) {
        plot.places.push_back(++index);
        plot.series[0].values.push_back(frame.drift);
        highest = std::max(highest, frame.drift);
        const auto flicker = [&](double Flicker::*value) {
            return frame.flicker ? std::optional((*frame.flicker).*value) : std::nullopt;
        };
        plot.csv += QByteArray::number(index) + ',' + number(frame.drift) + ',' +
                    (std::isinf(frame.psnr) ? QByteArray("inf") : number(frame.psnr)) + ',' +
                    number(frame.ssim) + ',' + number(flicker(&Flicker::a)) + ',' +
                    number(flicker(&Flicker::b)) + '\n';
    }
    plot.high = roundedUp(highest);
    return plot;
}

} // namespace

QString nameOf(PlotKind kind)
{
    switch (kind) {
    case PlotKind::RatioByLayer:
        return RunPlotsText::tr("Replayed, by layer");
    case PlotKind::RatioByFrame:
        return RunPlotsText::tr("Replayed, by frame");
    case PlotKind::TasHistogram:
        return RunPlotsText::tr("TAS histogram");
    case PlotKind::Drift:
        return RunPlotsText::tr("Drift, by frame");
    }
    return {};
}

QString stemOf(PlotKind kind)
{
    switch (kind) {
    case PlotKind::RatioByLayer:
        return QStringLiteral("ratio-by-layer");
    case PlotKind::RatioByFrame:
        return QStringLiteral("ratio-by-frame");
    case PlotKind::TasHistogram:
        return QStringLiteral("tas-histogram");
    case PlotKind::Drift:
        return QStringLiteral("drift");
    }
    return {};
}

QString whyNot(PlotKind kind, const ExportMaterial &material)
{
    if (kind == PlotKind::Drift)
        return material.comparison && material.comparison->runs.pictures
                   ? QString()
                   : RunPlotsText::tr("Drift is between two runs: compare the run with another one first.");
    if (kind == PlotKind::TasHistogram && !tasRange(*material.trace, material.trace->steps(), -1))
        return RunPlotsText::tr("The run has no scores yet: they come with frame 2.");
    return {};
}

Plot plotOf(PlotKind kind, const ExportMaterial &material)
{
    if (kind == PlotKind::TasHistogram)
        return histogramPlot(material);
    if (kind == PlotKind::Drift)
        return driftPlot(*material.comparison);
    const ReplayStatistics replay = material.trace->statistics();
    std::vector<ReplayCount> counts;
    if (kind == PlotKind::RatioByLayer) {
        for (int layer = 0; layer < replay.layers(); ++layer)
            counts.push_back(replay.ofLayer(layer));
        return ratioPlot(counts, RunPlotsText::tr("Replayed MLPs by layer"), RunPlotsText::tr("layer"),
                         "layer");
    }
    for (int frame = 0; frame < replay.frames(); ++frame)
        counts.push_back(replay.ofFrame(frame));
    return ratioPlot(counts, RunPlotsText::tr("Replayed MLPs by frame"), RunPlotsText::tr("frame"), "frame");
}

} // namespace fastcar::ui
