// SPDX-License-Identifier: Apache-2.0
//
// What the host needs of an accelerator card: memory at each port, and a kernel that runs. XRT gives it for a
// card and for its emulation; tests simulate the bare circuit.
#pragma once

#include "engine/backend/card_counters.h"
#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fastcar::fpga {

/// One thread at a time.
class CardLink {
public:
    virtual ~CardLink() = default;
    virtual std::string name() const = 0; // of the device, as a person types it
    /// Memory of `bytes[p]` at port p, instead of what there was; its content is anything. Errors: memory.
    virtual Result<void> allocate(const std::vector<std::uint64_t> &bytes) = 0;
    virtual Result<void> write(int port, std::uint64_t offset, std::span<const std::byte> bytes) = 0;
    virtual Result<void> read(int port, std::uint64_t offset, std::span<std::byte> bytes) = 0;
    /// One step: starts the kernel with the header at this beat of port 0 and waits for it. Errors: the card
    /// hangs, or does not know the program.
    virtual Result<void> run(std::uint32_t header) = 0;
    /// Of the run that goes on, or the last one. Errors: the link has none.
    virtual Result<CardCounters> counters() = 0;
};

} // namespace fastcar::fpga
