// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/span_log.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace fastcar::fpga {

std::vector<CardSpan> SpanLog::take()
{
    std::stable_sort(spans_.begin(), spans_.end(), [](const CardSpan &a, const CardSpan &b) {
        return std::tuple(a.unit, a.index, a.begin) < std::tuple(b.unit, b.index, b.begin);
    });
    return std::exchange(spans_, {});
}

} // namespace fastcar::fpga
