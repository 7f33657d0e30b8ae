// SPDX-License-Identifier: Apache-2.0
//
// Pictures made of pictures: enlarged and made small again, set side by side, padded to even sides.
#pragma once

#include "engine/media/frame.h"

#include <span>

namespace fastcar {

/// Every pixel as a square of `scale` by `scale`.
Frame enlarged(const Frame &frame, int scale);

/// The mean of every square of `scale` by `scale`, rounded: what enlarged() made is itself again, and what a
/// codec did to it is less. `scale` divides both sides.
Frame reduced(const Frame &frame, int scale);

/// Frames of one size, the first one leftmost.
Frame sideBySide(std::span<const SharedFrame> frames);

/// Frame `index` of a strip of `frames` of them, as sideBySide() made it.
Frame cutFromStrip(const Frame &strip, int frames, int index);

/// The last column and row once more where width or height is odd: half-resolution colour needs even sides.
Frame paddedToEven(Frame frame);

} // namespace fastcar
