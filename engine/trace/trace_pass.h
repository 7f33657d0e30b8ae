// SPDX-License-Identifier: Apache-2.0
//
// One pass over a native trace from its beginning to its end, with progress told on the way: what a summary
// and a conversion have in common.
#pragma once

#include "engine/trace/trace_stream.h"

#include <functional>

namespace fastcar {

/// Called now and then with the share that is done, 0 to 1. False: stop.
using PassProgress = std::function<bool(double)>;

/// What was read of a trace: all up to its last whole record.
struct TraceExtent {
    int tokens = 0;
    TraceEnding ending = TraceEnding::Whole;
    std::uint64_t wholeBytes = 0; // up to the end of that record
    std::uint64_t fileBytes = 0;  // when the pass began
};

/// "cut off behind byte 1234 of 1300: ..." A sentence on what was not read of `file`, or nothing.
std::string unreadPart(const std::filesystem::path &file, const TraceExtent &extent);

/// Hands every item to `take`, at most `tokens` tokens of them. Errors: of reading, of `take`, Cancelled.
Result<TraceExtent> passOver(TraceStream &stream, int tokens, const PassProgress &progress,
                             const std::function<Result<void>(const TraceItem &)> &take);

} // namespace fastcar
