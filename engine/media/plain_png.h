// SPDX-License-Identifier: Apache-2.0
//
// A picture as the bytes of a PNG file, at once: for the frames that a run leaves in the library while it
// goes. Setting up libav's encoder for each of them takes several times as long as packing it.
#pragma once

#include "engine/media/frame.h"

#include <cstdint>
#include <vector>

namespace fastcar {

/// 8 bits a channel, every pixel exact, packed quickly rather than small. `frame` has pixels.
std::vector<std::uint8_t> plainPng(const Frame &frame);

} // namespace fastcar
