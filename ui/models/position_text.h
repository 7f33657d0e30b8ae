// SPDX-License-Identifier: Apache-2.0
//
// What is known of one position, in words: for the line under the video and for those who cannot see it.
#pragma once

#include "ui/models/run_record.h"

#include <QString>

#include <optional>
#include <vector>

namespace fastcar::ui {

struct PositionFacts {
    QString place;    // "frame 3, row 4, column 5"
    QString codes;    // "17 203 5 88"
    QString tas;      // "1.24", "none"
    QString decision; // "replayed: above τ 0.80"
};

/// Of a position of a frame in the run, at a layer and row; the codes are those of the row's video.
PositionFacts positionFacts(const RunRecord &record, int frame, int position, int layer, int row);

/// What became of the position at one layer.
struct LayerFacts {
    std::optional<float> tas; // nothing in frame 1
    Decision decision = Decision::NotEligible;
    std::optional<float> threshold; // in force at its step

    bool operator==(const LayerFacts &) const = default;
};

/// Of all layers, in order; empty as long as the position's step is not there.
std::vector<LayerFacts> layerFacts(const RunRecord &record, int frame, int position, int row);

/// "replayed", "computed", "not eligible"
QString decisionWord(Decision decision);

} // namespace fastcar::ui
