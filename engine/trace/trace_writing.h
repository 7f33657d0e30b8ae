// SPDX-License-Identifier: Apache-2.0
//
// A trace that is in memory, to a file at once, in our own format or in one of other programs. TraceWriter
// writes the native file while a run goes on; convertTrace() goes from file to file.
#pragma once

#include "engine/trace/trace_export.h"
#include "engine/trace/trace_pass.h"

namespace fastcar {

struct TraceWriting {
    TraceTable table = TraceTable::Outcomes; // for .csv
    PassProgress progress;
};

/// Is `file` a name that a trace can be written to: .fctrace, .npz, .csv or .json?
Result<void> checkTraceWriting(const std::filesystem::path &file);

/// The ending of the name says which format. The file appears whole or not at all. Error: Cancelled, too.
Result<void> writeTrace(const std::filesystem::path &file, const Trace &trace, const TraceWriting &how = {});

} // namespace fastcar
