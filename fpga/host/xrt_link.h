// SPDX-License-Identifier: Apache-2.0
//
// The accelerator through XRT: a card, or its emulation behind the same interface. This code does not know
// which.
#pragma once

#include "engine/backend/card_sensors.h"
#include "fpga/host/card_link.h"
#include "fpga/program/step_program.h"

#include <filesystem>
#include <memory>

namespace fastcar::fpga {

struct XrtPlace {
    std::string device;           // as a person types it
    unsigned index = 0;           // of the card
    std::filesystem::path xclbin; // its design
    AcceleratorShape shape;       // what the design must be
};

/// Opens the card and loads the design. Errors, each with what to do: no such card, busy, another design, no
/// XRT in this build.
Result<std::unique_ptr<CardLink>> openXrt(const XrtPlace &place);

/// What the card's sensors say, whatever design it holds and whoever uses it. Nothing where there is no such
/// card, no XRT in this build, or no sensor, as on the emulated card.
CardSensors readXrtSensors(unsigned index);

} // namespace fastcar::fpga
