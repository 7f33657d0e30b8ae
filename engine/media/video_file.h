// SPDX-License-Identifier: Apache-2.0
//
// Frames to a file that a player or viewer opens, by the file's ending: .mp4 (H.264), .webm (VP9), .mkv
// (FFV1, lossless), .gif, .apng, .png (a strip, frames side by side). The run's settings travel inside
// (docs/file_formats.md): container tags "title", "comment" and "fastcar_settings" (the JSON) in
// mp4/mkv/webm, text chunks in png/apng, comment extensions in gif.
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace fastcar {

struct VideoFileOptions {
    int framesPerSecond = 8;
    /// Integer enlargement, nearest neighbour. 0: for videos and animations the smallest factor that brings
    /// the height to 256 pixels or more, for a .png strip 1.
    int scale = 0;
    /// How often an animation (.gif, .apng) is played; 0: without end. Other kinds of file cannot say so:
    /// their frames are written that often, once for 0.
    int plays = 0;
    std::string title{};        // the prompt
    std::string settingsJson{}; // RunSettings, as one JSON document
};

/// Is `file`'s ending one that writeVideo knows, and is the folder there? Asked before a generation starts,
/// so that minutes of work do not end in a refusal.
Result<void> checkVideoFile(const std::filesystem::path &file);

/// The same, and whether `frames` pictures of `width` by `height` can be written with these options: the
/// frame rate, the enlargement, the size that comes out.
Result<void> checkVideo(const std::filesystem::path &file, int width, int height, int frames,
                        const VideoFileOptions &options);

/// All frames have the same size; at least one. The file appears whole or not at all (it is written beside
/// its name and then renamed). H.264 and VP9 keep colour at half the resolution: a picture of odd width or
/// height gets its last column or row twice. Errors: unknown ending, an encoder that this libav lacks, the
/// disk.
Result<void> writeVideo(const std::filesystem::path &file, std::span<const SharedFrame> frames,
                        const VideoFileOptions &options);

/// The pictures of a video to be written, by their number: only as many as the encoder needs are held at a
/// time. Called in order, from 0, and from 0 again where frames are written several times. An error ends the
/// writing and is its result, so that Cancelled cancels.
struct VideoFrames {
    int count = 0;
    std::function<Result<SharedFrame>(int index)> frame;
};
Result<void> writeVideo(const std::filesystem::path &file, const VideoFrames &frames,
                        const VideoFileOptions &options);

struct VideoFileInfo {
    std::string format;
    std::string codec;
    bool exact = false; // every pixel is as it was written: no loss of the codec, no palette
    int width = 0, height = 0;
    int frames = 0;
    double framesPerSecond = 0.0;
    std::string title;
    std::string settingsJson; // empty: not one of ours
};

/// What a file that writeVideo wrote, or any video, says of itself.
Result<VideoFileInfo> inspectVideo(const std::filesystem::path &file);

/// All pictures of a video file; for tests and for re-import. VideoReader gives them one by one.
Result<std::vector<SharedFrame>> readVideo(const std::filesystem::path &file);

} // namespace fastcar
