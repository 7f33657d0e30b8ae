// SPDX-License-Identifier: Apache-2.0
//
// What a described card would take for a step: cycles, counters, who was busy when, and an estimate of the
// energy. The views and the command line ask through this interface; what answers is the accelerator's cycle
// model (docs/accelerator.md, "The cycle model"), which the program registers at its start. Nothing here runs
// on a card.
//
//     Result<std::unique_ptr<CardTiming>> timing = createCardTiming("u280", model.config());
//     Result<StepTiming> step = (*timing)->time({.position = 300, .rows = 2, .replays = masks, ...}, true);
#pragma once

#include "engine/backend/card_counters.h"
#include "engine/base/result.h"
#include "engine/checkpoint/model_config.h"
#include "engine/replay/replay_policy.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

/// A card as resources/cards describes it; figures that nobody measured are named in `assumed`.
struct CardInfo {
    std::string name;  // what --card takes: "u280"
    std::string title; // "AMD Alveo U280"
    double clockHz = 0.0;
    int cores = 0;
    int lanes = 0; // int8 multiply-adds of a core a cycle
    int ports = 0; // of memory, 512 bit each
    int rows = 0;  // in flight, at the most
    std::vector<std::string> assumed;
};

/// A decode step as it was decided: what the timing of a step depends on.
struct StepQuery {
    int position = 0;     // of the row's input token in its sequence: prompt's length + visual token
    int rows = 2;         // in flight; row r belongs to sequence r
    int earlier = 0;      // position of the key that TAS looks at (position - stride)
    bool measured = true; // TAS is computed: eligible
    std::span<const std::uint32_t> replays; // [layers]: bit r, row r replayed
    ReplayPolicy policy;                    // the definition and DRS's policy matter
    AttentionSpan attention;
};

/// A unit of the card.
enum class CardUnit : std::uint8_t { Core, Port, Attention, Vector, Heads, Gate };

/// A time in which a unit was busy. Spans of one unit do not overlap and come in their order.
struct CardSpan {
    /// What a core or the vector unit works at.
    enum class Work : std::uint8_t {
        Norm,
        Qkv,
        Heads,
        Attention,
        Gate,
        Output,
        GateUp,
        Silu,
        Down,
        Add,
        Replay,
        Final,
        Load
    };

    std::int64_t begin = 0; // cycles from the step's start; [begin, end)
    std::int64_t end = 0;
    CardUnit unit = CardUnit::Core;
    std::uint8_t index = 0; // which core, port, ...
    Work work = Work::Norm;
    std::int8_t row = -1; // -1: several
    /// Where they are several: bit r, row r. They take turns, tile by tile.
    std::uint32_t rows = 0;
    std::int16_t layer = 0;
};

/// What a step would take of energy: activity times coefficients whose sources resources/cards names. An
/// estimate, never a measurement.
struct EnergyEstimate {
    double computeJ = 0.0; // multiply-adds, and what feeds them
    double memoryJ = 0.0;  // card memory, read and written
    double idleJ = 0.0;    // leakage and clocks for the time that it takes
    double totalJ() const { return computeJ + memoryJ + idleJ; }
};

struct StepTiming {
    CardCounters counters; // as the circuit would have counted
    double seconds = 0.0;  // at the card's clock
    EnergyEstimate energy;
    std::vector<CardSpan> spans; // where they were asked for
};

/// A model on a card. One thread at a time; calls may take from a millisecond (the default model) to a second
/// (7B).
class CardTiming {
public:
    virtual ~CardTiming() = default;
    virtual const CardInfo &card() const = 0;
    /// Errors: rows or positions that the card does not hold.
    virtual Result<StepTiming> time(const StepQuery &step, bool withSpans) = 0;
};

/// Cards that can be timed, and how. Registered at a program's start, before any other thread runs.
struct CardTimings {
    std::vector<CardInfo> cards;
    /// Errors: no such card; the model does not fit it (what, and by how much).
    std::function<Result<std::unique_ptr<CardTiming>>(std::string_view card, const ModelConfig &model)>
        create;
};
void registerCardTimings(CardTimings timings);

std::vector<CardInfo> listCards();
Result<std::unique_ptr<CardTiming>> createCardTiming(std::string_view card, const ModelConfig &model);

} // namespace fastcar
