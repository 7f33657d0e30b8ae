// SPDX-License-Identifier: Apache-2.0
//
// The files of one run in the library, runs/ID/: the trace, which grows while the run goes; a PNG per whole
// frame, written as it comes; and a small picture for lists. None of them needs the database.
//
//   trace.fctrace
//   frames/1-0001.png   video 1, frame 1; exact
//   poster.png
#pragma once

#include "engine/base/result.h"
#include "engine/library/run_entry.h"
#include "engine/media/frame.h"

#include <filesystem>
#include <vector>

namespace fastcar {

class RunFolder {
public:
    explicit RunFolder(std::filesystem::path path)
        : path_(std::move(path))
    {
    }
    /// Of a library in `library`.
    RunFolder(const std::filesystem::path &library, RunId id);

    const std::filesystem::path &path() const { return path_; }
    std::filesystem::path trace() const { return path_ / "trace.fctrace"; }
    std::filesystem::path poster() const { return path_ / "poster.png"; }
    /// Counted from 0.
    std::filesystem::path frame(int video, int frame) const;

    Result<void> create() const;
    /// A frame that is there already is left alone.
    Result<void> writeFrame(int video, int frame, const SharedFrame &picture) const;
    Result<void> writePoster(const SharedFrame &picture) const;
    /// Frames of a video whose file is there, from the first one on.
    int wholeFrames(int video) const;
    Result<SharedFrame> readFrame(int video, int frame) const;
    /// The pictures of a video from its first frame on, up to the first that is missing or damaged.
    std::vector<SharedFrame> readFrames(int video) const;
    /// Of all that lies in it.
    std::int64_t bytes() const;

private:
    std::filesystem::path path_;
};

/// runs/ in a library's folder.
std::filesystem::path runsFolder(const std::filesystem::path &library);

} // namespace fastcar
