// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/row_order.h"

namespace fastcar::fpga {

int firstHalf(int rows)
{
    return (rows + 1) / 2;
}

RowOrder rowOrder(const CardShape &shape, int rows, DrsPolicy policy)
{
    const int half = rows / 2;
    const bool allCores = policy == DrsPolicy::Split ? half > 0 : half >= shape.cores;
    // A tile takes half * 8 K / (cores * lanes) cycles to multiply and 8 K / (64 * ports) to arrive.
    const bool computing = half * beatBytes * shape.ports >= shape.cores * shape.lanes;
    return allCores && computing ? RowOrder::Halves : RowOrder::Together;
}

int weightPasses(RowOrder order, int rows, std::uint32_t mask)
{
    if (order == RowOrder::Together)
        return mask != 0;
    const std::uint32_t first = (std::uint32_t{1} << firstHalf(rows)) - 1;
    return ((mask & first) != 0) + ((mask & ~first) != 0);
}

} // namespace fastcar::fpga
