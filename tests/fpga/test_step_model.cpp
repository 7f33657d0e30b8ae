// SPDX-License-Identifier: Apache-2.0
//
// What the cycle model tells besides counters, without a circuit: spans, a model compiled from its sizes
// alone, and what it refuses. Counters are held against the circuit in test_step_timing.cpp.
#include "fpga/timing/step_timing.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

constexpr int layers = 3, positions = 90, stride = 16;

BackboneConfig config()
{
    BackboneConfig config;
    config.layers = layers;
    config.hidden = 64;
    config.intermediate = 96;
    config.heads = 4;
    config.kvHeads = 2;
    config.headDim = 16;
    return config;
}

const AcceleratorShape shape{.card = {.cores = 4, .lanes = 16, .ports = 4, .rows = 8},
                             .maxColumns = 128,
                             .maxOutputs = 256,
                             .maxHidden = 64,
                             .maxPositions = 128,
                             .maxHeads = 4};

StepModel model(const StreamTiming &memory = {.latency = 30, .cyclesPerBeat = 2})
{
    const Result<StepProgram> program =
        StepProgram::of(QuantisedModel::outline(config(), stride), shape, shape.card.rows, positions);
    if (!program)
        qFatal("%s", program.error().message.c_str());
    return {*program, shape, memory};
}

std::vector<RowDescriptor> decoding(int count)
{
    std::vector<RowDescriptor> rows;
    for (int r = 0; r < count; ++r)
        rows.push_back({.sequence = r,
                        .position = positions - 1,
                        .earlier = positions - 1 - stride,
                        .partner = r,
                        .measured = true,
                        .stores = true,
                        .wanted = true});
    return rows;
}

/// The rows go in two halves under `Split`, and together under `Static`: two are fewer than the cores.
StepTimes timed(int rows, DrsPolicy policy, std::vector<std::uint32_t> replays)
{
    const auto descriptors = decoding(rows);
    const Result<StepTimes> times = model().time({.rows = descriptors, .drs = policy}, replays, true);
    if (!times)
        qFatal("%s", times.error().message.c_str());
    return *times;
}

std::int64_t cyclesOf(const StepTimes &times, CardUnit unit, std::size_t index)
{
    std::int64_t cycles = 0;
    for (const CardSpan &span : times.spans)
        if (span.unit == unit && span.index == index)
            cycles += span.end - span.begin;
    return cycles;
}

} // namespace

class TestStepModel : public QObject {
    Q_OBJECT

private slots:
    void spansAreWhatIsCounted_data();
    void spansAreWhatIsCounted();
    void everyPartOfEveryLayerHasItsSpans_data() { spansAreWhatIsCounted_data(); }
    void everyPartOfEveryLayerHasItsSpans();
    void anMlpThatAllRowsReplayIsNotRead();
    void coresSayWhoseWorkTheyDo();
    void stepsDoNotDependOnThoseBefore();
    void slowerMemoryTakesLonger();
    void wrongStepsAreRefused();
};

void TestStepModel::spansAreWhatIsCounted_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<DrsPolicy>("policy");
    QTest::newRow("halves") << 6 << DrsPolicy::Split;
    QTest::newRow("together") << 2 << DrsPolicy::Static;
}

void TestStepModel::spansAreWhatIsCounted()
{
    QFETCH(int, rows);
    QFETCH(DrsPolicy, policy);
    const StepTimes times = timed(rows, policy, {0b1, 0b11, 0});
    const CardCounters &counted = times.counters;
    for (std::size_t c = 0; c < 4; ++c)
        QCOMPARE(cyclesOf(times, CardUnit::Core, c), counted.coreBusy[c]);
    for (std::size_t p = 0; p < 4; ++p)
        QCOMPARE(cyclesOf(times, CardUnit::Port, p), 2 * counted.beatsRead[p]);
    QCOMPARE(cyclesOf(times, CardUnit::Vector, 0), counted.vectorBusy);

    std::map<std::pair<CardUnit, int>, std::int64_t> end;
    for (const CardSpan &span : times.spans) {
        std::int64_t &before = end[{span.unit, span.index}];
        QVERIFY(span.begin >= before && span.begin < span.end && span.end <= counted.cycles + 1);
        before = span.end;
    }
}

void TestStepModel::everyPartOfEveryLayerHasItsSpans()
{
    QFETCH(int, rows);
    QFETCH(DrsPolicy, policy);
    const StepTimes times = timed(rows, policy, {0b1, 0b10, 0b1});
    std::set<std::tuple<CardUnit, CardSpan::Work, int>> seen;
    for (const CardSpan &span : times.spans)
        seen.insert({span.unit, span.work, span.layer});
    using Work = CardSpan::Work;
    for (int layer = 0; layer < layers; ++layer) {
        for (const Work work : {Work::Qkv, Work::Output, Work::GateUp, Work::Down})
            for (const CardUnit unit : {CardUnit::Core, CardUnit::Port})
                QVERIFY(seen.contains({unit, work, layer}));
        for (const Work work : {Work::Norm, Work::Heads, Work::Output, Work::Add, Work::Silu, Work::Replay})
            QVERIFY(seen.contains({CardUnit::Vector, work, layer}));
        QVERIFY(seen.contains({CardUnit::Attention, Work::Attention, layer}));
        QVERIFY(seen.contains({CardUnit::Gate, Work::Gate, layer}));
    }
    QVERIFY(seen.contains({CardUnit::Vector, Work::Load, 0}));
    QVERIFY(std::none_of(seen.begin(), seen.end(), [](const auto &of) {
        return std::get<int>(of) < 0 || std::get<int>(of) >= layers;
    }));
}

void TestStepModel::anMlpThatAllRowsReplayIsNotRead()
{
    const StepTimes times = timed(2, DrsPolicy::Split, {0, 0b11, 0});
    for (const CardSpan &span : times.spans)
        QVERIFY(span.layer != 1 ||
                (span.work != CardSpan::Work::GateUp && span.work != CardSpan::Work::Down));
    QCOMPARE(times.counters.rowsReplayed, std::int64_t{2});
    QCOMPARE(times.counters.rowsComputed, std::int64_t{4});
}

void TestStepModel::coresSayWhoseWorkTheyDo()
{
    const auto mlp = [](const CardSpan &span) {
        return span.unit == CardUnit::Core && span.work == CardSpan::Work::GateUp;
    };
    int seen = 0;
    const StepTimes fixed =
        timed(4, DrsPolicy::Static, {0, 0b0100, 0}); // a row a core; row 2 replays in layer 1
    for (const CardSpan &span : fixed.spans)
        if (mlp(span)) {
            QCOMPARE(int{span.row}, int{span.index});
            QVERIFY(span.layer != 1 || span.row != 2);
            ++seen;
        }
    QVERIFY(seen >= 3 * 4 - 1);
    const StepTimes two =
        timed(5, DrsPolicy::Static, {0, 0b0010, 0}); // two rows a core; row 1 replays in layer 1
    for (const CardSpan &span : two.spans)
        if (mlp(span) && span.index == 0) {
            QCOMPARE(int{span.row}, span.layer == 1 ? 0 : -1);
            QCOMPARE(span.rows, span.layer == 1 ? 0u : 0b11u);
        }
    const StepTimes split =
        timed(2, DrsPolicy::Split, {0, 0, 0}); // one row after the other, each on all cores
    std::uint32_t rowsOfCore[4] = {};
    for (const CardSpan &span : split.spans)
        if (mlp(span)) {
            QVERIFY(span.row >= 0);
            rowsOfCore[span.index] |= 1u << span.row;
        }
    for (const std::uint32_t rows : rowsOfCore)
        QCOMPARE(rows, 0b11u);
}

void TestStepModel::stepsDoNotDependOnThoseBefore()
{
    const StepModel once = model();
    const auto six = decoding(6), two = decoding(2);
    const std::vector<std::uint32_t> replays{1, 2, 3};
    const Result<StepTimes> first = once.time({.rows = six}, replays, false);
    QVERIFY(once.time({.rows = two}, replays, false));
    const Result<StepTimes> again = once.time({.rows = six}, replays, true);
    QVERIFY(first && again && first->counters == again->counters);
    QVERIFY(first->spans.empty() && !again->spans.empty());
}

void TestStepModel::slowerMemoryTakesLonger()
{
    const auto rows = decoding(2);
    const std::vector<std::uint32_t> none(layers);
    std::int64_t before = 0;
    for (const StreamTiming &memory :
         {StreamTiming{.latency = 10, .cyclesPerBeat = 1}, StreamTiming{.latency = 60, .cyclesPerBeat = 1},
          StreamTiming{.latency = 60, .cyclesPerBeat = 8}}) {
        const Result<StepTimes> times = model(memory).time({.rows = rows}, none, false);
        QVERIFY(times && times->counters.cycles > before);
        before = times->counters.cycles;
    }
}

void TestStepModel::wrongStepsAreRefused()
{
    const auto rows = decoding(9);
    const std::vector<std::uint32_t> none(layers);
    const Result<StepTimes> tooMany = model().time({.rows = rows}, none, false);
    QVERIFY(!tooMany);
    QCOMPARE(QString::fromStdString(tooMany.error().message), "The card takes 1 to 8 rows, but there are 9.");
    const Result<StepTimes> tooFew =
        model().time({.rows = std::span(rows).first(2)}, std::span(none).first(2), false);
    QVERIFY(!tooFew);
    QCOMPARE(QString::fromStdString(tooFew.error().message),
             "The program has 3 layers, but there are decisions of 2.");
}

QTEST_APPLESS_MAIN(TestStepModel)
#include "test_step_model.moc"
