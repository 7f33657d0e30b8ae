// SPDX-License-Identifier: Apache-2.0
//
// Makes the accelerator's devices, and the cards that can be timed, known to the engine, which knows nothing
// of fpga/.
#pragma once

namespace fastcar::fpga {

/// Called once at a program's start, before devices are listed or made.
void registerFpgaDevices();

} // namespace fastcar::fpga
