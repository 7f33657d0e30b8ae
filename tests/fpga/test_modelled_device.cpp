// SPDX-License-Identifier: Apache-2.0
//
// The modelled accelerator as a device of the engine: near the float engine, exact in what it promises.
#include "engine/backend/devices.h"
#include "engine/backend/thread_pool.h"
#include "engine/decode/forward.h"
#include "fpga/host/accelerator_backbone.h"
#include "fpga/host/fpga_devices.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fastcar;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

Model golden()
{
    Result<Model> model = Model::open(FASTCAR_TEST_DATA "/golden/checkpoint");
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return *model;
}

ForwardResult run(const Model &model, const std::string &device, std::optional<float> threshold = {},
                  GateMode gate = GateMode::Row, int threads = 2, AttentionSpan attention = {})
{
    const ModelConfig &config = model.checkpoint->config();
    std::vector<std::int32_t> codes(static_cast<std::size_t>(3 * config.stride() * config.depth.depth));
    for (std::size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<std::int32_t>(i * 7 % static_cast<std::size_t>(config.depth.codes));
    ReplayPolicy policy{.gate = gate, .thresholds = {}};
    if (threshold)
        policy.thresholds.assign(static_cast<std::size_t>(config.backbone.layers), threshold);
    ThreadPool pool(threads);
    Result<ForwardResult> result = forward(
        model, {.prompt = "a cat", .replay = policy, .attention = attention, .device = device}, codes, pool);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return *result;
}

/// Mean over codes of sum p log(p / q), p the softmax of `reference`, nats.
double divergence(const ForwardResult &reference, const ForwardResult &other, int codes)
{
    double total = 0.0;
    const auto width = static_cast<std::size_t>(codes);
    const std::size_t count = reference.logits.size() / width;
    for (std::size_t at = 0; at < reference.logits.size(); at += width) {
        double mass[2] = {0.0, 0.0};
        for (std::size_t i = 0; i < width; ++i) {
            mass[0] += std::exp(double{reference.logits[at + i]});
            mass[1] += std::exp(double{other.logits[at + i]});
        }
        for (std::size_t i = 0; i < width; ++i) {
            const double p = reference.logits[at + i] - std::log(mass[0]);
            total += std::exp(p) * (p - (other.logits[at + i] - std::log(mass[1])));
        }
    }
    return total / static_cast<double>(count);
}

} // namespace

class TestModelledDevice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { fpga::registerFpgaDevices(); }
    void itIsListedAsUsable();
    void itsLogitsAreNearTheFloatEngines();
    void itsScoresAreNearTheFloatEngines();
    void itDoesNotDependOnThreads();
    void replayingEverythingReplaysWhatIsEligible();
    void aThresholdThatNothingPassesChangesNothing();
    void jointGatesAgreeWithinAVideo_data();
    void jointGatesAgreeWithinAVideo();
    void aWindowChangesTheResultAndAWholeOneDoesNot();
    void thresholdsAreComparedAsTheEngineDoes();
    void tooManyVideosAreRefusedWithTheNumberThatFits();
};

void TestModelledDevice::itIsListedAsUsable()
{
    const std::vector<DeviceInfo> devices = listDevices();
    QVERIFY(std::any_of(devices.begin(), devices.end(), [](const DeviceInfo &device) {
        return device.name == "fpga-modelled" && device.usable;
    }));
}

void TestModelledDevice::itsLogitsAreNearTheFloatEngines()
{
    const Model model = golden();
    const double nats =
        divergence(run(model, "cpu"), run(model, "fpga-modelled"), model.checkpoint->config().depth.codes);
    QVERIFY2(nats >= 0.0 && nats < 0.02, qPrintable(QString("%1 nats a code").arg(nats)));
}

/// Of the first layer, whose input both engines share: int8 queries, keys and activations cost about a half
/// percent each.
void TestModelledDevice::itsScoresAreNearTheFloatEngines()
{
    const Model model = golden();
    const ForwardResult cpu = run(model, "cpu"), modelled = run(model, "fpga-modelled");
    const std::size_t ofFirstLayer = 2 * static_cast<std::size_t>(cpu.tokens);
    double error = 0.0, size = 0.0;
    for (std::size_t i = 0; i < cpu.tas.size(); ++i) {
        QCOMPARE(std::isnan(modelled.tas[i]), std::isnan(cpu.tas[i]));
        if (std::isnan(cpu.tas[i]) || i >= ofFirstLayer)
            continue;
        error += std::pow(modelled.tas[i] - cpu.tas[i], 2);
        size += std::pow(cpu.tas[i], 2);
    }
    QVERIFY2(error < std::pow(0.02, 2) * size, qPrintable(QString::number(std::sqrt(error / size))));
}

void TestModelledDevice::itDoesNotDependOnThreads()
{
    const Model model = golden();
    const ForwardResult one = run(model, "fpga-modelled", 0.0f, GateMode::Row, 1);
    const ForwardResult three = run(model, "fpga-modelled", 0.0f, GateMode::Row, 3);
    QVERIFY(one.hidden == three.hidden);
    QVERIFY(one.replayed == three.replayed);
}

void TestModelledDevice::replayingEverythingReplaysWhatIsEligible()
{
    const ForwardResult all = run(golden(), "fpga-modelled", -infinity);
    QCOMPARE(all.replay.all().replayed, all.replay.all().eligible);
    QVERIFY(all.replay.all().eligible > 0);
    QCOMPARE(all.replay.fullySkippedLayers() * 2, all.replay.all().replayed);
}

void TestModelledDevice::aThresholdThatNothingPassesChangesNothing()
{
    const Model model = golden();
    const ForwardResult dense = run(model, "fpga-modelled"), measured = run(model, "fpga-modelled", infinity);
    QVERIFY(dense.hidden == measured.hidden);
    QCOMPARE(measured.replay.all().replayed, 0);
}

void TestModelledDevice::jointGatesAgreeWithinAVideo_data()
{
    QTest::addColumn<int>("gate");
    QTest::newRow("all") << static_cast<int>(GateMode::All);
    QTest::newRow("cond") << static_cast<int>(GateMode::Conditional);
    QTest::newRow("mean") << static_cast<int>(GateMode::Mean);
}

void TestModelledDevice::jointGatesAgreeWithinAVideo()
{
    QFETCH(int, gate);
    const Model model = golden();
    const ForwardResult result = run(model, "fpga-modelled", 0.0f, static_cast<GateMode>(gate));
    const auto tokens = static_cast<std::size_t>(result.tokens);
    int replays = 0;
    for (std::size_t layer = 0; layer < result.replayed.size() / (2 * tokens); ++layer)
        for (std::size_t j = 0; j < tokens; ++j) {
            const std::size_t at = 2 * layer * tokens + j;
            QCOMPARE(result.replayed[at], result.replayed[at + tokens]);
            replays += result.replayed[at];
            if (static_cast<GateMode>(gate) == GateMode::Conditional && !std::isnan(result.tas[at]))
                QCOMPARE(result.replayed[at] != 0, result.tas[at] > 0.0f);
        }
    QVERIFY(replays > 0);
}

void TestModelledDevice::aWindowChangesTheResultAndAWholeOneDoesNot()
{
    const Model model = golden();
    const ForwardResult full = run(model, "fpga-modelled");
    const auto windowed = [&](int sinks, int window) {
        return run(model, "fpga-modelled", {}, GateMode::Row, 2,
                   {.windowed = true, .sinks = sinks, .window = window});
    };
    QVERIFY(windowed(0, 10000).hidden == full.hidden);
    QVERIFY(windowed(4, 8).hidden != full.hidden);
}

void TestModelledDevice::thresholdsAreComparedAsTheEngineDoes()
{
    using fpga::layerThreshold;
    using Kind = fpga::LayerThreshold::Kind;
    QVERIFY(layerThreshold({}).kind == Kind::Never);
    QVERIFY(layerThreshold(-infinity).kind == Kind::Always);
    QCOMPARE(layerThreshold(infinity).value, std::numeric_limits<std::int32_t>::max());
    QCOMPARE(layerThreshold(1.0f).value, 65536);
    QCOMPARE(layerThreshold(-1.00001f).value, -65537); // -1 passes it
}

void TestModelledDevice::tooManyVideosAreRefusedWithTheNumberThatFits()
{
    ThreadPool pool(1);
    auto backbone = createBackbone("fpga-modelled", golden().checkpoint, pool);
    QVERIFY(backbone.ok());
    const Result<void> begun = (*backbone)->begin({.videos = 17, .guided = true}, 8, 8);
    QVERIFY(!begun);
    QVERIFY(begun.error().message.find("32") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestModelledDevice)
#include "test_modelled_device.moc"
