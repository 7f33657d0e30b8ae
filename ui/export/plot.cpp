// SPDX-License-Identifier: Apache-2.0
#include "ui/export/plot.h"

#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr QSizeF pageSize(640.0, 380.0);
constexpr double pictureScale = 2.0;

const ThemeColors &colors()
{
    return colorsOf(ThemeName::Light);
}

QColor colorOf(Plot::Ink ink)
{
    switch (ink) {
    case Plot::Ink::Replayed:
        return colors().replay;
    case Plot::Ink::Computed:
        return colors().compute;
    case Plot::Ink::Neutral:
        break;
    }
    return colors().accent;
}

QFont sized(QFont font, double pixels)
{
    font.setPixelSize(static_cast<int>(std::lround(pixels)));
    return font;
}

/// 1, 2 or 5 times a power of ten, and at least `least`.
double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least)
            return factor * power;
    return 10.0 * power;
}

class PlotPainter {
public:
    PlotPainter(QPainter &painter, const Plot &plot, const QRectF &area)
        : painter_(painter)
        , plot_(plot)
        , area_(area)
        , box_(area.adjusted(62.0, 44.0, -18.0, -48.0))
    {
    }

    void paint()
    {
        painter_.fillRect(area_, Qt::white);
        painter_.setPen(colors().text);
        painter_.setFont(sized(headingFont(), 15));
        painter_.drawText(QRectF(box_.left(), area_.top() + 8.0, box_.width(), 22.0),
                          Qt::AlignLeft | Qt::AlignVCenter, plot_.title);
        paintLegend();
        paintScale();
        for (std::size_t place = 0; place < plot_.places.size(); ++place)
            paintPlace(place);
        painter_.fillRect(QRectF(box_.left(), box_.bottom(), box_.width(), 1.0), colors().muted);
    }

private:
    double slotWidth() const
    {
        return box_.width() / static_cast<double>(std::max<std::size_t>(1, plot_.places.size()));
    }
    double yOf(double value) const
    {
        return box_.bottom() - std::clamp(value / plot_.high, 0.0, 1.0) * box_.height();
    }

    /// Names of the series at the right of the title, where there are several.
    void paintLegend()
    {
        if (plot_.series.size() < 2)
            return;
        painter_.setFont(sized(headingFont(), 12));
        double right = box_.right();
        for (auto series = plot_.series.rbegin(); series != plot_.series.rend(); ++series) {
            const double wide = painter_.fontMetrics().horizontalAdvance(series->name);
            painter_.setPen(colors().text);
            painter_.drawText(QRectF(right - wide, area_.top() + 8.0, wide + 2.0, 22.0),
                              Qt::AlignLeft | Qt::AlignVCenter, series->name);
            painter_.fillRect(QRectF(right - wide - 15.0, area_.top() + 14.0, 10.0, 10.0),
                              colorOf(series->ink));
            right -= wide + 32.0;
        }
    }

    void paintScale()
    {
        painter_.setFont(sized(numberFont(), 11));
        constexpr int steps = 4;
        for (int step = 0; step <= steps; ++step) {
            const double value = plot_.high * step / steps;
            painter_.fillRect(QRectF(box_.left(), yOf(value), box_.width(), 1.0), colors().trough);
            painter_.setPen(colors().muted);
            painter_.drawText(
                QRectF(area_.left() + 18.0, yOf(value) - 8.0, box_.left() - area_.left() - 24.0, 16.0),
                Qt::AlignRight | Qt::AlignVCenter, QString::number(value, 'g', 4));
        }
        paintPlaceNames();
        painter_.setFont(sized(headingFont(), 12));
        painter_.drawText(QRectF(box_.left(), box_.bottom() + 22.0, box_.width(), 18.0), Qt::AlignCenter,
                          plot_.xName);
        painter_.save();
        painter_.translate(area_.left() + 12.0, box_.center().y());
        painter_.rotate(-90.0);
        painter_.drawText(QRectF(-box_.height() / 2.0, -9.0, box_.height(), 18.0), Qt::AlignCenter,
                          plot_.yName);
        painter_.restore();
    }

    /// At round numbers, with room between them.
    void paintPlaceNames()
    {
        if (plot_.places.empty())
            return;
        constexpr double room = 40.0;
        const double first = plot_.places.front();
        const double pitch = plot_.places.size() > 1 ? plot_.places[1] - first : 1.0;
        const bool counted = pitch == 1.0 && first == std::floor(first); // layers, frames
        const double step =
            counted ? std::max(1.0, roundStep(room / slotWidth())) : roundStep(room * pitch / slotWidth());
        const double last = plot_.places.back();
        const double begin = counted ? first : std::ceil((first - pitch / 2.0) / step) * step;
        for (int i = 0; begin + i * step <= last + pitch / 2.0; ++i) {
            const double value = begin + i * step;
            const double x = box_.left() + ((value - first) / pitch + 0.5) * slotWidth();
            painter_.drawText(QRectF(x - 30.0, box_.bottom() + 4.0, 60.0, 16.0), Qt::AlignCenter,
                              QString::number(std::abs(value) < step / 2.0 ? 0.0 : value, 'g', 4)
                                  .replace(QLatin1Char('-'), QChar(0x2212)));
        }
    }

    void paintPlace(std::size_t place)
    {
        const double left = box_.left() + static_cast<double>(place) * slotWidth();
        const double gap = plot_.stacked ? std::min(1.0, slotWidth() * 0.1) : slotWidth() * 0.15;
        const double room = slotWidth() - 2.0 * gap;
        const double wide = plot_.stacked ? room : room / static_cast<double>(plot_.series.size());
        double below = 0.0; // what this bar stands upon
        for (std::size_t index = 0; index < plot_.series.size(); ++index) {
            const auto &value = plot_.series[index].values[place];
            if (!value)
                continue;
            const double top = yOf(below + *value), foot = yOf(below);
            const double x = left + gap + (plot_.stacked ? 0.0 : static_cast<double>(index) * wide);
            painter_.fillRect(QRectF(x, top, wide, foot - top), colorOf(plot_.series[index].ink));
            below += plot_.stacked ? *value : 0.0;
        }
    }

    QPainter &painter_;
    const Plot &plot_;
    QRectF area_, box_;
};

void writeSvg(QSaveFile &out, const Plot &plot)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setResolution(96);
    svg.setSize(pageSize.toSize());
    svg.setViewBox(QRectF(QPointF(0, 0), pageSize));
    svg.setTitle(plot.title);
    QPainter painter(&svg);
    paintPlot(painter, plot, QRectF(QPointF(0, 0), pageSize));
}

void writePng(QSaveFile &out, const Plot &plot)
{
    QImage picture((pageSize * pictureScale).toSize(), QImage::Format_RGB32);
    QPainter painter(&picture);
    painter.scale(pictureScale, pictureScale);
    paintPlot(painter, plot, QRectF(QPointF(0, 0), pageSize));
    painter.end();
    picture.save(&out, "PNG");
}

} // namespace

void paintPlot(QPainter &painter, const Plot &plot, const QRectF &area)
{
    PlotPainter(painter, plot, area).paint();
}

Result<void> writePlot(const std::filesystem::path &file, const Plot &plot)
{
    const std::string ending = file.extension().string();
    if (ending != ".png" && ending != ".svg" && ending != ".csv")
        return Error{ErrorKind::BadInput,
                     "The plot's name '" + file.string() + "' must end in .png, .svg or .csv."};
    QSaveFile out(QString::fromStdString(file.string()));
    const auto refused = [&] {
        return Error{ErrorKind::Io,
                     "Cannot write '" + file.string() + "': " + out.errorString().toStdString() + "."};
    };
    if (!out.open(QIODevice::WriteOnly))
        return refused();
    if (ending == ".csv")
        out.write(plot.csv);
    else if (ending == ".svg")
        writeSvg(out, plot);
    else
        writePng(out, plot);
    return out.commit() ? Result<void>() : refused();
}

} // namespace fastcar::ui
