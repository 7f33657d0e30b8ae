// SPDX-License-Identifier: Apache-2.0
//
// Whole steps and a whole clip on the circuit, against the modelled card, bit for bit: states, scores and
// decisions.
#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"
#include "fpga/host/accelerator_card.h"
#include "fpga/host/modelled_card.h"
#include "fpga/simulation/simulated_link.h"
#include "tests/backend/random_weights.h"
#include "tests/fpga/small_accelerators.h"
#include "Vaccelerator_four_ports.h"
#include "Vaccelerator_wide_heads.h"

#include <QTest>

#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

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
template <typename Circuit>
class Pair {
public:
    Pair(std::shared_ptr<const QuantisedModel> model, const AcceleratorShape &shape,
         const MemoryTiming &timing, int sequences, int positions)
        : model_(std::move(model))
        , pool_(1)
        , modelled_(model_, shape.card, pool_)
        , circuit_(model_, shape, std::make_unique<SimulatedLink<Circuit>>(shape, timing))
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

struct Clip {
    int sequences = 1;
    GateRule gate = GateRule::Row;
    bool rotatedQuery = false;
    AttentionSpan attention;
    MemoryTiming memory;
    int prompt = 9;
    int frames = 2;
};

/// Prompts, then frames of random tokens with thresholds of all kinds. Empty where both cards say the same
/// all along.
template <typename Circuit>
QString differenceOver(const Clip &clip, std::shared_ptr<const QuantisedModel> model,
                       const AcceleratorShape &shape)
{
    const int stride = model->stride;
    std::mt19937 random(static_cast<unsigned>(clip.sequences));
    Pair<Circuit> pair(model, shape, clip.memory, clip.sequences, clip.prompt + clip.frames * stride);
    const auto width = static_cast<std::size_t>(model->config.hidden);
    for (int s = 0; s < clip.sequences; ++s) {
        std::vector<RowDescriptor> rows;
        for (int p = 0; p < clip.prompt; ++p)
            rows.push_back({.sequence = s, .position = p, .partner = p, .wanted = p == clip.prompt - 1});
        const auto input = embeddings(random, rows.size() * width);
        const QString difference = pair.run({.rows = rows, .input = input});
        if (!difference.isEmpty())
            return QString("prompt %1: %2").arg(s).arg(difference);
    }
    std::vector<LayerThreshold> thresholds;
    for (std::size_t layer = 0; layer < model->layers.size(); ++layer)
        thresholds.push_back({.kind = static_cast<LayerThreshold::Kind>(layer % 4 == 3   ? 2
                                                                        : layer % 4 == 2 ? 0
                                                                                         : 1),
                              .value = static_cast<std::int32_t>(random() % 4096) - 2048});
    for (int token = 0; token < clip.frames * stride; ++token) {
        std::vector<RowDescriptor> rows;
        for (int s = 0; s < clip.sequences; ++s)
            rows.push_back({.sequence = s,
                            .position = clip.prompt + token,
                            .slot = token % stride,
                            .earlier = clip.prompt + token - stride,
                            .partner = clip.gate == GateRule::Row ? s : (s + 1) % clip.sequences,
                            .measured = token >= stride,
                            .stores = true,
                            .wanted = true});
        const auto input = embeddings(random, rows.size() * width);
        const QString difference = pair.run({.rows = rows,
                                             .input = input,
                                             .gate = clip.gate,
                                             .rotatedQuery = clip.rotatedQuery,
                                             .thresholds = thresholds,
                                             .attention = clip.attention});
        if (!difference.isEmpty())
            return QString("token %1: %2").arg(token).arg(difference);
    }
    return pair.replayed > 0 ? QString() : "nothing replayed";
}

} // namespace

class TestAccelerator : public QObject {
    Q_OBJECT

private slots:
    void aClipIsTheModelledCards_data();
    void aClipIsTheModelledCards();
    void aClipWithWideHeadsIsTheModelledCards_data();
    void aClipWithWideHeadsIsTheModelledCards();
    void stepsOfAllKindsAreTheModelledCards_data();
    void stepsOfAllKindsAreTheModelledCards();
    void aModelThatIsTooLargeIsRefused();
};

void TestAccelerator::aClipIsTheModelledCards_data()
{
    QTest::addColumn<Clip>("clip");
    QTest::newRow("two rows, each for itself") << Clip{.sequences = 2};
    QTest::newRow("three rows, all or none, the paper's score, memory that stalls")
        << Clip{.sequences = 3,
                .gate = GateRule::All,
                .rotatedQuery = true,
                .memory = {.latency = 20, .beats = 1, .cycles = 2, .stalls = 0.2, .seed = 7}};
    QTest::newRow("five rows, the partner decides, a window")
        << Clip{.sequences = 5,
                .gate = GateRule::Conditional,
                .attention = {.windowed = true, .sinks = 3, .window = 18},
                .memory = {.latency = 90}};
    QTest::newRow("four rows, the mean decides")
        << Clip{.sequences = 4, .gate = GateRule::Mean, .memory = {.latency = 1}};
}

void TestAccelerator::aClipIsTheModelledCards()
{
    QFETCH(Clip, clip);
    const QString difference = differenceOver<Vaccelerator_four_ports>(clip, golden(), fourPorts);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAccelerator::aClipWithWideHeadsIsTheModelledCards_data()
{
    QTest::addColumn<int>("headDim");
    QTest::addColumn<int>("kvHeads");
    QTest::newRow("128 numbers, two query heads a key head") << 128 << 1;
    QTest::newRow("80 numbers") << 80 << 2;
    QTest::newRow("48 numbers, one beat") << 48 << 2;
}

void TestAccelerator::aClipWithWideHeadsIsTheModelledCards()
{
    QFETCH(int, headDim);
    QFETCH(int, kvHeads);
    const BackboneConfig config{.layers = 4,
                                .hidden = 48,
                                .intermediate = 72,
                                .heads = 2,
                                .kvHeads = kvHeads,
                                .headDim = headDim,
                                .vocabulary = 16,
                                .maxPositions = 64};
    const RandomBackbone random(config);
    const auto model = std::make_shared<const QuantisedModel>(QuantisedModel::of(config, 8, random.weights));
    const Clip clip{.sequences = 3, .attention = {.windowed = true, .sinks = 2, .window = 15}, .prompt = 8};
    const QString difference = differenceOver<Vaccelerator_wide_heads>(clip, model, wideHeads);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestAccelerator::stepsOfAllKindsAreTheModelledCards_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<unsigned>("seed");
    for (const int rows : {1, 2, 3, 4, 7, 8, 9, 16, 32})
        QTest::addRow("%d rows", rows) << rows << static_cast<unsigned>(rows);
    QTest::newRow("2 rows again") << 2 << 102u;
    QTest::newRow("5 rows") << 5 << 105u;
    QTest::newRow("32 rows again") << 32 << 132u;
}

/// Prompts and tokens with rows that may replay or not, masks, thresholds, gates, windows and policies by
/// chance, and no state that is left over from the step before.
void TestAccelerator::stepsOfAllKindsAreTheModelledCards()
{
    QFETCH(int, rows);
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const BackboneConfig config{.layers = 3,
                                .hidden = 48,
                                .intermediate = 72,
                                .heads = 4,
                                .kvHeads = 1 << below(3),
                                .headDim = below(2) ? 32 : 16,
                                .vocabulary = 16,
                                .maxPositions = 128};
    const RandomBackbone weights(config, DType::F32, seed);
    constexpr int stride = 2, tokens = 3 * stride;
    const auto model =
        std::make_shared<const QuantisedModel>(QuantisedModel::of(config, stride, weights.weights));
    const int prompt = rows <= 8 ? 1 + below(rows == 1 ? 32 : 12) : 0;
    Pair<Vaccelerator_four_ports> pair(model, fourPorts,
                                       {.latency = 1 + below(60),
                                        .beats = 1,
                                        .cycles = 1 + below(2),
                                        .stalls = below(2) ? 0.2 : 0.0,
                                        .seed = seed},
                                       rows, prompt + tokens);
    const auto width = static_cast<std::size_t>(config.hidden);
    const auto drawn = [&](CardStep step) {
        step.gate = static_cast<GateRule>(below(4));
        step.rotatedQuery = below(2);
        step.drs = static_cast<DrsPolicy>(below(3));
        if (below(2))
            step.attention = {.windowed = true, .sinks = below(3), .window = 1 + below(prompt + tokens)};
        return step;
    };
    for (int s = 0; s < rows && prompt > 0; ++s) {
        std::vector<RowDescriptor> of;
        for (int p = 0; p < prompt; ++p)
            of.push_back({.sequence = s, .position = p, .partner = below(prompt), .wanted = below(2) == 1});
        const auto input = embeddings(random, of.size() * width);
        const QString difference = pair.run(drawn({.rows = of, .input = input}));
        QVERIFY2(difference.isEmpty(), qPrintable(QString("prompt %1: %2").arg(s).arg(difference)));
    }
    for (int token = 0; token < tokens; ++token) {
        std::vector<LayerThreshold> thresholds;
        for (int layer = 0; layer < config.layers; ++layer)
            thresholds.push_back({.kind = static_cast<LayerThreshold::Kind>(below(3)),
                                  .value = static_cast<std::int32_t>(random() % 4096) - 2048});
        std::vector<RowDescriptor> of;
        for (int r = 0; r < rows; ++r)
            of.push_back({.sequence = (r + token) % rows,
                          .position = prompt + token,
                          .slot = token % stride,
                          .earlier = prompt + token - stride,
                          .partner = below(rows),
                          .measured = token >= stride && below(4) != 0,
                          .stores = true,
                          .wanted = below(4) != 0});
        const auto input = embeddings(random, of.size() * width);
        const QString difference = pair.run(drawn({.rows = of, .input = input, .thresholds = thresholds}));
        QVERIFY2(difference.isEmpty(), qPrintable(QString("token %1: %2").arg(token).arg(difference)));
    }
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
