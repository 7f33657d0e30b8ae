// SPDX-License-Identifier: Apache-2.0
//
// One video stream into one file: libav's encoder and muxer, set up from a row of the formats' table.
#pragma once

#include "engine/base/result.h"
#include "engine/media/libav.h"
#include "engine/media/video_format.h"

#include <filesystem>
#include <span>
#include <string>
#include <utility>

namespace fastcar {

struct VideoEncoderOptions {
    std::filesystem::path target;  // what is written
    std::filesystem::path shownAs; // the name that errors tell
    int width = 0, height = 0;
    int framesPerSecond = 8;
    std::string muxerOptions{};                                // besides the format's own
    std::span<const std::pair<std::string, std::string>> tags; // of the container
};

class VideoEncoder {
public:
    static Result<VideoEncoder> create(const VideoFormat &format, const VideoEncoderOptions &options);

    /// The next frame, in the format's pixels.
    Result<void> write(AVFrame &frame);
    /// Everything that the encoder still holds, the container's end; closes the file.
    Result<void> finish();

private:
    Result<void> openCodec(const VideoFormat &format, const VideoEncoderOptions &options);
    Result<void> openFile(const VideoFormat &format, const VideoEncoderOptions &options);
    /// A frame to the encoder (null: there are no more) and the packets that are ready to the file.
    Result<void> encode(AVFrame *frame);
    Error failed(int code) const;

    std::filesystem::path shownAs_;
    libav::OutputPtr output_;
    libav::CodecPtr codec_;
    libav::PacketPtr packet_;
    AVStream *stream_ = nullptr; // owned by output_
    std::int64_t written_ = 0;
};

} // namespace fastcar
