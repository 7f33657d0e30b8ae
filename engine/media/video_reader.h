// SPDX-License-Identifier: Apache-2.0
//
// A video file's pictures, one after the other: memory does not grow with its length.
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"

#include <filesystem>
#include <memory>

namespace fastcar {

class VideoReader {
public:
    static Result<VideoReader> open(const std::filesystem::path &file);
    VideoReader(VideoReader &&) noexcept;
    VideoReader &operator=(VideoReader &&) noexcept;
    ~VideoReader();

    /// The next picture; null after the last. Errors: what cannot be decoded, a file without any picture.
    Result<SharedFrame> next();

private:
    struct Impl;
    explicit VideoReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
