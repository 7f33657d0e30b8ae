// SPDX-License-Identifier: Apache-2.0
//
// The engine against the published modules: every vector set, teacher-forced.
#include "engine/decode/forward.h"
#include "engine/checkpoint/quantise_checkpoint.h"
#include "tests/decode/golden.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstdlib>

using namespace fastcar;

namespace {

/// Relative to an array's largest magnitude. The reference's own two implementations (float32, float64)
/// differ by up to 2e-5; its authors ask for 1e-4.
constexpr double tolerance = 1e-4;

template <typename T>
std::span<const T> values(const std::map<std::string, NpyArray> &arrays, const char *name)
{
    const auto found = arrays.find(name);
    if (found == arrays.end() || !found->second.as<T>())
        qFatal("golden array %s is missing or of another type", name);
    return *found->second.as<T>();
}

/// "tas" holds NaN where a layer has no threshold; "tas_measured" holds the score there too, as ours does.
void compareForward(const ForwardResult &result, const std::map<std::string, NpyArray> &arrays,
                    const char *tas)
{
    const auto hidden = golden::relativeDifference(result.hidden, values<float>(arrays, "hidden"));
    QVERIFY2(hidden <= tolerance, qPrintable(QString("hidden %1").arg(hidden)));
    const auto logits = golden::relativeDifference(result.logits, values<float>(arrays, "logits"));
    QVERIFY2(logits <= tolerance, qPrintable(QString("logits %1").arg(logits)));
    const auto score = golden::relativeDifference(result.tas, values<float>(arrays, tas));
    QVERIFY2(score <= tolerance, qPrintable(QString("tas %1").arg(score)));

    const auto replayed = values<std::uint8_t>(arrays, "replayed");
    QVERIFY(std::equal(replayed.begin(), replayed.end(), result.replayed.begin(), result.replayed.end()));
    const auto promptIds = values<std::int32_t>(arrays, "prompt_ids");
    QVERIFY(std::equal(promptIds.begin(), promptIds.end(), result.promptIds.begin(), result.promptIds.end()));
    const auto uncondIds = values<std::int32_t>(arrays, "uncond_ids");
    QVERIFY(std::equal(uncondIds.begin(), uncondIds.end(), result.uncondIds.begin(), result.uncondIds.end()));

    const auto frames = values<std::uint8_t>(arrays, "frames");
    std::size_t at = 0;
    for (const SharedFrame &frame : result.frames)
        for (const std::uint8_t value : frame->rgb) {
            QVERIFY2(std::abs(int(value) - int(frames[at])) <= 1, qPrintable(QString::number(at)));
            ++at;
        }
    QCOMPARE(at, frames.size());
}

} // namespace

class TestForward : public QObject {
    Q_OBJECT

private slots:
    void everyVectorSetIsReproduced_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<int>("threads");
        for (const auto *setting : {"dense", "measure_only", "tau_p25", "tau_p50", "tau_p75", "always",
                                    "per_layer", "dense_prompt2", "tau_p50_prompt2"})
            for (const int threads : {1, 2})
                QTest::addRow("%s, %d threads", setting, threads) << QString(setting) << threads;
    }

    void everyVectorSetIsReproduced()
    {
        QFETCH(QString, setting);
        QFETCH(int, threads);
        const QJsonObject about = golden::manifest()["settings"].toObject()[setting].toObject();
        const auto arrays = golden::vectors(about["file"].toString().toStdString());
        ThreadPool pool(threads);
        const ForwardSettings settings{.prompt = golden::promptOf(about),
                                       .replay = {.thresholds = golden::thresholdsOf(about)}};
        const auto result = forward(golden::model(), settings, values<std::int32_t>(arrays, "codes"), pool);
        QVERIFY2(result.ok(), result.ok() ? "" : result.error().message.c_str());
        compareForward(*result, arrays, "tas_measured");

        const ReplayCount all = result->replay.all();
        QCOMPARE(all.replayed, about["replayed"].toInt());
        QCOMPARE(all.eligible, about["eligible"].toInt());
        QCOMPARE(all.total, about["all_decisions"].toInt());
    }

    void thePapersScoreIsTheRotatedOne()
    {
        const QJsonObject about = golden::manifest()["settings"].toObject()["dense"].toObject();
        const auto arrays = golden::vectors("vectors/dense.npz");
        ThreadPool pool(2);
        const ForwardSettings settings{.prompt = golden::promptOf(about),
                                       .replay = {.definition = TasDefinition::Paper}};
        const auto result = forward(golden::model(), settings, values<std::int32_t>(arrays, "codes"), pool);
        QVERIFY(result.ok());
        compareForward(*result, arrays, "tas_paper_measured");
    }

    void aThresholdOfPlusInfinityEqualsNoReplayBitForBit()
    {
        const auto arrays = golden::vectors("vectors/dense.npz");
        const auto codes = values<std::int32_t>(arrays, "codes");
        ThreadPool pool(2);
        const auto dense = forward(golden::model(), {.prompt = "a cat"}, codes, pool);
        const std::vector<std::optional<float>> never(4, std::numeric_limits<float>::infinity());
        const auto gated =
            forward(golden::model(), {.prompt = "a cat", .replay = {.thresholds = never}}, codes, pool);
        QVERIFY(dense.ok() && gated.ok());
        QVERIFY(dense->hidden == gated->hidden);
        QVERIFY(dense->logits == gated->logits);
        QCOMPARE(gated->replay.all().replayed, 0);
    }

    void aThresholdOfMinusInfinityReplaysTheWholeCeiling_data()
    {
        QTest::addColumn<int>("gate");
        for (const GateMode gate : {GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean})
            QTest::newRow(toString(gate).c_str()) << static_cast<int>(gate);
    }

    void aThresholdOfMinusInfinityReplaysTheWholeCeiling()
    {
        QFETCH(int, gate);
        const auto arrays = golden::vectors("vectors/dense.npz");
        ThreadPool pool(2);
        const std::vector<std::optional<float>> always(4, -std::numeric_limits<float>::infinity());
        const auto result = forward(
            golden::model(),
            {.prompt = "a cat", .replay = {.gate = static_cast<GateMode>(gate), .thresholds = always}},
            values<std::int32_t>(arrays, "codes"), pool);
        QVERIFY(result.ok());
        const ReplayCount all = result->replay.all();
        constexpr int frames = 4, stride = 16;
        QCOMPARE(all.replayed, all.eligible);
        // Exactly ((T-1)N-1)/(TN-1), as integers.
        QCOMPARE(all.replayed * (frames * stride - 1), all.total * ((frames - 1) * stride - 1));
        QCOMPARE(all.ofAll(), ReplayStatistics::ceiling(frames, stride));
        QCOMPARE(result->replay.fullySkippedLayers(), std::int64_t{4 * ((frames - 1) * stride - 1)});
    }

    void aModelQuantisedAheadComputesWhatQuantisingAtLoadDoes_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("int8") << "int8";
        QTest::newRow("int4") << "int4";
    }

    void aModelQuantisedAheadComputesWhatQuantisingAtLoadDoes()
    {
        QFETCH(QString, format);
        const QTemporaryDir folder;
        const std::filesystem::path ahead = folder.filePath("q").toStdString();
        const QuantiseOptions options{
            .format = *narrowFormatOf(format.toStdString()), .rules = {}, .int8Error = 1.0, .int4Error = 1.0, .progress = {}};
        QVERIFY(quantiseCheckpoint(*golden::model().checkpoint, ahead, options).ok());
        const auto model = Model::open(ahead);
        QVERIFY2(model.ok(), model.ok() ? "" : model.error().message.c_str());

        const QJsonObject about = golden::manifest()["settings"].toObject()["tau_p50"].toObject();
        const auto arrays = golden::vectors(about["file"].toString().toStdString());
        const auto codes = values<std::int32_t>(arrays, "codes");
        ForwardSettings settings{.prompt = golden::promptOf(about),
                                 .replay = {.thresholds = golden::thresholdsOf(about)}};
        ThreadPool two(2), one(1), three(3);
        const auto stored = forward(*model, settings, codes, two);
        settings.device = "cpu:" + format.toStdString();
        const auto atLoad = forward(golden::model(), settings, codes, one);
        const auto storedSo = forward(*model, settings, codes, three); // the device that names the format will do, too
        QVERIFY(stored.ok() && atLoad.ok() && storedSo.ok());
        for (const ForwardResult *result : {&*stored, &*storedSo}) {
            QVERIFY(result->hidden == atLoad->hidden);
            QVERIFY(result->logits == atLoad->logits);
            QVERIFY(result->replayed == atLoad->replayed);
        }

        settings.device = format == "int8" ? "cpu:int4" : "cpu:int8";
        const auto other = forward(*model, settings, codes, one);
        QVERIFY(!other.ok());
        QVERIFY2(other.error().message.find("stored in " + format.toStdString()) != std::string::npos,
                 other.error().message.c_str());
    }

    void wrongCodesAreRefusedWithTheReason()
    {
        ThreadPool pool(1);
        std::vector<std::int32_t> codes(64, 0);
        codes.pop_back();
        auto result = forward(golden::model(), {.prompt = "a"}, codes, pool);
        QVERIFY(!result.ok());
        QVERIFY2(result.error().message.find("63") != std::string::npos, result.error().message.c_str());
        codes.assign(64, 0);
        codes[5] = 32;
        result = forward(golden::model(), {.prompt = "a"}, codes, pool);
        QVERIFY(!result.ok());
        QVERIFY2(result.error().message.find("index 5") != std::string::npos, result.error().message.c_str());
        codes.assign(64, 0);
        result =
            forward(golden::model(), {.prompt = "a", .replay = {.thresholds = {1.0f, 2.0f}}}, codes, pool);
        QVERIFY(!result.ok());
        QVERIFY2(result.error().message.find("4 layers") != std::string::npos,
                 result.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestForward)
#include "test_forward.moc"
