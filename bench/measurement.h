// SPDX-License-Identifier: Apache-2.0
//
// Repeated timings as every benchmark prints them.
#pragma once

#include "engine/roofline/measurement.h"

namespace fastcar::bench {

using roofline::Measurement;

} // namespace fastcar::bench
