// SPDX-License-Identifier: Apache-2.0
//
// Where the emulated card is, and how XRT is told to use it.
#pragma once

#include "engine/base/result.h"

#include <filesystem>

namespace fastcar::fpga {

/// The folder with lib/libxrt_fastcar.so.2, fastcar.xclbin and xrt.ini, and
/// those of the driver that writes waveforms, where it was built: xrt in the executable's folder or any
/// above it (a build), or lib/fastcar/xrt beside it (an installation). Empty if it is nowhere.
std::filesystem::path emulationFolder();

/// From here on XRT means the emulated card, in this process. Before XRT is first used. Errors: XRT already
/// means real cards; waveforms are asked for (FASTCAR_EMULATED_WAVES) and their driver was not built.
Result<void> enterEmulation(const std::filesystem::path &folder);

/// From here on XRT means the cards of this machine. Errors: it already means the emulated one.
Result<void> enterCards();

} // namespace fastcar::fpga
