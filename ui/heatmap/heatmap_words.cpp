// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_words.h"

#include "ui/models/decision_words.h"
#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <cmath>

namespace fastcar::ui {

namespace {

struct HeatmapText {
    Q_DECLARE_TR_FUNCTIONS(Heatmap)
};

QString decisionCellText(DecisionCell decision, bool difference)
{
    switch (decision) {
    case DecisionCell::Computed:
        return difference ? HeatmapText::tr("both computed") : HeatmapText::tr("computed");
    case DecisionCell::Replayed:
        return difference ? HeatmapText::tr("both replayed") : HeatmapText::tr("replayed");
    case DecisionCell::OnlyFirst:
        return HeatmapText::tr("conditional row alone replayed");
    case DecisionCell::OnlySecond:
        return HeatmapText::tr("unconditional row alone replayed");
    }
    return {};
}

QString chainText(int length, bool difference)
{
    if (difference)
        return HeatmapText::tr("%1 frames more").arg(length).replace(QLatin1Char('-'), QChar(0x2212));
    return length == 0 ? HeatmapText::tr("computed")
                       : HeatmapText::tr("replayed, %1 frames on end").arg(length);
}

/// Places of a grid that are about one token at one layer are told in full.
QStringList wordsOfOne(const RunRecord &record, const HeatmapPlace &place, int row)
{
    return decisionWords(record, place.frame * record.trace().shape().stride + place.position, place.layer,
                         row);
}

} // namespace

QString kindName(HeatmapKind kind)
{
    switch (kind) {
    case HeatmapKind::LayersByPositions:
        return HeatmapText::tr("Layers of a frame");
    case HeatmapKind::FrameMaps:
        return HeatmapText::tr("Frames of a layer");
    case HeatmapKind::LayersByFrames:
        return HeatmapText::tr("A position over time");
    case HeatmapKind::LayersByHeads:
        return HeatmapText::tr("Heads of a token");
    }
    return {};
}

QString kindMeaning(HeatmapKind kind)
{
    switch (kind) {
    case HeatmapKind::LayersByPositions:
        return HeatmapText::tr("<p>All layers at all positions of the chosen frame, in raster order.</p>");
    case HeatmapKind::FrameMaps:
        return HeatmapText::tr("<p>All frames at the chosen layer, each as a map of its positions.</p>");
    case HeatmapKind::LayersByFrames:
        return HeatmapText::tr("<p>All layers at the chosen position, frame by frame.</p>");
    case HeatmapKind::LayersByHeads:
        return HeatmapText::tr(
            "<p>The scores of the chosen token head by head; their mean over a layer's heads is its TAS. "
            "A run has them if they were asked for before it began.</p>");
    }
    return {};
}

QString valueName(HeatmapValue value)
{
    switch (value) {
    case HeatmapValue::Tas:
        return HeatmapText::tr("TAS");
    case HeatmapValue::Decision:
        return HeatmapText::tr("Decision");
    case HeatmapValue::Chain:
        return HeatmapText::tr("Chain");
    case HeatmapValue::LayersReplayed:
        return HeatmapText::tr("Layers replayed");
    case HeatmapValue::Drift:
        return HeatmapText::tr("Drift");
    }
    return {};
}

QString valueMeaning(HeatmapValue value)
{
    switch (value) {
    case HeatmapValue::Tas:
        return HeatmapText::tr(
            "<p><b>TAS</b>, the Temporal Attention Score: the mean over heads of q·k / √d with the key "
            "of the same position one frame earlier. It has no unit.</p>");
    case HeatmapValue::Decision:
        return HeatmapText::tr("<p>Whether the MLP was replayed or computed.</p>");
    case HeatmapValue::Chain:
        return HeatmapText::tr(
            "<p>How many frames on end the MLP's output has been replayed by now: how old it "
            "is.</p>");
    case HeatmapValue::LayersReplayed:
        return HeatmapText::tr(
            "<p>The share of all layers whose MLP was replayed for the token. Of the frames of a layer "
            "only.</p>");
    case HeatmapValue::Drift:
        return HeatmapText::tr(
            "<p>How far a position's pixels are from those of the same run without replay: the mean "
            "difference, in levels of 255. Of the frames of a layer only.</p>");
    }
    return {};
}

QString heatmapSubject(const HeatmapGrid &grid)
{
    const int position = grid.chosen.position;
    switch (grid.choice.kind) {
    case HeatmapKind::LayersByPositions:
        return HeatmapText::tr("Frame %1").arg(grid.chosen.frame + 1);
    case HeatmapKind::FrameMaps:
        return grid.choice.value == HeatmapValue::LayersReplayed ? HeatmapText::tr("All layers")
               : grid.choice.value == HeatmapValue::Drift
                   ? HeatmapText::tr("Drift from the run without replay")
                   : HeatmapText::tr("Layer %1").arg(grid.chosen.layer + 1);
    case HeatmapKind::LayersByHeads:
        return position < 0
                   ? QString()
                   : HeatmapText::tr("Frame %1, position %2").arg(grid.chosen.frame + 1).arg(position + 1);
    case HeatmapKind::LayersByFrames:
        return position < 0 ? QString()
                            : HeatmapText::tr("Position %1 (row %2, column %3)")
                                  .arg(position + 1)
                                  .arg(position / grid.gridWidth + 1)
                                  .arg(position % grid.gridWidth + 1);
    }
    return {};
}

QString cellText(const HeatmapChoice &choice, const HeatmapCell &cell)
{
    switch (cell.state) {
    case CellState::ToCome:
        return HeatmapText::tr("to come");
    case CellState::NotMade:
        return HeatmapText::tr("not made: the run ended before it");
    case CellState::None:
        return HeatmapText::tr("none");
    case CellState::Last:
        return HeatmapText::tr("none: the last token ends the clip, no step reads it");
    case CellState::NotEligible:
        return HeatmapText::tr("not eligible");
    case CellState::There:
        break;
    }
    switch (choice.value) {
    case HeatmapValue::Tas:
        return tasText(cell.value);
    case HeatmapValue::Decision:
        return decisionCellText(static_cast<DecisionCell>(std::lround(cell.value)), choice.difference);
    case HeatmapValue::Chain:
        return chainText(static_cast<int>(std::lround(cell.value)), choice.difference);
    case HeatmapValue::LayersReplayed:
        return HeatmapText::tr("%1 %")
            .arg(100.0 * static_cast<double>(cell.value), 0, 'f', 0)
            .replace(QLatin1Char('-'), QChar(0x2212));
    case HeatmapValue::Drift:
        return HeatmapText::tr("%1 of 255").arg(static_cast<double>(cell.value), 0, 'f', 2);
    }
    return {};
}

QStringList heatmapWords(const RunRecord &record, const HeatmapGrid &grid, int row, int column, int rowOfRun)
{
    const HeatmapChoice &choice = grid.choice;
    const HeatmapPlace place = grid.placeOf(row, column);
    if (choice.value == HeatmapValue::Drift)
        return {
            heatmapSubject(grid),
            tokenPlace(record.trace().shape(), place.frame * record.trace().shape().stride + place.position),
            cellText(choice, grid.at(row, column))};
    const bool ofHeads = choice.kind == HeatmapKind::LayersByHeads;
    if (!choice.difference && choice.value != HeatmapValue::LayersReplayed && !ofHeads)
        return wordsOfOne(record, place, rowOfRun);
    const TraceShape &shape = record.trace().shape();
    const QString rows =
        choice.difference ? HeatmapText::tr("conditional less unconditional row") : rowName(shape, rowOfRun);
    const QString layer = QString::number(place.layer + 1);
    const QString subject =
        choice.value == HeatmapValue::LayersReplayed ? HeatmapText::tr("All layers, %1").arg(rows)
        : ofHeads ? HeatmapText::tr("Layer %1, head %2, %3").arg(layer, QString::number(column + 1), rows)
                  : HeatmapText::tr("Layer %1, %2").arg(layer, rows);
    QStringList words{subject, tokenPlace(shape, place.frame * shape.stride + place.position)};
    words += HeatmapText::tr("%1: %2").arg(valueName(choice.value), cellText(choice, grid.at(row, column)));
    return words;
}

QStringList emptyWords(const RunRecord &record, const HeatmapGrid &grid)
{
    if (!record.hasRun())
        return {HeatmapText::tr("Nothing has run yet"),
                HeatmapText::tr("Generate a video: its scores and decisions appear here as they are made.")};
    if (grid.choice.value == HeatmapValue::Drift && grid.empty())
        return {HeatmapText::tr("There is no run to hold this one against"), grid.lack};
    const bool ofHeads = grid.choice.kind == HeatmapKind::LayersByHeads;
    if (ofHeads && record.trace().heads() == 0 && grid.empty())
        return {HeatmapText::tr("This run has no scores of single heads"),
                HeatmapText::tr(
                    "Choose \u22ef > Record each head's scores, and the next run on the processor has them "
                    "from frame 2 on. It costs nothing but room in memory and in the trace.")};
    if (ofHeads && grid.empty())
        return {HeatmapText::tr("No position is chosen"),
                HeatmapText::tr(
                    "Click a position in the video, in the timeline or in another heatmap, and its scores "
                    "are shown here at all layers, head by head.")};
    if (grid.empty())
        return {HeatmapText::tr("No position is chosen"),
                HeatmapText::tr(
                    "Click a position in the video, in the timeline or in another heatmap, and it is shown "
                    "here at all layers, frame by frame.")};
    return {};
}

} // namespace fastcar::ui
