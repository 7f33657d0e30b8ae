// SPDX-License-Identifier: Apache-2.0
//
// Notes who was busy when, where that is wanted.
#pragma once

#include "engine/backend/card_timing.h"
#include "fpga/timing/agenda.h"
#include "fpga/timing/instruction_labels.h"

#include <vector>

namespace fastcar::fpga {

class SpanLog {
public:
    explicit SpanLog(bool wanted)
        : wanted_(wanted)
    {
    }
    bool wanted() const { return wanted_; }
    /// `row`: -1 for several, which `rows` names as CardSpan has it.
    void add(Cycle begin, Cycle end, CardUnit unit, std::size_t index, const InstructionLabel &label, int row,
             std::uint32_t rows = 0)
    {
        if (wanted_ && begin < end)
            spans_.push_back({.begin = begin,
                              .end = end,
                              .unit = unit,
                              .index = static_cast<std::uint8_t>(index),
                              .work = label.work,
                              .row = static_cast<std::int8_t>(row),
                              .rows = rows,
                              .layer = static_cast<std::int16_t>(label.layer)});
    }
    /// By unit and index, each in its order; what touches and is the same work is one.
    std::vector<CardSpan> take();

private:
    bool wanted_;
    std::vector<CardSpan> spans_;
};

} // namespace fastcar::fpga
