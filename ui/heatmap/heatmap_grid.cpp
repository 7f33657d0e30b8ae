// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_grid.h"

#include "ui/models/row_name.h"

#include <cmath>

namespace fastcar::ui {

namespace {

constexpr HeatmapCell notMade{.state = CellState::NotMade};
constexpr HeatmapCell noScore{.state = CellState::None};
constexpr HeatmapCell notEligible{.state = CellState::NotEligible};

HeatmapCell there(float value)
{
    return {.value = value, .state = CellState::There};
}

HeatmapCell there(DecisionCell decision)
{
    return there(static_cast<float>(decision));
}

/// Tells what one place of a run is worth.
class Reader {
public:
    Reader(const RunRecord &record, const HeatmapChoice &choice, int row)
        : record_(record)
        , trace_(record.trace())
        , choice_(choice)
        , row_(choice.difference ? row % record.trace().shape().videos : row)
        , other_(row_ + record.trace().shape().videos)
    {
    }

    HeatmapCell readHead(const HeatmapPlace &place, int head) const
    {
        const int step = place.frame * trace_.shape().stride + place.position;
        if (step >= record_.wholeSteps())
            return missing();
        const MatrixView<const float> scores = trace_.headScores(step);
        const int rows = trace_.shape().rows;
        const auto of = [&](int row) {
            return scores.row(place.layer * rows + row)[static_cast<std::size_t>(head)];
        };
        if (head >= scores.cols)
            return noScore;
        const float score = choice_.difference ? of(row_) - of(other_) : of(row_);
        return std::isnan(score) ? noScore : there(score);
    }

    HeatmapCell read(const HeatmapPlace &place) const
    {
        const int step = place.frame * trace_.shape().stride + place.position;
        if (step == trace_.shape().frames * trace_.shape().stride - 1)
            return {.state = CellState::Last};
        if (step >= record_.wholeSteps())
            return missing();
        switch (choice_.value) {
        case HeatmapValue::Tas:
            return tas(step, place.layer);
        case HeatmapValue::Decision:
            return decision(step, place.layer);
        case HeatmapValue::Chain:
            return chain(step, place.layer);
        case HeatmapValue::LayersReplayed:
            return layersReplayed(step);
        case HeatmapValue::Drift: // is of pictures
            break;
        }
        return {};
    }

private:
    HeatmapCell missing() const { return record_.goesOn() ? HeatmapCell{} : notMade; }

    HeatmapCell tas(int step, int layer) const
    {
        float score = trace_.outcome(step, layer, row_).tas;
        if (choice_.difference)
            score -= trace_.outcome(step, layer, other_).tas;
        return std::isnan(score) ? noScore : there(score);
    }

    HeatmapCell decision(int step, int layer) const
    {
        const Decision first = trace_.outcome(step, layer, row_).decision;
        const bool replays = first == Decision::Replayed;
        if (!choice_.difference)
            return first == Decision::NotEligible
                       ? notEligible
                       : there(replays ? DecisionCell::Replayed : DecisionCell::Computed);
        const Decision second = trace_.outcome(step, layer, other_).decision;
        if (first == Decision::NotEligible && second == Decision::NotEligible)
            return notEligible;
        const bool otherReplays = second == Decision::Replayed;
        if (replays == otherReplays)
            return there(replays ? DecisionCell::Replayed : DecisionCell::Computed);
        return there(replays ? DecisionCell::OnlyFirst : DecisionCell::OnlySecond);
    }

    HeatmapCell chain(int step, int layer) const
    {
        if (trace_.outcome(step, layer, row_).decision == Decision::NotEligible)
            return notEligible;
        int length = record_.decisions().chain(step, layer, row_);
        if (choice_.difference)
            length -= record_.decisions().chain(step, layer, other_);
        return there(static_cast<float>(length));
    }

    HeatmapCell layersReplayed(int step) const
    {
        const int layers = trace_.shape().layers;
        int eligible = 0;
        int replayed = 0;
        for (int layer = 0; layer < layers; ++layer) {
            const Decision decision = trace_.outcome(step, layer, row_).decision;
            eligible += decision != Decision::NotEligible ? 1 : 0;
            replayed += decision == Decision::Replayed ? 1 : 0;
            if (choice_.difference)
                replayed -= trace_.outcome(step, layer, other_).decision == Decision::Replayed ? 1 : 0;
        }
        return eligible == 0 ? notEligible : there(static_cast<float>(replayed) / static_cast<float>(layers));
    }

    const RunRecord &record_;
    const Trace &trace_;
    HeatmapChoice choice_;
    int row_ = 0;
    int other_ = 0; // what a difference takes off
};

/// Of frames that are whole in both runs.
void addDrift(const RunRecord &record, const DenseReference &reference, HeatmapGrid &grid)
{
    const int whole = static_cast<int>(record.frames().wholePictures(grid.video).size());
    for (int frame = 0; frame < grid.rows; ++frame) {
        const auto known = reference.drift(grid.video, frame);
        const HeatmapCell missing = record.goesOn() || frame < whole ? HeatmapCell{} : notMade;
        for (std::size_t position = 0; position < static_cast<std::size_t>(grid.columns); ++position)
            grid.cells.push_back(known && position < known->size() ? there((*known)[position]) : missing);
    }
}

} // namespace

HeatmapPlace HeatmapGrid::placeOf(int row, int column) const
{
    HeatmapPlace place = chosen;
    switch (choice.kind) {
    case HeatmapKind::LayersByPositions:
        place.layer = row;
        place.position = column;
        break;
    case HeatmapKind::FrameMaps:
        place.frame = row;
        place.position = column;
        break;
    case HeatmapKind::LayersByFrames:
        place.layer = row;
        place.frame = column;
        break;
    case HeatmapKind::LayersByHeads:
        place.layer = row;
        break;
    }
    return place;
}

std::optional<std::pair<int, int>> HeatmapGrid::chosenCell() const
{
    if (empty() || chosen.position < 0)
        return std::nullopt;
    switch (choice.kind) {
    case HeatmapKind::LayersByPositions:
        return std::pair(chosen.layer, chosen.position);
    case HeatmapKind::FrameMaps:
        return std::pair(chosen.frame, chosen.position);
    case HeatmapKind::LayersByFrames:
        return std::pair(chosen.layer, chosen.frame);
    case HeatmapKind::LayersByHeads:
        break; // a layer is chosen, no head
    }
    return std::nullopt;
}

void choosePlace(Selection &selection, const HeatmapPlace &place)
{
    if (place.frame >= selection.visibleFrames())
        return;
    selection.chooseLayer(place.layer);
    if (place.frame == selection.frame())
        selection.choosePosition(place.position); // and goes on following
    else
        selection.chooseToken(place.frame, place.position);
}

bool isPossible(const HeatmapChoice &choice, bool guided)
{
    if (choice.difference && (!guided || choice.value == HeatmapValue::Drift))
        return false;
    if (choice.kind == HeatmapKind::LayersByHeads)
        return choice.value == HeatmapValue::Tas;
    const bool ofNoLayer =
        choice.value == HeatmapValue::LayersReplayed || choice.value == HeatmapValue::Drift;
    return !ofNoLayer || choice.kind == HeatmapKind::FrameMaps;
}

HeatmapGrid makeHeatmap(const RunRecord &record, const Selection &selection, const HeatmapChoice &choice,
                        const DenseReference *reference)
{
    const TraceShape &shape = record.trace().shape();
    HeatmapGrid grid;
    grid.choice = choice;
    grid.chosen = {.frame = selection.frame(), .position = selection.position(), .layer = selection.layer()};
    grid.video = selection.video();
    grid.stride = shape.stride;
    grid.gridWidth = shape.gridWidth;
    const bool ofHeads = choice.kind == HeatmapKind::LayersByHeads;
    const bool wantsPosition = choice.kind == HeatmapKind::LayersByFrames || ofHeads;
    if (!record.hasRun() || !isPossible(choice, isGuided(shape)) ||
        (wantsPosition && selection.position() < 0))
        return grid;
    const bool ofPictures = choice.value == HeatmapValue::Drift;
    if (ofPictures && (!reference || !reference->fits())) {
        grid.lack = reference ? reference->whyNot() : QString();
        return grid;
    }
    grid.rows = choice.kind == HeatmapKind::FrameMaps ? shape.frames : shape.layers;
    grid.columns = ofHeads ? record.trace().heads() : wantsPosition ? shape.frames : shape.stride;
    grid.cells.reserve(static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns));
    if (ofPictures) {
        addDrift(record, *reference, grid);
        return grid;
    }
    const Reader reader(record, choice, selection.row());
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column)
            grid.cells.push_back(ofHeads ? reader.readHead(grid.placeOf(row, column), column)
                                         : reader.read(grid.placeOf(row, column)));
    return grid;
}

} // namespace fastcar::ui
