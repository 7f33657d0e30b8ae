// SPDX-License-Identifier: Apache-2.0
//
// How much memory the machine has, so that a generation that cannot fit is refused with its size instead of
// being killed.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace fastcar
{

struct MachineMemory {
    std::uint64_t totalBytes = 0;
    std::uint64_t availableBytes = 0; // without swapping
};

/// Nothing where the system does not tell.
std::optional<MachineMemory> machineMemory();

/// "3.2 GiB", "640 MiB"
std::string bytesForPeople(std::uint64_t bytes);

} // namespace fastcar
