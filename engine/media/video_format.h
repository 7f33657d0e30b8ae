// SPDX-License-Identifier: Apache-2.0
//
// The kinds of file that writeVideo makes: one row of a table each, found by the file's ending.
#pragma once

#include "engine/base/result.h"
#include "engine/media/libav.h"

#include <filesystem>

namespace fastcar {

/// Where a kind of file keeps the title and the settings.
enum class TextPlace { ContainerTags, PngChunks, GifComments };

struct VideoFormat {
    const char *ending;
    const char *name;  // for a person
    const char *muxer; // libav's names
    const char *encoder;
    AVPixelFormat pixels;
    const char *encoderOptions;
    const char *muxerOptions;
    const char *playsOption; // of the muxer, for how often it is played; null: the file cannot say
    TextPlace texts;
    bool strip = false; // all frames side by side in one picture
};

/// The format of `file`'s ending, whatever its case; the Error of an unknown one lists those that there are.
Result<const VideoFormat *> videoFormatOf(const std::filesystem::path &file);

/// The encoder, or an Error that says which one this libav lacks and which endings can be used instead.
Result<const AVCodec *> findEncoder(const VideoFormat &format);

} // namespace fastcar
