// SPDX-License-Identifier: Apache-2.0
//
// A run as it lies on the disk: a video with the settings inside, a trace, or both.
#pragma once

#include "engine/base/result.h"
#include "engine/media/video_file.h"
#include "engine/trace/trace.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

struct RecordedRun {
    std::filesystem::path file; // that was named
    std::optional<VideoFileInfo> video;
    std::filesystem::path traceFile; // empty: there is no trace
    std::optional<Trace> trace;
    std::optional<RunSettings> settings; // the trace's, otherwise those in the video
    /// What the video's pictures are, if not the model's own: "contact_sheet", "overlay", ... (as in the
    /// settings, docs/file_formats.md).
    std::string pictures;
    std::vector<std::string> notes; // sentences: what was found and not used
};

/// `file` is a trace or a video. Beside a video, a trace of the same name (clip.mp4, clip.fctrace) is the
/// run's too, if it has the settings that are in the video; otherwise a note says why it is not. Errors:
/// nothing of that name, or neither a trace nor a video.
Result<RecordedRun> openRecordedRun(const std::filesystem::path &file);

} // namespace fastcar
