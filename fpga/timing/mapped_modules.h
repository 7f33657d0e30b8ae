// SPDX-License-Identifier: Apache-2.0
//
// What each module of the circuit takes of an UltraScale+ part, by the configuration that it was mapped for:
// fpga/synthesis/resources.json, which CMake writes into a source (fpga/synthesis/mapped_modules.cmake).
#pragma once

#include "fpga/program/step_program.h"

#include <span>
#include <string_view>

namespace fastcar::fpga {

/// Blocks of memory count in BRAM36, and LUTs that serve as memory as LUTs.
struct DesignNeeds {
    double lut = 0.0, ff = 0.0, dsp = 0.0, bram36 = 0.0;
};

struct MappedModule {
    std::string_view name;  // "fc_core"
    AcceleratorShape shape; // that it was mapped for
    DesignNeeds takes;      // one of it
};

std::span<const MappedModule> mappedModules();

} // namespace fastcar::fpga
