// SPDX-License-Identifier: Apache-2.0
//
// What a zip that is written says of its members: before each of them, and in the directory at its end, also
// beyond 4 GiB. zip_reader.h is the other way.
#pragma once

#include "engine/tensor/zip_reader.h"

#include <span>
#include <string>

namespace fastcar::zip {

/// What stands before a stored member's bytes. How long it is does not depend on the checksum.
std::string localHeader(const ZipMember &member);
/// All that stands behind the members, which end at `offset`.
std::string directory(std::span<const ZipMember> members, std::uint64_t offset);

} // namespace fastcar::zip
