// SPDX-License-Identifier: Apache-2.0
//
// The card's sensors as XRT tells them: two JSON documents, whose numbers are text, and "N/A" or 0 where
// there is no sensor.
#pragma once

#include "engine/backend/card_sensors.h"

#include <string_view>

namespace fastcar::fpga {

/// `electrical` and `thermal` as xrt::info::device tells them. What is missing, absent or no sensible number
/// is left out.
CardSensors sensorsOf(std::string_view electrical, std::string_view thermal);

} // namespace fastcar::fpga
