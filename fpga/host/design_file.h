// SPDX-License-Identifier: Apache-2.0
//
// Whether a file is a container that XRT can load. XRT 2.13 ends the process when it is given an empty or a
// cut one, so this is asked first.
#pragma once

#include "engine/base/result.h"

#include <filesystem>

namespace fastcar::fpga {

/// Errors: it cannot be read, is no xclbin, or is cut off. Whether it fits the card is not looked at.
Result<void> checkDesignFile(const std::filesystem::path &path);

} // namespace fastcar::fpga
