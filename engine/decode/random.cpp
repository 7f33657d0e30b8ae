// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/random.h"

namespace fastcar {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = 0xD2511F53ull * counter[0];
        const std::uint64_t product1 = 0xCD9E8D57ull * counter[2];
        counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product1),
                   static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product0)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return counter;
}

double uniformFor(std::uint64_t seed, int video, int token, int depth)
{
    const auto bits = philox({static_cast<std::uint32_t>(token), static_cast<std::uint32_t>(depth),
                              static_cast<std::uint32_t>(video), 0u},
                             {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    const std::uint64_t wide = (static_cast<std::uint64_t>(bits[0]) << 32) | bits[1];
    return static_cast<double>(wide >> 11) * 0x1p-53;
}

} // namespace fastcar
