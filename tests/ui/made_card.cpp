// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_card.h"

#include <algorithm>
#include <bit>

namespace fastcar::ui {

namespace {

using Work = CardSpan::Work;

/// One step on the made card: a cursor over its cycles.
class MadeStep {
public:
    explicit MadeStep(const StepQuery &step)
        : step_(step)
        , card_(madeCard())
    {
        auto &counters = timing_.counters;
        counters.coreBusy.resize(4);
        counters.coreWaitsWeights.resize(4);
        counters.coreWaitsPackets.resize(4);
        counters.beatsRead.resize(4);
        counters.beatsWritten.resize(4);
        counters.attention.resize(4);
    }

    StepTiming take()
    {
        for (std::size_t layer = 0; layer < step_.replays.size(); ++layer)
            runLayer(static_cast<int>(layer));
        for (int row = 0; row < step_.rows; ++row)
            vector(Work::Final, row, static_cast<int>(step_.replays.size()) - 1, 30);
        timing_.counters.cycles = now_;
        timing_.seconds = static_cast<double>(now_) / card_.clockHz;
        timing_.energy = {.computeJ = 2e-9 * static_cast<double>(now_), .memoryJ = 1e-6, .idleJ = 1e-7};
        return std::move(timing_);
    }

private:
    void span(CardUnit unit, int index, Work work, int row, int layer, std::int64_t begin, std::int64_t end)
    {
        timing_.spans.push_back({.begin = begin,
                                 .end = end,
                                 .unit = unit,
                                 .index = static_cast<std::uint8_t>(index),
                                 .work = work,
                                 .row = static_cast<std::int8_t>(row),
                                 .layer = static_cast<std::int16_t>(layer)});
    }

    void vector(Work work, int row, int layer, std::int64_t cycles)
    {
        span(CardUnit::Vector, 0, work, row, layer, now_, now_ + cycles);
        timing_.counters.vectorBusy += cycles;
        now_ += cycles;
    }

    /// A matrix for some rows, on the cores that the policy gives them.
    void matrix(Work work, const std::vector<int> &rows, int layer, std::int64_t cycles)
    {
        if (rows.empty())
            return;
        std::vector<std::int64_t> busyUntil(4, now_);
        const auto job = [&](int core, int row, std::int64_t length) {
            auto &at = busyUntil[static_cast<std::size_t>(core)];
            span(CardUnit::Core, core, work, row, layer, at, at + length);
            at += length;
            timing_.counters.coreBusy[static_cast<std::size_t>(core)] += length;
        };
        const int rowsPerCore = (step_.rows + card_.cores - 1) / card_.cores;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (step_.policy.drs == DrsPolicy::Static)
                job(rows[i] / rowsPerCore, rows[i], cycles);
            else if (step_.policy.drs == DrsPolicy::Deal)
                job(static_cast<int>(i) % card_.cores, rows[i], cycles);
            else
                for (int core = 0; core < card_.cores; ++core)
                    job(core, rows[i], cycles / card_.cores);
        }
        const std::int64_t end = *std::max_element(busyUntil.begin(), busyUntil.end());
        for (int port = 0; port < 4; ++port) {
            span(CardUnit::Port, port, Work::Load, -1, layer, now_, end);
            timing_.counters.beatsRead[static_cast<std::size_t>(port)] += cycles / 4;
        }
        timing_.counters.anyCoreBusy += end - now_;
        timing_.counters.matrixRunning += end - now_;
        now_ = end;
    }

    void attend(int layer)
    {
        const std::int64_t cycles = 16 + step_.position;
        for (int row = 0; row < step_.rows; ++row) {
            span(CardUnit::Heads, 0, Work::Heads, row, layer, now_, now_ + 12);
            now_ += 12;
            timing_.counters.inHeads += 12;
        }
        for (int row = 0; row < step_.rows; ++row)
            span(CardUnit::Attention, row % 4, Work::Attention, row, layer, now_, now_ + cycles);
        timing_.counters.anyAttention += cycles;
        timing_.counters.inAttend += cycles;
        now_ += cycles;
        span(CardUnit::Gate, 0, Work::Gate, -1, layer, now_, now_ + 8);
        timing_.counters.inGate += 8;
        now_ += 8;
    }

    void runLayer(int layer)
    {
        const std::uint32_t replayed = step_.replays[static_cast<std::size_t>(layer)];
        std::vector<int> all;
        std::vector<int> computing;
        for (int row = 0; row < step_.rows; ++row) {
            all.push_back(row);
            if (!(replayed >> row & 1))
                computing.push_back(row);
        }
        for (int row : all)
            vector(Work::Norm, row, layer, 20);
        matrix(Work::Qkv, all, layer, madeMatrixCycles);
        attend(layer);
        matrix(Work::Output, all, layer, madeMatrixCycles / 2);
        for (int row : computing)
            vector(Work::Norm, row, layer, 20);
        matrix(Work::GateUp, computing, layer, madeMatrixCycles * 2);
        for (int row : computing)
            vector(Work::Silu, row, layer, 24);
        matrix(Work::Down, computing, layer, madeMatrixCycles);
        for (int row : all)
            vector(replayed >> row & 1 ? Work::Replay : Work::Add, row, layer, 10);
        timing_.counters.rowsReplayed += std::popcount(replayed);
        timing_.counters.rowsComputed += static_cast<std::int64_t>(computing.size());
    }

    const StepQuery &step_;
    CardInfo card_;
    StepTiming timing_;
    std::int64_t now_ = 0;
};

class MadeTiming : public CardTiming {
public:
    MadeTiming(CardInfo card, int positions)
        : card_(std::move(card))
        , positions_(positions)
    {
    }

    const CardInfo &card() const override { return card_; }

    Result<StepTiming> time(const StepQuery &step, bool withSpans) override
    {
        if (step.position >= positions_)
            return Error{ErrorKind::Unsupported,
                         "The card holds 8 positions of a sequence, and this step's is the " +
                             std::to_string(step.position + 1) + "th."};
        return timeOnMadeCard(step, withSpans);
    }

private:
    CardInfo card_;
    int positions_ = 0;
};

CardInfo named(const char *name, const char *title)
{
    CardInfo card = madeCard();
    card.name = name;
    card.title = title;
    return card;
}

} // namespace

CardInfo madeCard()
{
    CardInfo card;
    card.name = "made";
    card.title = "Made card";
    card.clockHz = 100e6;
    card.cores = 4;
    card.lanes = 64;
    card.ports = 4;
    card.rows = 32;
    card.assumed = {"40 cycles of latency to memory"};
    return card;
}

StepTiming timeOnMadeCard(const StepQuery &step, bool withSpans)
{
    StepTiming timing = MadeStep(step).take();
    if (!withSpans)
        timing.spans.clear();
    return timing;
}

void registerMadeCards()
{
    CardTimings timings;
    timings.cards = {madeCard(), named("tiny", "Tiny card"), named("short", "Short card")};
    timings.create = [](std::string_view card, const ModelConfig &) -> Result<std::unique_ptr<CardTiming>> {
        if (card == "tiny")
            return Error{ErrorKind::Unsupported,
                         "The model needs 1.5 GiB of card memory, and this card has 1.0 GiB: "
                         "512 MiB too little."};
        const bool isShort = card == "short";
        return std::unique_ptr<CardTiming>(std::make_unique<MadeTiming>(
            isShort ? named("short", "Short card") : madeCard(), isShort ? 8 : 1 << 20));
    };
    registerCardTimings(std::move(timings));
}

} // namespace fastcar::ui
