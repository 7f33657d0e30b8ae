// SPDX-License-Identifier: Apache-2.0
//
// When one unit of a card was busy, kept so that drawing it costs pixels and not spans: a tree over the spans
// answers what lies in a column of the screen, however many there are.
#pragma once

#include "engine/backend/card_timing.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace fastcar::ui {

/// What is drawn in one go: a span that is wide enough to be seen, or all that fell into a few columns.
struct LaneSegment {
    double left = 0.0; // pixels from the view's left edge
    double right = 0.0;
    double cover = 1.0; // share of its columns in which the unit was busy
    std::size_t first = 0;
    std::size_t count = 1; // spans in it
    bool merged = false;   // too narrow to be drawn alone
    CardSpan span;         // itself, or the one of those that have the most of it
};

class LaneSpans {
public:
    LaneSpans() = default;
    /// Spans of one unit in their order, which do not overlap.
    LaneSpans(CardUnit unit, int index, std::vector<CardSpan> spans);

    CardUnit unit() const { return unit_; }
    int index() const { return index_; }
    const std::vector<CardSpan> &spans() const { return spans_; }

    /// For a view of `pixels` columns over the cycles [begin, end): at most some two segments a column.
    std::vector<LaneSegment> segments(double begin, double end, int pixels) const;
    /// Cycles of [begin, end) in which the unit was busy.
    double busy(double begin, double end) const;
    /// The span at a cycle, or, with none there, the nearest one that is not further than `reach` cycles.
    const CardSpan *at(double cycle, double reach = 0.0) const;

private:
    /// Of some neighbours: how long they are together, and who has the most of it (by a vote that can be
    /// joined; exact where one has more than half).
    struct Mix {
        std::int64_t busy = 0;
        std::int64_t lead = 0; // of the winner over the others
        std::uint32_t winner = 0;
    };
    Mix joined(const Mix &a, const Mix &b) const;
    Mix mix(std::size_t first, std::size_t last) const;
    std::size_t firstEndingAfter(double cycle) const;
    std::size_t firstBeginningAt(double cycle, std::size_t from) const;

    CardUnit unit_ = CardUnit::Core;
    int index_ = 0;
    std::vector<CardSpan> spans_;
    std::vector<std::int64_t> busyBefore_; // [spans + 1]
    std::vector<Mix> tree_;                // [2 * spans]: leaves in the second half
};

} // namespace fastcar::ui
