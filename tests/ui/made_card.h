// SPDX-License-Identifier: Apache-2.0
//
// Cards that nobody built, for tests of the hardware panel: a timing that a test can foretell, in place of
// the cycle model. "made" takes every model, "tiny" none, "short" no position from 8 on.
#pragma once

#include "engine/backend/card_timing.h"

namespace fastcar::ui {

/// Four cores of 64 lanes, four ports, 100 MHz.
CardInfo madeCard();

/// Cycles of a matrix for one row on one core.
inline constexpr std::int64_t madeMatrixCycles = 400;

/// For each layer: norm, q k v, heads, attention, gate, output, and, for rows that compute, the MLP.
StepTiming timeOnMadeCard(const StepQuery &step, bool withSpans);

void registerMadeCards();

} // namespace fastcar::ui
