// SPDX-License-Identifier: Apache-2.0
//
// Whole steps and a whole clip on the circuit, against the modelled card, bit for bit: states, scores and
// decisions.
#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"
#include "fpga/host/accelerator_card.h"
#include "fpga/host/modelled_card.h"
#include "fpga/simulation/simulated_link.h"
#include "Vaccelerator_four_ports.h"

#include <QTest>

#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

const AcceleratorShape fourPorts{.card = {.cores = 4, .lanes = 16, .ports = 4, .rows = 32},
                                 .maxColumns = 192,
                                 .maxOutputs = 384,
                                 .maxHidden = 64,
                                 .maxPositions = 128,
                                 .maxHeads = 4};

std::shared_ptr<const QuantisedModel> golden()
{
    Result<std::shared_ptr<const Checkpoint>> checkpoint =
        Checkpoint::open(FASTCAR_TEST_DATA "/golden/checkpoint");
    if (!checkpoint)
        qFatal("%s", checkpoint.error().message.c_str());
    const ModelConfig &config = (*checkpoint)->config();
    return std::make_shared<const QuantisedModel>(
        QuantisedModel::of(config.backbone, config.stride(), (*checkpoint)->weights().backbone));
}

/// Two cards that are given the same steps.
class Pair {
public:
    Pair(std::shared_ptr<const QuantisedModel> model, const MemoryTiming &timing, int sequences,
         int positions)
        : model_(std::move(model))
        , pool_(1)
        , modelled_(model_, fourPorts.card, pool_)
        , circuit_(model_, fourPorts,
                   std::make_unique<SimulatedLink<Vaccelerator_four_ports>>(fourPorts, timing))
    {
        if (const auto done = modelled_.begin(sequences, positions); !done)
            qFatal("%s", done.error().message.c_str());
        if (const auto done = circuit_.begin(sequences, positions); !done)
            qFatal("%s", done.error().message.c_str());
    }

    /// Empty where both say the same.
    QString run(const CardStep &step)
    {
        const Result<CardReport> expected = modelled_.run(step);
        const Result<CardReport> actual = circuit_.run(step);
        if (!expected || !actual)
            return QString::fromStdString((expected ? actual : expected).error().message);
        const std::size_t rows = step.rows.size(), layers = model_->layers.size();
        for (std::size_t layer = 0; layer < layers; ++layer) {
            for (std::size_t r = 0; r < rows; ++r)
                if (actual->tas[layer * rows + r] != expected->tas[layer * rows + r])
                    return QString("TAS of layer %1 row %2: %3 instead of %4")
                        .arg(layer)
                        .arg(r)
                        .arg(actual->tas[layer * rows + r])
                        .arg(expected->tas[layer * rows + r]);
            if (actual->replays[layer] != expected->replays[layer])
                return QString("decisions of layer %1: %2 instead of %3")
                    .arg(layer)
                    .arg(actual->replays[layer], 0, 16)
                    .arg(expected->replays[layer], 0, 16);
            replayed += std::popcount(expected->replays[layer]);
        }
        const auto width = static_cast<std::size_t>(model_->config.hidden);
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t i = 0; step.rows[r].wanted && i < width; ++i)
                if (actual->hidden[r * width + i] != expected->hidden[r * width + i])
                    return QString("state of row %1, element %2: %3 instead of %4")
                        .arg(r)
                        .arg(i)
                        .arg(actual->hidden[r * width + i])
                        .arg(expected->hidden[r * width + i]);
        if (actual->weightBytesRead != expected->weightBytesRead)
            return "bytes of weights";
        return {};
    }
    int replayed = 0; // so far

private:
    std::shared_ptr<const QuantisedModel> model_;
    ThreadPool pool_;
    ModelledCard modelled_;
    AcceleratorCard circuit_;
};

std::vector<std::int32_t> embeddings(std::mt19937 &random, std::size_t count)
{
    std::vector<std::int32_t> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<std::int32_t>(random() % 131072) - 65536);
    return values;
}

} // namespace

class TestAccelerator : public QObject {
    Q_OBJECT

private slots:
    void aClipIsTheModelledCards_data();
    void aClipIsTheModelledCards();
    void aModelThatIsTooLargeIsRefused();
};

void TestAccelerator::aClipIsTheModelledCards_data()
{
    QTest::addColumn<int>("sequences");
    QTest::addColumn<GateRule>("gate");
    QTest::addColumn<bool>("rotated");
    QTest::addColumn<AttentionSpan>("attention");
    QTest::addColumn<MemoryTiming>("memory");
    QTest::newRow("two rows, each for itself")
        << 2 << GateRule::Row << false << AttentionSpan{} << MemoryTiming{};
    QTest::newRow("three rows, all or none, the paper's score, memory that stalls")
        << 3 << GateRule::All << true << AttentionSpan{}
        << MemoryTiming{.latency = 20, .beats = 1, .cycles = 2, .stalls = 0.2, .seed = 7};
    QTest::newRow("five rows, the partner decides, a window")
        << 5 << GateRule::Conditional << false << AttentionSpan{.windowed = true, .sinks = 3, .window = 18}
        << MemoryTiming{.latency = 90};
    QTest::newRow("four rows, the mean decides")
        << 4 << GateRule::Mean << false << AttentionSpan{} << MemoryTiming{.latency = 1};
}

void TestAccelerator::aClipIsTheModelledCards()
{
    QFETCH(int, sequences);
    QFETCH(GateRule, gate);
    QFETCH(bool, rotated);
    QFETCH(AttentionSpan, attention);
    QFETCH(MemoryTiming, memory);
    const auto model = golden();
    const int prompt = 9, frames = 3, stride = model->stride;
    std::mt19937 random(static_cast<unsigned>(sequences));
    Pair pair(model, memory, sequences, prompt + frames * stride);
    const auto width = static_cast<std::size_t>(model->config.hidden);

    for (int s = 0; s < sequences; ++s) {
        std::vector<RowDescriptor> rows;
        for (int p = 0; p < prompt; ++p)
            rows.push_back({.sequence = s, .position = p, .partner = p, .wanted = p == prompt - 1});
        const auto input = embeddings(random, rows.size() * width);
        const QString difference = pair.run({.rows = rows, .input = input});
        QVERIFY2(difference.isEmpty(), qPrintable(QString("prompt %1: %2").arg(s).arg(difference)));
    }
    std::vector<LayerThreshold> thresholds;
    for (std::size_t layer = 0; layer < model->layers.size(); ++layer)
        thresholds.push_back({.kind = static_cast<LayerThreshold::Kind>(layer % 4 == 3   ? 2
                                                                        : layer % 4 == 2 ? 0
                                                                                         : 1),
                              .value = static_cast<std::int32_t>(random() % 4096) - 2048});
    for (int token = 0; token < frames * stride; ++token) {
        std::vector<RowDescriptor> rows;
        for (int s = 0; s < sequences; ++s)
            rows.push_back({.sequence = s,
                            .position = prompt + token,
                            .slot = token % stride,
                            .earlier = prompt + token - stride,
                            .partner = gate == GateRule::Row ? s : (s + 1) % sequences,
                            .measured = token >= stride,
                            .stores = true,
                            .wanted = true});
        const auto input = embeddings(random, rows.size() * width);
        const QString difference = pair.run({.rows = rows,
                                             .input = input,
                                             .gate = gate,
                                             .rotatedQuery = rotated,
                                             .thresholds = thresholds,
                                             .attention = attention});
        QVERIFY2(difference.isEmpty(), qPrintable(QString("token %1: %2").arg(token).arg(difference)));
    }
    QVERIFY(pair.replayed > 0);
}

void TestAccelerator::aModelThatIsTooLargeIsRefused()
{
    const auto program = StepProgram::of(*golden(), fourPorts, 2, 4000);
    QVERIFY(!program);
    QCOMPARE(QString::fromStdString(program.error().message),
             "The model does not fit this accelerator: it needs 4000 positions, and there are 128.");
}

QTEST_APPLESS_MAIN(TestAccelerator)
#include "test_accelerator.moc"
