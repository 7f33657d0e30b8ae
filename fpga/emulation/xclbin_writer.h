// SPDX-License-Identifier: Apache-2.0
//
// The container that XRT loads, for a kernel without a bitstream: memory banks, the kernel, its arguments and
// which bank each one lies in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fastcar::fpga {

struct XclbinShape {
    std::string kernel = "fastcar";
    int ports = 4;
    std::uint64_t bankBytes = std::uint64_t{1} << 30;
    std::uint64_t bankDistance = std::uint64_t{1} << 34; // between their addresses
};

/// The file's bytes.
std::vector<char> xclbinFor(const XclbinShape &shape);

} // namespace fastcar::fpga
