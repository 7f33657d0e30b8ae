// SPDX-License-Identifier: Apache-2.0
//
// A model and a generation's size compiled for the accelerator: the bytes that lie at each port, and the
// instructions of one step, for each order of its rows. The program does not depend on which rows replay;
// that is decided on the card while it runs.
#pragma once

#include "engine/base/result.h"
#include "fpga/program/instructions.h"
#include "fpga/program/quantised_model.h"
#include "fpga/program/row_order.h"

#include <vector>

namespace fastcar::fpga {

/// A configuration of the circuit, as its parameters say.
struct AcceleratorShape {
    CardShape card;
    int maxColumns = 1536;
    int maxOutputs = 3072;
    int maxHidden = 256;
    int maxPositions = 1024;
    int maxHeads = 8;
    int maxHeadDim = 64; // 64 or 128
};

/// Where everything lies, in beats.
struct StepProgram {
    RunPlaces places; // with the program for all rows together
    std::uint32_t header = 0;
    std::vector<Beat> instructions; // of both orders, first the one for all rows together
    /// Constant bytes of each port, from its beginning on: matrices, norms, rotation.
    std::vector<std::vector<std::byte>> images;
    /// Whole need of each port, caches included.
    std::vector<std::uint64_t> bytes;

    /// Errors: the model does not fit the configuration (what, and by how much).
    static Result<StepProgram> of(const QuantisedModel &model, const AcceleratorShape &shape, int sequences,
                                  int positions);

    RunPlaces placesOf(RowOrder order) const;
};

} // namespace fastcar::fpga
