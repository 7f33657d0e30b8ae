// SPDX-License-Identifier: Apache-2.0
//
// What is known of one position, in words: for the line under the video and for those who cannot see it.
#pragma once

#include "ui/models/run_record.h"

#include <QString>

namespace fastcar::ui {

struct PositionFacts {
    QString place;    // "frame 3, row 4, column 5"
    QString codes;    // "17 203 5 88"
    QString tas;      // "1.24", "none"
    QString decision; // "replayed: above τ 0.80"
};

/// Of a position of a frame in the run, at a layer and row.
PositionFacts positionFacts(const RunRecord &record, int frame, int position, int layer, int row);

} // namespace fastcar::ui
