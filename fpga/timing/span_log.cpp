// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/span_log.h"

#include <algorithm>
#include <tuple>

namespace fastcar::fpga {

namespace {

auto workOf(const CardSpan &span)
{
    return std::tuple(span.unit, span.index, span.work, span.layer, span.row, span.rows);
}

} // namespace

std::vector<CardSpan> SpanLog::take()
{
    std::sort(spans_.begin(), spans_.end(), [](const CardSpan &a, const CardSpan &b) {
        return std::tuple(a.unit, a.index, a.begin) < std::tuple(b.unit, b.index, b.begin);
    });
    std::vector<CardSpan> joined;
    for (const CardSpan &span : spans_)
        if (!joined.empty() && workOf(joined.back()) == workOf(span) && joined.back().end == span.begin)
            joined.back().end = span.end;
        else
            joined.push_back(span);
    spans_.clear();
    return joined;
}

} // namespace fastcar::fpga
