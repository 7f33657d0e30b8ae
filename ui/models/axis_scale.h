// SPDX-License-Identifier: Apache-2.0
//
// The ends of axes and their ticks: numbers that are short to write.
#pragma once

namespace fastcar::ui {

/// The smallest of 1, 2, 4, 6 and 8 times a power of ten, whose quarters are round, too, that is not below `value`; 1 for nothing.
double roundedUp(double value);
/// How far apart ticks stand: the smallest of 1, 2 and 5 times a power of ten that is not below `value`; 1 for nothing.
double tickStepUp(double value);

} // namespace fastcar::ui
