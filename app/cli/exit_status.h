// SPDX-License-Identifier: Apache-2.0
//
// How a command ends: with a status that scripts can rely on and a sentence on standard error.
#pragma once

#include "engine/base/result.h"

#include <string_view>

namespace fastcar::cli {

inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int misused = 2;     // the command line itself is wrong
inline constexpr int cancelled = 130; // as shells count an interrupt

/// "fastcar: <sentence>" on standard error.
void say(std::string_view sentence);

/// Says the error. What a user typed is `misused`, everything else `failed`.
int fail(const Error &error);

} // namespace fastcar::cli
