// SPDX-License-Identifier: Apache-2.0
//
// What both commands that tell of a trace, `inspect` and `trace summary`, say of its shape and of where its
// run went on.
#pragma once

#include "engine/trace/trace.h"

#include <nlohmann/json.hpp>

namespace fastcar::cli {

/// layers, rows, videos, depth, stride, grid, frames
void addShape(nlohmann::ordered_json &document, const TraceShape &shape);
/// "shape     5 layers, 2 rows of 1 video, 8 frames of 8x8 positions, 4 codes each"
void printShape(const TraceShape &shape);
void printContinuations(const RunSettings &settings);
/// The share of all MLPs that can be replayed at the most.
double ceilingOf(const TraceShape &shape);

} // namespace fastcar::cli
