// SPDX-License-Identifier: Apache-2.0
//
// What a row (a sequence in flight) is called.
#pragma once

#include "engine/trace/trace.h"

#include <QString>

namespace fastcar::ui {

/// `rows` of the run: with two, they are the conditional and the unconditional one. -1: several.
QString rowName(int row, int rows);
/// The same of a run of any number of videos, guided or not: "video 2, conditional row".
QString rowName(const TraceShape &shape, int row);
bool isGuided(const TraceShape &shape);

} // namespace fastcar::ui
