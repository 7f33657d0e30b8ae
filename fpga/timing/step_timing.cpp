// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/step_timing.h"

#include "fpga/timing/agenda.h"
#include "fpga/timing/attend_timing.h"
#include "fpga/timing/jobs_timing.h"
#include "fpga/timing/matrix_timing.h"
#include "fpga/timing/row_units.h"
#include "fpga/timing/sequencer_timing.h"

#include <algorithm>
#include <memory>
#include <string>

namespace fastcar::fpga {

namespace {

constexpr int dataDepth = 64; // of the reader behind port 0 that reads what the sequencer wants

/// The accelerator for one run.
class Accelerator {
public:
    Accelerator(const AcceleratorShape &shape, const StreamTiming &memory, const CardStep &step,
                const RunPlaces &places, std::span<const std::uint32_t> decisions,
                std::span<const Beat> instructions, std::span<const InstructionLabel> labels,
                std::uint32_t header, bool withSpans)
        : spans_(withSpans)
        , ports_(portsOf(shape.card.ports, memory, spans_))
        , matrix_(shape.card.cores, shape.card.lanes, ports_, &spans_)
        , bus_(matrix_)
        , attention_(attentionOf(ports_, bus_, spans_))
        , data_(*ports_.front(), dataDepth)
        , writers_(shape.card.ports)
        , run_{.step = step,
               .places = places,
               .decisions = decisions,
               .data = data_,
               .writers = writers_,
               .spans = spans_}
        , rows_(run_)
        , heads_(run_)
        , jobs_(run_, attention_)
        , gate_(run_)
        , sequencer_(run_, instructions, labels, header, *ports_.front(),
                     {.matrix = matrix_, .rows = rows_, .heads = heads_, .gate = gate_, .jobs = jobs_})
    {
        for (const std::unique_ptr<Port> &port : ports_)
            agenda_.add(*port);
        for (const std::unique_ptr<AttendTiming> &unit : attention_)
            agenda_.add(*unit);
        for (Agent *agent :
             std::initializer_list<Agent *>{&matrix_, &bus_, &rows_, &heads_, &jobs_, &gate_, &sequencer_})
            agenda_.add(*agent);
    }

    Result<StepTimes> run()
    {
        while (sequencer_.end() == never)
            if (!agenda_.step())
                return Error{.kind = ErrorKind::Unsupported,
                             .message = "The cycle model does not get to the program's end: an instruction "
                                        "waits for what no other one begins."};
        for (const std::unique_ptr<Port> &port : ports_)
            port->finish();
        StepTimes times;
        count(times.counters);
        times.spans = spans_.take();
        return times;
    }

private:
    static std::vector<std::unique_ptr<Port>> portsOf(int count, const StreamTiming &memory, SpanLog &spans)
    {
        std::vector<std::unique_ptr<Port>> ports;
        for (int p = 0; p < count; ++p)
            ports.push_back(std::make_unique<Port>(memory, &spans, ports.size()));
        return ports;
    }
    static std::vector<std::unique_ptr<AttendTiming>> attentionOf(std::vector<std::unique_ptr<Port>> &ports,
                                                                  ResultBus &bus, SpanLog &spans)
    {
        std::vector<std::unique_ptr<AttendTiming>> units;
        for (const std::unique_ptr<Port> &port : ports)
            units.push_back(std::make_unique<AttendTiming>(*port, bus, spans, units.size()));
        return units;
    }

    void count(CardCounters &counters) const
    {
        counters.cycles = sequencer_.end();
        counters.vectorBusy = run_.vectorBusy;
        matrix_.count(counters);
        sequencer_.count(counters);
        counters.rowsComputed = run_.computed;
        counters.rowsReplayed = run_.replayed;
        counters.beatsWritten = writers_.beats();
        std::vector<BusyTimes> attention, occupied{jobs_.busy()};
        for (const std::unique_ptr<AttendTiming> &unit : attention_) {
            attention.push_back(unit->busy());
            occupied.push_back(unit->occupied());
            counters.attention.push_back(unit->busy().cycles());
        }
        for (const std::unique_ptr<Port> &port : ports_)
            counters.beatsRead.push_back(port->beatsRead());
        const BusyTimes anyAttention = BusyTimes::any(attention), anyCore = BusyTimes::any(matrix_.busy());
        counters.anyAttention = anyAttention.cycles();
        counters.inAttend = BusyTimes::any(occupied).cycles();
        counters.anyCoreBusy = anyCore.cycles();
        counters.coresBesideAttention = BusyTimes::together(anyAttention, anyCore);
    }

    SpanLog spans_;
    std::vector<std::unique_ptr<Port>> ports_;
    MatrixTiming matrix_;
    ResultBus bus_;
    std::vector<std::unique_ptr<AttendTiming>> attention_;
    BeatQueue data_;
    WritersTiming writers_;
    RunState run_;
    RowsTiming rows_;
    HeadsTiming heads_;
    JobsTiming jobs_;
    GateTiming gate_;
    SequencerTiming sequencer_;
    Agenda agenda_;
};

} // namespace

StepModel::StepModel(const StepProgram &program, const AcceleratorShape &shape, const StreamTiming &memory)
    : instructions_(program.instructions)
    , places_{program.placesOf(RowOrder::Together), program.placesOf(RowOrder::Halves)}
    , header_(program.header)
    , shape_(shape)
    , memory_(memory)
    , layers_(static_cast<std::size_t>(
          std::count_if(instructions_.begin(), instructions_.begin() + places_[0].programBeats,
                        [](const Beat &beat) { return Instruction{beat}.operation() == Operation::Gate; })))
{
    for (const RunPlaces &places : places_) {
        const auto labels = labelsOf(
            std::span(instructions_)
                .subspan(places.program - places_[0].program, static_cast<std::size_t>(places.programBeats)));
        labels_.insert(labels_.end(), labels.begin(), labels.end());
    }
}

Result<StepTimes> StepModel::time(const CardStep &step, std::span<const std::uint32_t> replays,
                                  bool withSpans) const
{
    const auto refused = [](const std::string &message) {
        return Error{.kind = ErrorKind::BadInput, .message = message};
    };
    if (step.rows.empty() || step.rows.size() > static_cast<std::size_t>(shape_.card.rows))
        return refused("The card takes 1 to " + std::to_string(shape_.card.rows) + " rows, but there are " +
                       std::to_string(step.rows.size()) + ".");
    if (replays.size() < layers_)
        return refused("The program has " + std::to_string(layers_) + " layers, but there are decisions of " +
                       std::to_string(replays.size()) + ".");
    const RowOrder order = rowOrder(shape_.card, static_cast<int>(step.rows.size()), step.drs);
    const RunPlaces &places = places_[static_cast<std::size_t>(order)];
    const std::size_t first = places.program - places_[0].program;
    const auto count = static_cast<std::size_t>(places.programBeats);
    // On the heap: a card of many ports is too much for a thread's small stack.
    return std::make_unique<Accelerator>(shape_, memory_, step, places, replays,
                                         std::span(instructions_).subspan(first, count),
                                         std::span(labels_).subspan(first, count), header_, withSpans)
        ->run();
}

} // namespace fastcar::fpga
