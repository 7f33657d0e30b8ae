// SPDX-License-Identifier: Apache-2.0
//
// What a card's counters say of a step, in the terms of the panel. From the cycle model or from a card's own
// counters: the same arithmetic.
#pragma once

#include "engine/backend/card_timing.h"

#include <QString>

namespace fastcar::ui {

/// Where the cycles of a step went; the parts add up to `cycles`.
struct StepCycles {
    std::int64_t cycles = 0;
    std::int64_t matrices = 0;  // a core was busy
    std::int64_t attention = 0; // attention, and no core beside it
    std::int64_t vector = 0;    // the vector unit, and none of the above as far as counters can tell
    std::int64_t rest = 0;
};

StepCycles stepCycles(const CardCounters &counters);

/// Shares are of 1; a share of nothing is 0.
struct StepFigures {
    std::int64_t cycles = 0;
    double seconds = 0.0;
    double coresBusy = 0.0; // of all cores' cycles
    double lanesBusy = 0.0; // multiply-adds a cycle, of cores * lanes
    double waitsWeights = 0.0;
    double waitsRoom = 0.0;
    double streamFull = 0.0; // of the cycles
    double streamEmpty = 0.0;
    double mapping = 0.0;
    double portsBusy = 0.0; // beats, of ports * cycles
    double bytesPerSecond = 0.0;
    std::int64_t bytes = 0;
    double vectorBusy = 0.0;
    double attentionBusy = 0.0; // any unit
};

/// `seconds` from the counters' cycles at the card's clock.
StepFigures stepFigures(const CardCounters &counters, const CardInfo &card);

/// "64 613"; "215 µs"; "4.64 GB/s"; "2.4 mJ"; "61.3 %": figures as the panel writes them.
QString groupedText(std::int64_t number);
QString timeText(double seconds);
QString unitText(double value, const QString &unit);
QString shareText(double share);

} // namespace fastcar::ui
