// SPDX-License-Identifier: Apache-2.0
//
// The configurations of the small accelerators that tests simulate: the same parameters as in CMakeLists.txt.
#pragma once

#include "fpga/program/step_program.h"

namespace fastcar::fpga {

inline const AcceleratorShape fourPorts{.card = {.cores = 4, .lanes = 16, .ports = 4, .rows = 32},
                                        .maxColumns = 192,
                                        .maxOutputs = 384,
                                        .maxHidden = 64,
                                        .maxPositions = 128,
                                        .maxHeads = 4};
inline const AcceleratorShape wideHeads{.card = {.cores = 2, .lanes = 32, .ports = 2, .rows = 32},
                                        .maxColumns = 256,
                                        .maxOutputs = 768,
                                        .maxHidden = 64,
                                        .maxPositions = 64,
                                        .maxHeads = 2,
                                        .maxHeadDim = 128};

} // namespace fastcar::fpga
