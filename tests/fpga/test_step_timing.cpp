// SPDX-License-Identifier: Apache-2.0
//
// The cycle model of a whole step against the circuit: every counter of every step, over models, rows,
// attention, policies and memories drawn by seeds.
#include "fpga/host/accelerator_card.h"
#include "fpga/simulation/simulated_link.h"
#include "fpga/timing/step_timing.h"
#include "tests/fpga/small_accelerators.h"
#include "Vaccelerator_four_ports.h"
#include "Vaccelerator_wide_heads.h"

#include <QTest>

#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

/// Draws whatever a step depends on.
class Draws {
public:
    explicit Draws(unsigned seed)
        : random_(seed)
    {
    }
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    int from(int least, int most) { return least + below(most - least + 1); }
    bool once(int in) { return below(in) == 0; }

    BackboneConfig config(const AcceleratorShape &shape)
    {
        BackboneConfig config;
        config.layers = from(1, 4);
        config.hidden = 16 * from(1, shape.maxHidden / 16);
        config.intermediate = 8 * from(1, std::min(shape.maxOutputs / 2, shape.maxColumns) / 8);
        do {
            config.headDim = 16 * from(1, shape.maxHeadDim / 16);
            config.kvHeads = from(1, shape.maxHeads);
            config.heads = config.kvHeads * from(1, shape.maxHeads / config.kvHeads);
        } while (config.heads * config.headDim > shape.maxColumns ||
                 (config.heads + 2 * config.kvHeads) * config.headDim > shape.maxOutputs);
        return config;
    }

    /// Any weights: they decide nothing here but, with the thresholds, what replays.
    QuantisedModel model(const BackboneConfig &config, int stride)
    {
        QuantisedModel model = QuantisedModel::outline(config, stride);
        for (QuantisedLayer &layer : model.layers)
            for (QuantisedMatrix *matrix :
                 {&layer.queryKeyValue, &layer.output, &layer.gateUp, &layer.down}) {
                for (int i = matrix->rows * matrix->columns; i > 0; --i)
                    matrix->values.push_back(static_cast<std::int8_t>(from(-127, 127)));
                matrix->scales.resize(static_cast<std::size_t>(matrix->rows), scaleOf(0.01));
            }
        return model;
    }

    std::vector<RowDescriptor> rows(int most, int sequences, int positions, int stride)
    {
        std::vector<RowDescriptor> rows(static_cast<std::size_t>(once(2) ? from(1, 4) : from(1, most)));
        const bool decode = !once(4);
        for (RowDescriptor &row : rows) {
            row.sequence = below(sequences);
            row.position = once(3) ? below(positions) : positions - 1 - below(std::min(positions, 8));
            row.slot = below(stride);
            row.earlier = below(row.position + 1);
            row.partner = below(static_cast<int>(rows.size()));
            row.measured = decode && !once(4);
            row.stores = decode && !once(3);
            row.wanted = !once(3);
        }
        return rows;
    }

    std::vector<LayerThreshold> thresholds(int layers)
    {
        std::vector<LayerThreshold> thresholds;
        for (int layer = 0; layer < layers; ++layer)
            thresholds.push_back({.kind = static_cast<LayerThreshold::Kind>(below(3)),
                                  .value = static_cast<std::int32_t>(below(4096)) - 2048});
        return thresholds;
    }

    std::vector<std::int32_t> numbers(std::size_t count)
    {
        std::vector<std::int32_t> numbers;
        for (std::size_t i = 0; i < count; ++i)
            numbers.push_back(from(-65536, 65536));
        return numbers;
    }

private:
    std::mt19937 random_;
};

QString text(const CardCounters &c)
{
    const auto list = [](const std::vector<std::int64_t> &values) {
        QStringList words;
        for (const std::int64_t value : values)
            words << QString::number(value);
        return words.join('/');
    };
    return QString("cycles %1 vector %2 matrix %3 mapping %4 any core %5 stream %6 full %7 empty %8 ")
               .arg(c.cycles)
               .arg(c.vectorBusy)
               .arg(c.matrixRunning)
               .arg(c.mapping)
               .arg(c.anyCoreBusy)
               .arg(c.streamBeats)
               .arg(c.streamFull)
               .arg(c.streamEmpty) +
           QString("any attention %1 heads %2 attend %3 gate %4 both %5 computed %6 replayed %7 ")
               .arg(c.anyAttention)
               .arg(c.inHeads)
               .arg(c.inAttend)
               .arg(c.inGate)
               .arg(c.coresBesideAttention)
               .arg(c.rowsComputed)
               .arg(c.rowsReplayed) +
           QString("read %1 written %2 attention %3 cores %4 wait weights %5 wait packets %6")
               .arg(list(c.beatsRead), list(c.beatsWritten), list(c.attention), list(c.coreBusy),
                    list(c.coreWaitsWeights), list(c.coreWaitsPackets));
}

struct Tally {
    int layers = 0;
    std::int64_t cycles = 0;
} tally;

/// A model on a card with a memory, and some steps.
template <typename Model>
void compare(const AcceleratorShape &shape, unsigned seed)
{
    Draws draws(seed);
    const BackboneConfig config = draws.config(shape);
    const int sequences = draws.from(1, 3), positions = draws.from(1, shape.maxPositions),
              stride = draws.from(1, 4);
    const StreamTiming memory{.latency = draws.below(100),
                              .cyclesPerBeat = draws.once(2) ? 1 : draws.from(1, 12)};
    const auto model = std::make_shared<const QuantisedModel>(draws.model(config, stride));
    AcceleratorCard card(model, shape,
                         std::make_unique<SimulatedLink<Model>>(
                             shape, MemoryTiming{.latency = memory.latency, .cycles = memory.cyclesPerBeat}));
    if (const Result<void> begun = card.begin(sequences, positions); !begun)
        QFAIL(begun.error().message.c_str());
    const Result<StepProgram> program =
        StepProgram::of(QuantisedModel::outline(config, stride), shape, sequences, positions);
    if (!program)
        QFAIL(program.error().message.c_str());
    const StepModel timing(*program, shape, memory);

    for (int n = 0; n < 3; ++n) {
        const std::vector<RowDescriptor> rows = draws.rows(shape.card.rows, sequences, positions, stride);
        const std::vector<LayerThreshold> thresholds = draws.thresholds(config.layers);
        const std::vector<std::int32_t> input =
            draws.numbers(rows.size() * static_cast<std::size_t>(config.hidden));
        const CardStep step{.rows = rows,
                            .input = input,
                            .gate = static_cast<GateRule>(draws.below(4)),
                            .rotatedQuery = draws.once(3),
                            .thresholds = thresholds,
                            .attention = {.windowed = draws.once(2),
                                          .sinks = draws.below(20),
                                          .window = draws.from(1, positions)},
                            .drs = static_cast<DrsPolicy>(draws.below(3))};
        const Result<CardReport> report = card.run(step);
        if (!report)
            QFAIL(report.error().message.c_str());
        const CardCounters &counted = *report->counters;
        const Result<StepTimes> modelled = timing.time(step, report->replays, false);
        if (!modelled)
            QFAIL(modelled.error().message.c_str());
        if (counted != modelled->counters)
            QFAIL(qPrintable(QString("seed %1 step %2: %3 rows, latency %4, %5 cycles a beat, width %6, MLP "
                                     "%7, heads %8/%9 of %10\n  circuit %11\n  model   %12")
                                 .arg(seed)
                                 .arg(n)
                                 .arg(rows.size())
                                 .arg(memory.latency)
                                 .arg(memory.cyclesPerBeat)
                                 .arg(config.hidden)
                                 .arg(config.intermediate)
                                 .arg(config.heads)
                                 .arg(config.kvHeads)
                                 .arg(config.headDim)
                                 .arg(text(counted), text(modelled->counters))));
        tally.layers += config.layers;
        tally.cycles += counted.cycles;
    }
}

} // namespace

class TestStepTiming : public QObject {
    Q_OBJECT

private slots:
    void everyCounterIsTheCircuits_data();
    void everyCounterIsTheCircuits();
    void cleanupTestCase();
};

void TestStepTiming::everyCounterIsTheCircuits_data()
{
    QTest::addColumn<bool>("four");
    QTest::addColumn<unsigned>("seed");
    // More of them: the target fastcar_step_timing_many.
    bool many = false;
    const int asked = qEnvironmentVariableIntValue("FASTCAR_STEP_TIMING_SEEDS", &many);
    for (int seed = 1; seed <= (many ? asked : 16); ++seed)
        for (const bool four : {true, false})
            QTest::addRow("%s, seed %d", four ? "four ports" : "wide heads", seed)
                << four << static_cast<unsigned>(seed);
}

void TestStepTiming::everyCounterIsTheCircuits()
{
    QFETCH(bool, four);
    QFETCH(unsigned, seed);
    if (four)
        compare<Vaccelerator_four_ports>(fourPorts, seed);
    else
        compare<Vaccelerator_wide_heads>(wideHeads, seed);
}

void TestStepTiming::cleanupTestCase()
{
    qInfo("%d layers, %lld cycles", tally.layers, static_cast<long long>(tally.cycles));
}

QTEST_APPLESS_MAIN(TestStepTiming)
#include "test_step_timing.moc"
