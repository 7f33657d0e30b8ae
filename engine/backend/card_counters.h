// SPDX-License-Identifier: Apache-2.0
//
// What a card's kernel counts in a run of one step (docs/accelerator.md, "Counters"): the same from the
// circuit and from its cycle model. Cycles, unless it says otherwise. Registers, events, traces and reports
// know a counter by its number, and one of a port or core by an index besides.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fastcar {

struct CardCounters {
    std::int64_t cycles = 0; // from the run's start to its end
    std::int64_t vectorBusy = 0;
    std::int64_t matrixRunning = 0;
    std::int64_t mapping = 0; // DRS fills its registers
    std::int64_t anyCoreBusy = 0;
    std::int64_t streamBeats = 0; // a beat of every port was taken
    std::int64_t streamFull = 0;  // there was one and no slot
    std::int64_t streamEmpty = 0; // there was none
    std::int64_t anyAttention = 0;
    std::int64_t inHeads = 0, inGate = 0; // the sequencer
    std::int64_t inAttend = 0;            // attention has jobs, or its results are on their way
    std::int64_t coresBesideAttention = 0;
    std::int64_t rowsComputed = 0, rowsReplayed = 0;                        // rows, of all layers
    std::vector<std::int64_t> beatsRead, beatsWritten;                      // [ports], beats of 64 bytes
    std::vector<std::int64_t> attention;                                    // [ports]
    std::vector<std::int64_t> coreBusy, coreWaitsWeights, coreWaitsPackets; // [cores]

    /// All zero, for a card of this size.
    static CardCounters of(int cores, int ports);
    int cores() const { return static_cast<int>(coreBusy.size()); }
    int ports() const { return static_cast<int>(beatsRead.size()); }

    /// Of a card of the same size; the default is of any.
    CardCounters &operator+=(const CardCounters &other);
    bool operator==(const CardCounters &) const = default;
};

/// Of the whole card.
struct CardCounterName {
    int number;
    std::string_view name; // in JSON and numpy arrays
    std::int64_t CardCounters::*value;
};
/// One of each port or core: the register of index i has the number `first` + i.
struct CardCounterListName {
    int first;
    std::string_view name;
    std::vector<std::int64_t> CardCounters::*values;
    bool ofCores;
};

inline constexpr std::array cardCounterNames{
    CardCounterName{0, "cycles", &CardCounters::cycles},
    CardCounterName{1, "vector_busy", &CardCounters::vectorBusy},
    CardCounterName{2, "matrix_running", &CardCounters::matrixRunning},
    CardCounterName{3, "mapping", &CardCounters::mapping},
    CardCounterName{4, "any_core_busy", &CardCounters::anyCoreBusy},
    CardCounterName{5, "stream_beats", &CardCounters::streamBeats},
    CardCounterName{6, "stream_full", &CardCounters::streamFull},
    CardCounterName{7, "stream_empty", &CardCounters::streamEmpty},
    CardCounterName{8, "any_attention", &CardCounters::anyAttention},
    CardCounterName{9, "in_heads", &CardCounters::inHeads},
    CardCounterName{10, "in_attend", &CardCounters::inAttend},
    CardCounterName{11, "in_gate", &CardCounters::inGate},
    CardCounterName{12, "cores_beside_attention", &CardCounters::coresBesideAttention},
    CardCounterName{13, "rows_computed", &CardCounters::rowsComputed},
    CardCounterName{14, "rows_replayed", &CardCounters::rowsReplayed},
};
inline constexpr std::array cardCounterListNames{
    CardCounterListName{16, "beats_read", &CardCounters::beatsRead, false},
    CardCounterListName{48, "beats_written", &CardCounters::beatsWritten, false},
    CardCounterListName{80, "attention", &CardCounters::attention, false},
    CardCounterListName{112, "core_busy", &CardCounters::coreBusy, true},
    CardCounterListName{144, "core_waits_weights", &CardCounters::coreWaitsWeights, true},
    CardCounterListName{176, "core_waits_packets", &CardCounters::coreWaitsPackets, true},
};

/// visit(number, index, count) for every counter of `counters` (const or not), in the order above.
template <typename Counters, typename Visit>
void forEachCount(Counters &counters, Visit visit)
{
    for (const CardCounterName &name : cardCounterNames)
        visit(name.number, 0, counters.*name.value);
    for (const CardCounterListName &name : cardCounterListNames) {
        auto &values = counters.*name.values;
        for (std::size_t i = 0; i < values.size(); ++i)
            visit(name.first, static_cast<int>(i), values[i]);
    }
}

/// The one that forEachCount() visits so; null: there is none.
std::int64_t *countAt(CardCounters &counters, int number, int index);

/// Of the steps of a run.
struct CardTotals {
    std::int64_t steps = 0;
    CardCounters sum;

    void add(const CardCounters &step);
    double cyclesPerStep() const;
    /// Share of the cycles of all cores in which they multiplied.
    double coresBusyShare() const;
};

} // namespace fastcar
