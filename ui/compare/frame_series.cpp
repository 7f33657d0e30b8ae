// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/frame_series.h"

#include "ui/models/axis_scale.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

struct FrameSeriesText {
    Q_DECLARE_TR_FUNCTIONS(FrameSeries)
};

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

double highestOf(const std::vector<std::optional<double>> &values)
{
    double highest = 0.0;
    for (const auto &value : values)
        highest = std::max(highest, value.value_or(0.0));
    return highest;
}

void takePictures(const PictureComparison &pictures, FrameFigure figure, FrameSeries &series)
{
    for (const FrameQuality &frame : pictures.frames()) {
        if (figure == FrameFigure::Drift)
            series.values.push_back(frame.drift);
        else if (figure == FrameFigure::Psnr)
            series.values.push_back(finite(frame.psnr));
        else if (figure == FrameFigure::Ssim)
            series.values.push_back(frame.ssim);
        else {
            series.values.push_back(frame.flicker ? std::optional(frame.flicker->b) : std::nullopt);
            series.ofA.push_back(frame.flicker ? std::optional(frame.flicker->a) : std::nullopt);
        }
    }
}

} // namespace

QString nameOf(FrameFigure figure)
{
    switch (figure) {
    case FrameFigure::Drift:
        return FrameSeriesText::tr("Drift");
    case FrameFigure::Psnr:
        return FrameSeriesText::tr("PSNR");
    case FrameFigure::Ssim:
        return FrameSeriesText::tr("SSIM");
    case FrameFigure::Flicker:
        return FrameSeriesText::tr("Flicker");
    case FrameFigure::EqualCodes:
        return FrameSeriesText::tr("Equal codes");
    }
    return {};
}

QString unitOf(FrameFigure figure)
{
    switch (figure) {
    case FrameFigure::Drift:
    case FrameFigure::Flicker:
        return FrameSeriesText::tr("of 255");
    case FrameFigure::Psnr:
        return FrameSeriesText::tr("dB");
    case FrameFigure::EqualCodes:
        return FrameSeriesText::tr("%");
    case FrameFigure::Ssim:
        break;
    }
    return {};
}

QString wordsFor(FrameFigure figure)
{
    switch (figure) {
    case FrameFigure::Drift:
        return FrameSeriesText::tr("The mean absolute difference of the pixels, in levels of 0 to 255.");
    case FrameFigure::Psnr:
        return FrameSeriesText::tr(
            "The peak signal to noise ratio over RGB, in dB; a frame that is equal has none.");
    case FrameFigure::Ssim:
        return FrameSeriesText::tr("The structural similarity of the luma; 1 for equal frames.");
    case FrameFigure::Flicker:
        return FrameSeriesText::tr(
            "How much a video changes from the frame before, in levels of 0 to 255: A's as a line, B's as "
            "bars.");
    case FrameFigure::EqualCodes:
        return FrameSeriesText::tr("The share of codes that are equal.");
    }
    return {};
}

QString figureText(FrameFigure figure, const std::optional<double> &value)
{
    if (!value)
        return figure == FrameFigure::Psnr ? QStringLiteral("∞") : QStringLiteral("–");
    const int digits = figure == FrameFigure::Ssim ? 4 : figure == FrameFigure::EqualCodes ? 1 : 2;
    const QString unit = unitOf(figure);
    return QString::number(*value, 'f', digits) + (unit.isEmpty() ? QString() : QLatin1Char(' ') + unit);
}

FrameSeries frameSeries(const LoadedComparison &comparison, FrameFigure figure, int offset)
{
    FrameSeries series;
    if (figure == FrameFigure::EqualCodes) {
        if (comparison.runs.codes)
            for (const EqualCodes &frame : comparison.runs.codes->perFrame)
                series.values.push_back(100.0 * frame.share().value_or(0.0));
        series.high = 100.0;
        return series;
    }
    if (!comparison.runs.pictures)
        return series;
    series.first = std::max(0, -offset);
    takePictures(*comparison.runs.pictures, figure, series);
    const double highest = std::max(highestOf(series.values), highestOf(series.ofA));
    series.high = figure == FrameFigure::Ssim ? 1.0 : roundedUp(highest);
    return series;
}

} // namespace fastcar::ui
