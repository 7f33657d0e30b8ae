// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_export.h"

#include "ui/hardware/gantt_painter.h"
#include "ui/hardware/gantt_words.h"

#include <QFileInfo>
#include <QImage>
#include <QSaveFile>
#include <QSvgGenerator>

namespace fastcar::ui {

namespace {

constexpr double pictureScale = 2.0;
constexpr double legendHeight = 24.0;

Error refusal(const QString &file, const QString &why)
{
    return Error{.kind = ErrorKind::Io, .message = QStringLiteral("%1: %2").arg(file, why).toStdString()};
}

void paintAll(QPainter &painter, const GanttScene &scene, const GanttLayout &layout)
{
    GanttPainter(painter, scene, layout).paint();
    paintGanttLegend(painter,
                     QRectF(0.0, layout.size.height() - legendHeight, layout.size.width(), legendHeight),
                     GanttLayout::labelWidth(), scene.rows);
}

/// Words that a program reads; those of the views are translated.
const char *unitKey(CardUnit unit)
{
    switch (unit) {
    case CardUnit::Core:
        return "core";
    case CardUnit::Port:
        return "port";
    case CardUnit::Attention:
        return "attention";
    case CardUnit::Vector:
        return "vector";
    case CardUnit::Heads:
        return "heads";
    case CardUnit::Gate:
        return "gate";
    }
    return "";
}

const char *workKey(CardSpan::Work work)
{
    static constexpr const char *keys[] = {"norm", "qkv",  "heads", "attention", "gate",  "output", "gate_up",
                                           "silu", "down", "add",   "replay",    "final", "load"};
    return keys[static_cast<std::size_t>(work)];
}

/// "0"; "0 2" where rows take turns; "-1": several.
QByteArray rowsOf(const CardSpan &span)
{
    if (span.row >= 0 || span.rows == 0)
        return QByteArray::number(span.row);
    QByteArray rows;
    for (int row = 0; row < 32; ++row)
        if (span.rows >> row & 1)
            rows += (rows.isEmpty() ? "" : " ") + QByteArray::number(row);
    return rows;
}

} // namespace

QByteArray spansCsv(const GanttScene &scene)
{
    QByteArray csv = "track,unit,index,work,layer,row,begin,end,begin_ns,end_ns\n";
    const auto nanoseconds = [&scene](std::int64_t cycle) {
        return QByteArray::number(static_cast<double>(cycle) / scene.clockHz * 1e9, 'f', 1);
    };
    for (const GanttTrack &track : scene.tracks) {
        if (!track.picture)
            continue;
        for (const LaneSpans &lane : track.picture->lanes) {
            for (const CardSpan &span : lane.spans()) {
                csv += track.title.toLower().toUtf8() + ',' + unitKey(span.unit) + ',' +
                       QByteArray::number(span.index) + ',' + workKey(span.work) + ',' +
                       QByteArray::number(span.layer) + ',' + rowsOf(span) + ',' +
                       QByteArray::number(static_cast<qlonglong>(span.begin)) + ',' +
                       QByteArray::number(static_cast<qlonglong>(span.end)) + ',' + nanoseconds(span.begin) +
                       ',' + nanoseconds(span.end) + '\n';
            }
        }
    }
    return csv;
}

Result<void> exportGantt(const QString &file, const GanttScene &scene, double width)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending != QLatin1String("png") && ending != QLatin1String("svg") && ending != QLatin1String("csv"))
        return refusal(file, QStringLiteral("A timeline is written as .png, .svg or .csv."));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return refusal(file, out.errorString());
    if (ending == QLatin1String("csv")) {
        out.write(spansCsv(scene));
    } else {
        GanttLayout layout = layOut(scene, {width, 0.0});
        layout.size.setHeight(layout.contentHeight + legendHeight);
        if (ending == QLatin1String("svg")) {
            QSvgGenerator svg;
            svg.setOutputDevice(&out);
            svg.setResolution(96);
            svg.setSize(layout.size.toSize());
            svg.setViewBox(QRectF(QPointF(0, 0), layout.size));
            svg.setTitle(QStringLiteral("FastCar Studio: a step on the card"));
            QPainter painter(&svg);
            paintAll(painter, scene, layout);
        } else {
            QImage picture((layout.size * pictureScale).toSize(), QImage::Format_ARGB32_Premultiplied);
            picture.setDevicePixelRatio(pictureScale);
            QPainter painter(&picture);
            paintAll(painter, scene, layout);
            painter.end();
            picture.save(&out, "PNG");
        }
    }
    if (!out.commit())
        return refusal(file, out.errorString());
    return {};
}

} // namespace fastcar::ui
