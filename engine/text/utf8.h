// SPDX-License-Identifier: Apache-2.0
//
// What a prompt needs of UTF-8: is it, and where are the blanks at its ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fastcar {

/// Where the first byte is that belongs to no character (overlong forms, surrogates and what lies beyond
/// U+10FFFF are none); nothing for valid text.
std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

/// Without the blanks at both ends that Python's str.strip() removes, those beyond ASCII included. `text` is
/// UTF-8.
std::string_view stripBlanks(std::string_view text);

} // namespace fastcar
