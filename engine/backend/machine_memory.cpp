// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/machine_memory.h"

#include <cstdio>
#include <fstream>

namespace fastcar
{

std::optional<MachineMemory> machineMemory()
{
    std::ifstream file("/proc/meminfo");
    MachineMemory memory;
    std::string key, unit;
    std::uint64_t kib = 0;
    while (file >> key >> kib) {
        if (key == "MemTotal:")
            memory.totalBytes = kib * 1024;
        if (key == "MemAvailable:")
            memory.availableBytes = kib * 1024;
        std::getline(file, unit);
    }
    if (memory.totalBytes == 0 || memory.availableBytes == 0)
        return std::nullopt;
    return memory;
}

std::string bytesForPeople(std::uint64_t bytes)
{
    const double mebibytes = static_cast<double>(bytes) / (1024.0 * 1024.0);
    char text[32];
    if (mebibytes >= 1024.0)
        std::snprintf(text, sizeof(text), "%.1f GiB", mebibytes / 1024.0);
    else
        std::snprintf(text, sizeof(text), "%.1f MiB", mebibytes);
    return text;
}

} // namespace fastcar
