// SPDX-License-Identifier: Apache-2.0
//
// From a native trace to a file that other programs read, of any size: what is held in memory does not grow
// with the run. The ending of the new file's name says which format: .npz, .csv, .json.
#pragma once

#include "engine/trace/trace_export.h"
#include "engine/trace/trace_pass.h"

namespace fastcar {

struct TraceConversion {
    std::filesystem::path from;
    std::filesystem::path to;
    TraceTable table = TraceTable::Outcomes; // of a .csv
    FrameRange frames;                       // of a .csv or .json; an .npz always holds all
    PassProgress progress;
};

/// Is `file` a name that a trace can be converted to?
Result<void> checkTraceConversion(const std::filesystem::path &file);

/// The new file appears whole or not at all. A trace that ends in the middle of a record, or has a damaged
/// one, is converted up to there. BadInput: the frames begin behind the run's last one. Errors: what opening,
/// reading and writing disappoint with; Cancelled.
Result<TraceExtent> convertTrace(const TraceConversion &conversion);

} // namespace fastcar
