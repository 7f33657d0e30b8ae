// SPDX-License-Identifier: Apache-2.0
//
// What became of a token at a layer and row, in words: for the notes beside the pointer, the lines under
// pictures, the tables, and for those who cannot see the pictures. Numbers count from one, as people do.
#pragma once

#include "ui/models/run_record.h"

#include <QString>
#include <QStringList>

namespace fastcar::ui {

/// "1.234", with a minus sign that is as wide as a figure; "none" where there is no earlier frame.
QString tasText(float tas);
/// "computed", "not eligible", "replayed, 3rd frame on end".
QString decisionText(Decision decision, int chain);
/// "frame 3, position 5 (row 1, column 5)": raster order, row by row.
QString tokenPlace(const TraceShape &shape, int token);
/// "layer 3, conditional row"
QString layerPlace(const TraceShape &shape, int layer, int row);

/// Of one token, a line each; the first is the heading. Also of tokens that are still to come.
QStringList decisionWords(const RunRecord &record, int token, int layer, int row);
/// Of several tokens that a picture shows as one.
QStringList decisionWords(const RunRecord &record, StepRange tokens, int layer, int row);

} // namespace fastcar::ui
