// SPDX-License-Identifier: Apache-2.0
//
// Files as a whole, and the operating system's refusals as sentences.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace fastcar {

/// "Cannot <verb> <file>: <the system's words for errno's value>." and, for a full disk, what to do. Of kind Io.
Error systemError(std::string_view verb, const std::filesystem::path &file, int code);

/// All of a file; memory grows with what is read, not with what a directory entry says. NotFound: there is
/// none.
Result<std::vector<std::uint8_t>> readBytes(const std::filesystem::path &file);

/// Could a file of this name be written: is its folder there, may we write to it, is the name not a folder's?
Result<void> checkOutputFile(const std::filesystem::path &file);

} // namespace fastcar
