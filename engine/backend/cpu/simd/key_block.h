// SPDX-License-Identifier: Apache-2.0
//
// The block of keys (attention.h) that a position's key is written into.
#pragma once

#include "engine/backend/cpu/kernel_table.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

/// Cleared for its first position, for the block is read whole from then on.
std::byte *keyBlockFor(const KvHead &head, std::int64_t position)
{
    std::byte *const block = head.block(position / keysTogether);
    if (position % keysTogether == 0)
        std::memset(block, 0, static_cast<std::size_t>(head.blockBytes));
    else
        for (std::int64_t at = 0; at < head.blockBytes; at += 64)
            __builtin_prefetch(block + at, 1); // every line of it is written to
    return block;
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD
