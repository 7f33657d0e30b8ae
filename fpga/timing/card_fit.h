// SPDX-License-Identifier: Apache-2.0
//
// Whether a model fits a described card: its design's buffers, and the memory at each port.
#pragma once

#include "engine/checkpoint/model_config.h"
#include "fpga/timing/card_design.h"

namespace fastcar::fpga {

/// A generation's size on a card.
struct GenerationSize {
    int rows = 2;
    int positions = 0;

    /// One guided video of the model's length behind a prompt of 77 tokens.
    static GenerationSize of(const ModelConfig &model);
};

/// The program of the model's sizes, without weights: some milliseconds for 7B. Errors: the model does not
/// fit; which buffer or which port's memory, and by how much.
Result<StepProgram> programFor(const CardDescription &card, const AcceleratorShape &shape,
                               const ModelConfig &model, const GenerationSize &size);

} // namespace fastcar::fpga
