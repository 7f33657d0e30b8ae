// SPDX-License-Identifier: Apache-2.0
//
// A trace in a format of other programs, written while its items come by: memory does not grow with the run.
// convertTrace() is what most callers want; docs/file_formats.md has the formats.
#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"
#include "engine/trace/trace_facts.h"
#include "engine/trace/trace_stream.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>

namespace fastcar {

/// Takes a trace's items in their order, once. The file appears under its name by finish(), and never after
/// an error.
class TraceExport {
public:
    virtual ~TraceExport() = default;

    virtual Result<void> take(const TraceItem &item) = 0;
    /// `ending`: of the trace's file, which a format may tell.
    virtual Result<void> finish(TraceEnding ending) = 0;
};

/// numpy arrays. They are laid out beforehand, so `facts` must be those of all that will come.
Result<std::unique_ptr<TraceExport>> createTraceNpz(const std::filesystem::path &file,
                                                    const TraceFacts &facts);

/// Frames of a video, the last one included; a step belongs to the frame of its input.
struct FrameRange {
    int first = 0;
    int last = std::numeric_limits<int>::max();

    bool holds(int frame) const { return frame >= first && frame <= last; }
};

/// A table with a line for each outcome (step, layer, row), or one for each token.
enum class TraceTable { Outcomes, Tokens };
Result<std::unique_ptr<TraceExport>> createTraceCsv(const std::filesystem::path &file,
                                                    const TraceShape &shape, const RunSettings &settings,
                                                    TraceTable table, FrameRange frames = {});

/// The trace event format that Perfetto and Chrome read.
Result<std::unique_ptr<TraceExport>> createTraceEvents(const std::filesystem::path &file,
                                                       const TraceShape &shape, const RunSettings &settings,
                                                       FrameRange frames = {});

} // namespace fastcar
