// SPDX-License-Identifier: Apache-2.0
//
// Texts in PNG and APNG files: libav's muxers write none, so they are put in and taken out here, chunk by
// chunk, without touching the picture (PNG specification, "Chunk layout" and "Textual information").
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

inline constexpr std::string_view pngSignature = "\x89PNG\r\n\x1a\n";

struct PngText {
    std::string keyword; // 1 to 79 bytes of ASCII
    std::string text;    // UTF-8
    bool operator==(const PngText &) const = default;
};

/// Puts `texts` behind the header chunk of the PNG file in `png`: tEXt where the text is ASCII, iTXt (UTF-8)
/// where it is not. Errors: `png` does not start as a PNG file does.
Result<void> insertPngTexts(std::vector<std::uint8_t> &png, std::span<const PngText> texts);

/// The texts of a PNG file in order, up to its end or to the first chunk that is damaged; compressed ones are
/// passed over.
std::vector<PngText> readPngTexts(std::span<const std::uint8_t> png);

/// Does a PNG file hold an animation (a chunk acTL before its pixels)?
bool isAnimatedPng(const std::filesystem::path &file);

} // namespace fastcar
