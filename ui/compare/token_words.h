// SPDX-License-Identifier: Apache-2.0
//
// What is between two runs at one token, in words: for the strip, and for the table behind it.
#pragma once

#include "engine/quality/loaded_comparison.h"

#include <QString>

namespace fastcar::ui {

/// `comparison` has tokens, and this one among them.
QString tokenWords(const LoadedComparison &comparison, int token);

} // namespace fastcar::ui
