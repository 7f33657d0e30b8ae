// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/lane_spans.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// Narrower than this many pixels, a span is drawn with its neighbours.
constexpr double narrow = 1.5;
/// Steps of `cover` that one can see apart; columns closer than that are drawn as one.
constexpr double coverSteps = 6.0;

bool looksAlike(const LaneSegment &a, const LaneSegment &b)
{
    return a.merged && b.merged && a.span.row == b.span.row && a.span.rows == b.span.rows &&
           a.span.layer == b.span.layer && a.span.work == b.span.work &&
           std::lround(a.cover * coverSteps) == std::lround(b.cover * coverSteps);
}

} // namespace

LaneSpans::LaneSpans(CardUnit unit, int index, std::vector<CardSpan> spans)
    : unit_(unit)
    , index_(index)
    , spans_(std::move(spans))
{
    const std::size_t count = spans_.size();
    busyBefore_.assign(count + 1, 0);
    tree_.resize(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t length = spans_[i].end - spans_[i].begin;
        busyBefore_[i + 1] = busyBefore_[i] + length;
        tree_[count + i] = {.busy = length, .lead = length, .winner = static_cast<std::uint32_t>(i)};
    }
    for (std::size_t node = count; node-- > 1;)
        tree_[node] = joined(tree_[2 * node], tree_[2 * node + 1]);
}

LaneSpans::Mix LaneSpans::joined(const Mix &a, const Mix &b) const
{
    if (a.busy == 0)
        return b;
    if (b.busy == 0)
        return a;
    const CardSpan &left = spans_[a.winner];
    const CardSpan &right = spans_[b.winner];
    Mix mix{.busy = a.busy + b.busy, .lead = 0, .winner = a.winner};
    if (left.row == right.row && left.rows == right.rows && left.layer == right.layer &&
        left.work == right.work) {
        mix.lead = a.lead + b.lead;
    } else {
        mix.lead = std::abs(a.lead - b.lead);
        mix.winner = a.lead >= b.lead ? a.winner : b.winner;
    }
    return mix;
}

LaneSpans::Mix LaneSpans::mix(std::size_t first, std::size_t last) const
{
    Mix left;
    Mix right;
    std::size_t lo = first + spans_.size();
    std::size_t hi = last + spans_.size();
    for (; lo < hi; lo /= 2, hi /= 2) {
        if (lo & 1)
            left = joined(left, tree_[lo++]);
        if (hi & 1)
            right = joined(tree_[--hi], right);
    }
    return joined(left, right);
}

std::size_t LaneSpans::firstEndingAfter(double cycle) const
{
    const auto found =
        std::upper_bound(spans_.begin(), spans_.end(), cycle,
                         [](double at, const CardSpan &span) { return at < static_cast<double>(span.end); });
    return static_cast<std::size_t>(found - spans_.begin());
}

std::size_t LaneSpans::firstBeginningAt(double cycle, std::size_t from) const
{
    const auto found = std::lower_bound(
        spans_.begin() + static_cast<std::ptrdiff_t>(from), spans_.end(), cycle,
        [](const CardSpan &span, double at) { return static_cast<double>(span.begin) < at; });
    return static_cast<std::size_t>(found - spans_.begin());
}

std::vector<LaneSegment> LaneSpans::segments(double begin, double end, int pixels) const
{
    std::vector<LaneSegment> segments;
    if (pixels < 1 || !(end > begin))
        return segments;
    const double scale = static_cast<double>(pixels) / (end - begin); // pixels a cycle
    const auto lengthOf = [scale](const CardSpan &span) {
        return static_cast<double>(span.end - span.begin) * scale;
    };
    for (std::size_t i = firstEndingAfter(begin); i < spans_.size();) {
        const CardSpan &span = spans_[i];
        if (static_cast<double>(span.begin) >= end)
            break;
        const double left = (static_cast<double>(span.begin) - begin) * scale;
        if (lengthOf(span) >= narrow) {
            segments.push_back({.left = left,
                                .right = (static_cast<double>(span.end) - begin) * scale,
                                .cover = 1.0,
                                .first = i,
                                .count = 1,
                                .merged = false,
                                .span = span});
            ++i;
            continue;
        }
        const double column = std::max(0.0, std::floor(left));
        std::size_t next = firstBeginningAt(begin + (column + 1.0) / scale, i + 1);
        if (next > i + 1 && lengthOf(spans_[next - 1]) >= narrow)
            --next; // it began in this column and reaches out of it
        const Mix inside = mix(i, next);
        LaneSegment merged{.left = column,
                           .right = column + 1.0,
                           .cover = std::min(1.0, static_cast<double>(inside.busy) * scale),
                           .first = i,
                           .count = next - i,
                           .merged = true,
                           .span = spans_[inside.winner]};
        LaneSegment *before = segments.empty() ? nullptr : &segments.back();
        if (before && before->right == merged.left && looksAlike(*before, merged)) {
            before->right = merged.right;
            before->count += merged.count;
        } else {
            segments.push_back(merged);
        }
        i = next;
    }
    return segments;
}

double LaneSpans::busy(double begin, double end) const
{
    const std::size_t first = firstEndingAfter(begin);
    const std::size_t last = firstBeginningAt(end, std::min(first, spans_.size()));
    if (first >= last)
        return 0.0;
    double cycles = static_cast<double>(busyBefore_[last] - busyBefore_[first]);
    cycles -= std::max(0.0, begin - static_cast<double>(spans_[first].begin));
    cycles -= std::max(0.0, static_cast<double>(spans_[last - 1].end) - end);
    return cycles;
}

const CardSpan *LaneSpans::at(double cycle, double reach) const
{
    const std::size_t next = firstEndingAfter(cycle);
    const CardSpan *best = nullptr;
    double distance = reach;
    if (next < spans_.size()) {
        const double to = std::max(0.0, static_cast<double>(spans_[next].begin) - cycle);
        if (to <= distance) {
            best = &spans_[next];
            distance = to;
        }
    }
    if (distance > 0.0 && next > 0 && cycle - static_cast<double>(spans_[next - 1].end) < distance)
        best = &spans_[next - 1];
    return best;
}

} // namespace fastcar::ui
