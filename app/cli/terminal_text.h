// SPDX-License-Identifier: Apache-2.0
//
// Text of files and people (prompts, notes, titles, names) as a terminal may show it: what would move the
// cursor, change colours or begin another line is spelled out.
#pragma once

#include <string>
#include <string_view>

namespace fastcar::cli {

/// Control characters as "\n", "\t", "\x1b", "\x9b" (also those of two bytes in UTF-8, U+0080 to U+009F); the
/// rest, whether UTF-8 or not, as it is.
std::string forTerminal(std::string_view text);

} // namespace fastcar::cli
