// SPDX-License-Identifier: Apache-2.0
//
// Comments in GIF files: libav's muxer writes none, so they are put in and taken out here, block by block
// (GIF89a, "Comment Extension").
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fastcar {

/// Puts one comment extension per text before the trailer of the GIF file in `gif`. Errors: it is not a whole
/// GIF file.
Result<void> insertGifComments(std::vector<std::uint8_t> &gif, std::span<const std::string> comments);

/// The comments of a GIF file in order, up to its end or to the first block that is damaged.
std::vector<std::string> readGifComments(std::span<const std::uint8_t> gif);

} // namespace fastcar
