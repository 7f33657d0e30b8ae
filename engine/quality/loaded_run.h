// SPDX-License-Identifier: Apache-2.0
//
// A run in memory: what a comparison needs that is looked at and not only measured. A RecordedRun is the same
// on the disk.
#pragma once

#include "engine/base/result.h"
#include "engine/decode/generation.h"
#include "engine/trace/trace.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace fastcar {

struct LoadedRun {
    std::string name; // that sentences call it by
    std::optional<RunSettings> settings;
    std::shared_ptr<const Trace> trace;           // null: there is none
    std::vector<std::vector<SharedFrame>> videos; // [video]: whole frames, from the first on; of one size
    double framesPerSecond = 0.0;                 // 0: nobody says
    bool exact = true;                            // the pictures are as the model made them
    std::vector<std::string> notes; // sentences: what was found and not used, how pictures came about

    /// Of a video; where fewer are here (a file holds one), of the last that there is. Empty: there are none.
    const std::vector<SharedFrame> &frames(int video) const;
};

struct LoadOptions {
    /// Makes the pictures of a trace that has none, if it is the model of the trace. Null: the model is
    /// looked for where the trace says.
    const Model *model = nullptr;
    /// [video, frame], of a trace without a video, where they are at hand.
    std::vector<std::vector<SharedFrame>> pictures{};
    std::stop_token stop;
    /// Of pictures; a note tells where more were left out.
    std::size_t mostBytes = std::size_t{1} << 30;
};

/// A trace, a video, or a video with its trace beside it. A trace without a video gets pictures made from its
/// codes where the model can be opened; a note says why it has none. Errors: those of openRecordedRun(), a
/// video that cannot be decoded, Cancelled.
Result<LoadedRun> loadRun(const std::filesystem::path &file, const LoadOptions &options = {});

/// The pictures of a trace's whole frames, [video, frame]. Errors: another model, Cancelled.
Result<std::vector<std::vector<SharedFrame>>> picturesOf(const Trace &trace, const Model &model,
                                                         std::stop_token stop);

} // namespace fastcar
