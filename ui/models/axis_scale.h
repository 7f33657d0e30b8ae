// SPDX-License-Identifier: Apache-2.0
//
// The ends of axes: numbers that are short to write.
#pragma once

namespace fastcar::ui {

/// The smallest of 1, 2, 4, 6 and 8 times a power of ten, whose quarters are round, too, that is not below `value`; 1 for nothing.
double roundedUp(double value);

} // namespace fastcar::ui
