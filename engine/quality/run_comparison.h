// SPDX-License-Identifier: Apache-2.0
//
// Two runs beside each other, by all that both have recorded: what was set otherwise, what became of the
// codes, what became of the picture. Usually A is the dense run and B the replayed one.
#pragma once

#include "engine/base/result.h"
#include "engine/quality/picture_comparison.h"
#include "engine/quality/recorded_run.h"
#include "engine/quality/setting_difference.h"
#include "engine/quality/trace_comparison.h"

#include <optional>
#include <string>
#include <vector>

namespace fastcar {

struct RunComparison {
    std::optional<std::vector<SettingDifference>> settings; // nothing: one of them has none
    std::optional<TraceComparison> codes;                   // where both have a trace
    std::optional<PictureComparison> pictures;              // where both have a video
    int framesOfA = 0, framesOfB = 0;                       // in the videos; the common part is compared
    bool exactPictures = false;     // of both files; otherwise the codecs' loss is part of every figure
    std::vector<std::string> notes; // sentences: what was not compared, what is to be known
};

/// A sentence, where the trace's settings do not tell all of its replay.
std::optional<std::string> noteOfChangedPolicy(const NamedTrace &named);

/// Errors: one has only a trace and the other only a video; pictures of different sizes; named traces of
/// models of different shapes (of traces that lie beside videos, that is a note).
Result<RunComparison> compareRuns(const RecordedRun &a, const RecordedRun &b);

} // namespace fastcar
