// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/core_shares.h"

#include <algorithm>
#include <bit>

namespace fastcar::fpga {

std::vector<CoreShare> sharesOf(std::uint32_t index, int rows, DrsPolicy policy, int cores)
{
    std::vector<CoreShare> shares(static_cast<std::size_t>(cores));
    const int computing = std::popcount(index);
    if (policy == DrsPolicy::Static) {
        const int ofCore = (rows + cores - 1) / cores;
        const auto before = [&](int row) {
            return std::popcount(index &
                                 static_cast<std::uint32_t>((std::uint64_t{1} << std::min(row, rows)) - 1));
        };
        for (int c = 0; c < cores; ++c)
            shares[static_cast<std::size_t>(c)] = {.first = before(c * ofCore),
                                                   .limit = before((c + 1) * ofCore)};
        return shares;
    }
    int log2 = 0;
    if (policy == DrsPolicy::Split && computing > 0)
        log2 = std::clamp(std::countr_zero(static_cast<unsigned>(cores)) -
                              std::countr_zero(static_cast<unsigned>(computing)),
                          0, 3);
    const int entries = computing << log2;
    for (int c = 0; c < cores; ++c)
        shares[static_cast<std::size_t>(c)] = {.first = c,
                                               .limit = entries,
                                               .step = cores,
                                               .turn = policy == DrsPolicy::Split ? entries % cores : 0,
                                               .outputs = 8 >> log2};
    return shares;
}

std::uint32_t rowsOf(const CoreShare &share, std::uint32_t index)
{
    if (share.turn != 0)
        return index; // another one in each tile
    const int entriesOfRow = 8 / share.outputs;
    std::uint32_t rows = 0;
    int number = 0; // of the rows that compute
    for (std::uint32_t left = index; left != 0; left &= left - 1, ++number)
        for (int entry = share.first; entry < share.limit; entry += share.step)
            if (entry / entriesOfRow == number)
                rows |= left & (~left + 1);
    return rows;
}

} // namespace fastcar::fpga
