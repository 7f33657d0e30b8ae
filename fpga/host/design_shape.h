// SPDX-License-Identifier: Apache-2.0
//
// How large a design for a card is: fpga/platform/build.sh lays the configuration that it was made from
// beside the xclbin. What the card can tell of it (cores, lanes, ports, rows, heads) is compared when it is
// opened.
#pragma once

#include "fpga/program/step_program.h"

#include <filesystem>

namespace fastcar::fpga {

/// Of DESIGN.xclbin, from DESIGN.conf; the emulated card's where there is no such file. Errors: a parameter
/// is missing or no positive number.
Result<AcceleratorShape> designShape(const std::filesystem::path &xclbin);

} // namespace fastcar::fpga
