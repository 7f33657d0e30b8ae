// SPDX-License-Identifier: Apache-2.0
//
// The words that travel in a video file: the title, and the run's settings, by which fastcar knows its own
// files. Every kind of file keeps them in its own place (docs/file_formats.md).
#pragma once

#include "engine/base/pending_file.h"
#include "engine/base/result.h"
#include "engine/media/libav.h"
#include "engine/media/video_format.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace fastcar {

struct FileTexts {
    std::string title;
    std::string settingsJson;
};

/// Key and value as containers take them.
std::vector<std::pair<std::string, std::string>> containerTags(const FileTexts &texts);

/// Puts the texts into a file that was muxed but has not got its name yet, if the muxer of its format does
/// not do so.
Result<void> embedTexts(PendingFile &file, const VideoFormat &format, const FileTexts &texts);

/// The texts of an opened file; settingsJson is empty where fastcar did not write it.
FileTexts readTexts(AVFormatContext &input, const std::filesystem::path &file);

} // namespace fastcar
