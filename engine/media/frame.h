// SPDX-License-Identifier: Apache-2.0
//
// A picture: 8-bit RGB, row by row, top first, no padding. Finished frames are shared and never change, so
// that the engine, the screen and a file writer can hold the same one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fastcar {

struct Frame {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb; // height * width * 3
};

/// "256x144".
inline std::string sizeText(const Frame &frame)
{
    return std::to_string(frame.width) + "x" + std::to_string(frame.height);
}

using SharedFrame = std::shared_ptr<const Frame>;

} // namespace fastcar
