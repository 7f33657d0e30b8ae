// SPDX-License-Identifier: Apache-2.0
//
// Attention units in the cycle model: one behind each port (fc_attend), and the buses by which their results
// leave (fc_accelerator).
#pragma once

#include "fpga/timing/busy_times.h"
#include "fpga/timing/matrix_timing.h"
#include "fpga/timing/port_timing.h"

#include <array>
#include <deque>
#include <memory>
#include <vector>

namespace fastcar::fpga {

class ResultBus;

/// A query head's work over visible positions [0, sinks) and [from, end), or its share of a TAS.
struct AttendJob {
    bool tas = false;
    std::uint32_t keys = 0, values = 0, keyScales = 0, valueScales = 0; // first beats
    int sinks = 0, from = 0, end = 0;
    int words = 0; // of a head
    int row = 0;
    InstructionLabel label;
    int positionBeats() const { return words > 8 ? 2 : 1; }
};

class AttendTiming final : public Agent {
public:
    AttendTiming(Port &port, ResultBus &bus, SpanLog &spans, std::size_t number);

    /// The first cycle in which a job can be taken, as far as it is known.
    Cycle jobFrom() const;
    void job(Cycle cycle, const AttendJob &job);
    /// The first cycle in which it is known that nothing is left to do.
    Cycle idleFrom() const;

    void step(Cycle now) override;
    /// Keys and values are worked on.
    const BusyTimes &busy() const { return busy_; }
    /// It has a job, or results that did not leave.
    const BusyTimes &occupied() const { return occupied_; }

    /// For the bus: from when on a word of y or a share of a TAS is there.
    Cycle wordFrom() const { return words_.empty() ? never : words_.front(); }
    Cycle shareFrom() const { return share_; }
    void takeWord(Cycle cycle);
    void takeShare(Cycle cycle);

private:
    enum class Part { Begin, KeyScales, Keys, ValueScales, Values, Weighed, Share };
    struct Work {
        AttendJob job;
        Cycle taken = 0;
    };
    bool advance();
    bool ask();
    bool takeBeats();
    bool takeValues();
    void enter(Part part, Cycle from);
    void finish(Cycle pop);

    ResultBus *bus_;
    SpanLog *spans_;
    std::size_t number_;
    BeatQueue beats_;

    // Asking.
    bool asking_ = false;
    AttendJob asked_;
    int stretch_ = 0;
    Cycle askFrom_ = 0; // the cycle in which the stretch is looked at; behind the last one: nothing is asked

    // Working.
    std::deque<Work> work_; // two at the most
    Part part_ = Part::Begin;
    Cycle began_ = 0;
    Cycle from_ = 0;                    // the cycle from which the part goes on
    int left_ = 0;                      // beats of it
    std::array<Cycle, 2> pops_{-1, -1}; // of the last two jobs that ended

    // Weights of values, made ahead by up to 15.
    static constexpr int weightsAhead = 15;
    std::array<Cycle, weightsAhead> valueTaken_{}; // the last beat
    int value_ = 0;                                // beats that were taken
    Cycle lastWeight_ = 0;

    std::deque<Cycle> words_; // of y, each from when it is there
    Cycle share_ = never;
    Cycle lastWord_ = -1;                 // taken
    Cycle wordsTaken_ = 0, wordsPop_ = 0; // their job: when it was taken, when it left the queue
    BusyTimes busy_, occupied_;
};

/// A word of y and a share of a TAS a cycle, the lower port's first; outputs of matrices go before words.
class ResultBus final : public Agent {
public:
    explicit ResultBus(const MatrixTiming &matrix)
        : matrix_(&matrix)
    {
    }
    void add(AttendTiming &unit) { units_.push_back(&unit); }
    void step(Cycle now) override;

private:
    const MatrixTiming *matrix_;
    std::vector<AttendTiming *> units_;
};

} // namespace fastcar::fpga
