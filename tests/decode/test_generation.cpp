// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/quantise_checkpoint.h"
#include "engine/decode/forward.h"
#include "engine/decode/generation.h"
#include "engine/decode/run_limits.h"
#include "tests/decode/golden.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <thread>
#include <tuple>

using namespace fastcar;

namespace {

/// Keeps everything that it hears; `at` may act on the control at an event.
struct Listener final : RunSink {
    std::vector<Event> events;
    std::vector<std::pair<int, int>> frames;
    int previews = 0;
    std::function<void(const Event &)> at;

    void onEvent(const Event &event) override
    {
        events.push_back(event);
        if (at)
            at(event);
    }
    void onFrame(int video, int frame, SharedFrame) override { frames.emplace_back(video, frame); }
    void onPreview(int, int, int, SharedFrame) override { ++previews; }
};

constexpr int layers = 4, stride = 16, depths = 4;

RunSettings someSettings()
{
    return {.prompt = "A red kite.", .frames = 3, .seed = 11, .sampler = {.temperature = 1.0f, .topK = 16}};
}

/// Token, layer, row, the score's bits and the decision, in the order in which they were told.
std::vector<std::array<std::uint32_t, 5>> outcomesOf(const Listener &listener)
{
    std::vector<std::array<std::uint32_t, 5>> outcomes;
    for (const Event &event : listener.events)
        if (event.kind == Event::Kind::LayerOutcome)
            outcomes.push_back({event.token, event.layer, event.row, std::bit_cast<std::uint32_t>(event.tas),
                                static_cast<std::uint32_t>(event.decision)});
    return outcomes;
}

Result<GenerationResult> run(const RunSettings &settings, int threads = 1)
{
    ThreadPool pool(threads);
    Listener listener;
    RunControl control;
    return generate(golden::model(), settings, pool, listener, control);
}

} // namespace

class TestGeneration : public QObject {
    Q_OBJECT

private slots:
    void greedyCodesEqualThePublishedOnes_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::newRow("dense") << "greedy_dense";
        QTest::newRow("half replayed") << "greedy_tau_p50";
    }

    void greedyCodesEqualThePublishedOnes()
    {
        QFETCH(QString, setting);
        const QJsonObject about = golden::manifest()["settings"].toObject()[setting].toObject();
        QVERIFY(about["near_ties_below_1e-4"].toArray().isEmpty()); // so all of them must be equal
        const auto expected = readNpy(golden::folder + about["file"].toString().toStdString());
        QVERIFY(expected.ok());
        const auto result = run({.prompt = golden::promptOf(about),
                                 .frames = 4,
                                 .sampler = {.greedy = true, .cfg = 3.0f},
                                 .replay = {.thresholds = golden::thresholdsOf(about)}});
        QVERIFY2(result.ok(), result.ok() ? "" : result.error().message.c_str());
        const auto codes = expected->as<std::int32_t>();
        QVERIFY(std::equal(codes->begin(), codes->end(), result->codes[0].begin(), result->codes[0].end()));
        QCOMPARE(result->replay.all().replayed, about["replayed"].toInt());
        QCOMPARE(result->frames[0].size(), std::size_t{4});
    }

    void aSeedGivesTheSameCodesOnAnyNumberOfThreads()
    {
        const auto one = run(someSettings(), 1);
        const auto two = run(someSettings(), 2);
        QVERIFY(one.ok() && two.ok());
        QVERIFY(one->codes == two->codes);
        QCOMPARE(one->codesSha256(0), two->codesSha256(0));
        QCOMPARE(one->codesSha256(0).size(), std::size_t{64});
        RunSettings other = someSettings();
        other.seed = 12;
        QVERIFY(run(other)->codes != one->codes);
    }

    void aVideoDoesNotDependOnItsNeighbours()
    {
        RunSettings settings = someSettings();
        settings.videos = 3;
        const auto many = run(settings);
        QVERIFY(many.ok());
        QVERIFY(many->codes[0] == run(someSettings())->codes[0]);
        QVERIFY(many->codes[0] != many->codes[1]);
        QVERIFY(many->codes[1] != many->codes[2]);
    }

    void withoutGuidanceOnlyConditionalRowsRun()
    {
        RunSettings settings = someSettings();
        settings.sampler.cfg = 1.0f;
        const auto result = run(settings);
        QVERIFY(result.ok());
        QCOMPARE(result->replay.all().total, std::int64_t{layers * (3 * stride - 1)});
        // A guidance that rounds to the conditional row: the same codes.
        settings.sampler.cfg = std::nextafter(1.0f, 2.0f);
        const auto guided = run(settings);
        QVERIFY(guided->codes == result->codes);
    }

    void headsAreToldToWhoAsksAndTheirMeanIsTheScore()
    {
        ThreadPool pool(1);
        Listener plain, listener;
        RunControl control;
        const auto expected = generate(golden::model(), someSettings(), pool, plain, control);
        const auto result =
            generate(golden::model(), someSettings(), pool, listener, control, {.headScores = true});
        QVERIFY(result.ok() && expected.ok());
        QVERIFY(result->codes == expected->codes);
        QVERIFY(outcomesOf(listener) == outcomesOf(plain));
        const int heads = golden::model().checkpoint->config().backbone.heads;
        using Place = std::tuple<std::uint32_t, int, int>;
        std::map<Place, double> means, sizes, scores;
        for (const Event &event : listener.events) {
            const Place place{event.token, event.layer, event.row};
            if (event.kind == Event::Kind::HeadScored) {
                QCOMPARE(event.count, std::int64_t{heads});
                means[place] += static_cast<double>(event.tas) / heads;
                sizes[place] += std::abs(static_cast<double>(event.tas)) / heads;
            } else if (event.kind == Event::Kind::LayerOutcome && !std::isnan(event.tas)) {
                scores[place] = static_cast<double>(event.tas);
            }
        }
        QCOMPARE(means.size(), scores.size());
        QCOMPARE(scores.size(), std::size_t(2 * stride - 1) * layers * 2);
        // Summed in double here and there. Each head's was rounded by the scale, and so was the sum, twice.
        constexpr double rounding = std::numeric_limits<float>::epsilon() / 2.0;
        for (const auto &[place, score] : scores)
            QVERIFY(std::abs(means.at(place) - score) <= 3.0 * rounding * sizes.at(place));
    }

    void eventsTellTheWholeStory()
    {
        ThreadPool pool(1);
        Listener listener;
        RunControl control;
        const auto result = generate(golden::model(), someSettings(), pool, listener, control);
        QVERIFY(result.ok());
        int outcomes = 0, codes = 0, tokens = 0, frames = 0, timed = 0;
        double mlpSeconds = 0.0;
        std::vector<Phase> phases;
        for (const Event &event : listener.events) {
            switch (event.kind) {
            case Event::Kind::LayerOutcome:
                QCOMPARE(std::isnan(event.tas), event.token < stride);
                ++outcomes;
                break;
            case Event::Kind::CodeDrawn:
                QCOMPARE(event.code, result->codes[0][event.token * depths + event.depth]);
                ++codes;
                break;
            case Event::Kind::TokenDone:
                QCOMPARE(int(event.token), tokens++);
                break;
            case Event::Kind::FrameDone:
                QCOMPARE(int(listener.frames.size()) > frames, true); // its pixels came before
                ++frames;
                break;
            case Event::Kind::PhaseChanged:
                phases.push_back(event.phase);
                break;
            case Event::Kind::PolicyChanged:
                QFAIL("nobody changed the policy");
            case Event::Kind::StepRepeated:
                QFAIL("no step was given");
            case Event::Kind::ThresholdSet:
                QFAIL("no target moves thresholds");
            case Event::Kind::CardRun:
            case Event::Kind::CardCounted:
                QFAIL("a processor has no card's counters");
            case Event::Kind::HeadScored:
                QFAIL("nobody asked for the heads' scores");
            case Event::Kind::StepTimed:
                QCOMPARE(int(event.token), timed++);
                mlpSeconds += 1e-9 * static_cast<double>(event.timeNs);
                break;
            }
        }
        QCOMPARE(tokens, 3 * stride);
        QCOMPARE(codes, 3 * stride * depths);
        QCOMPARE(outcomes, (3 * stride - 1) * layers * 2);
        QCOMPARE(frames, 3);
        QCOMPARE(timed, 3 * stride - 1);
        QCOMPARE(mlpSeconds, result->seconds.mlp);
        QVERIFY(phases == (std::vector{Phase::Loading, Phase::Prefill, Phase::Decoding, Phase::Done}));
    }

    void cancelKeepsWhatIsThere()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::TokenDone && event.token == 20)
                control.cancel();
        };
        const auto result = generate(golden::model(), someSettings(), pool, listener, control);
        QVERIFY(result.ok());
        QVERIFY(result->cancelled);
        QCOMPARE(result->tokens, 21);
        QCOMPARE(result->codes[0].size(), std::size_t{21 * depths});
        QCOMPARE(result->frames[0].size(), std::size_t{1});
        QCOMPARE(int(listener.events.back().phase), int(Phase::Cancelled));
        // What is there is what a whole run begins with.
        const auto whole = run(someSettings());
        QVERIFY(std::equal(result->codes[0].begin(), result->codes[0].end(), whole->codes[0].begin()));
    }

    void aNewPolicyRulesFromTheNextToken()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        const std::vector<std::optional<float>> always(layers, -std::numeric_limits<float>::infinity());
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::TokenDone && event.token == 30)
                control.setReplayPolicy({.thresholds = always});
        };
        const auto result = generate(golden::model(), someSettings(), pool, listener, control);
        QVERIFY(result.ok());
        for (const Event &event : listener.events)
            if (event.kind == Event::Kind::LayerOutcome) {
                // Token 30's own step began before the change was seen.
                QCOMPARE(event.policy, event.token <= 30 ? 0u : 1u);
                QCOMPARE(event.decision == Decision::Replayed, event.token > 30);
            }
    }

    void pauseHoldsAndResumeGoesOnWithTheSameCodes()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        bool pausedOnce = false;
        std::jthread other;
        listener.at = [&](const Event &event) {
            if (event.kind == Event::Kind::TokenDone && event.token == 5 && !pausedOnce) {
                pausedOnce = true;
                control.pause();
            }
            if (event.kind == Event::Kind::PhaseChanged && event.phase == Phase::Paused)
                other = std::jthread([&] { control.resume(); });
        };
        const auto result = generate(golden::model(), someSettings(), pool, listener, control);
        QVERIFY(result.ok());
        QVERIFY(pausedOnce);
        QVERIFY(result->codes == run(someSettings())->codes);
    }

    void previewsComeOnlyWhereSomebodyWatches()
    {
        ThreadPool pool(1);
        RunControl control;
        Listener listener;
        QVERIFY(generate(golden::model(), someSettings(), pool, listener, control).ok());
        QCOMPARE(listener.previews, 0);
        RunControl again;
        QVERIFY(
            generate(golden::model(), someSettings(), pool, listener, again, {.previewIntervalMs = 1}).ok());
        QVERIFY(listener.previews > 0);
        listener.previews = 0;
        RunControl unwatched;
        unwatched.setWatched(false);
        QVERIFY(generate(golden::model(), someSettings(), pool, listener, unwatched, {.previewIntervalMs = 1})
                    .ok());
        QCOMPARE(listener.previews, 0);
    }

    void whereFramesComeFasterThanPreviewsThereAreNone()
    {
        ThreadPool pool(1);
        Listener listener;
        RunControl control;
        constexpr int longerThanARun = 600000;
        QVERIFY(generate(golden::model(), someSettings(), pool, listener, control,
                         {.previewIntervalMs = longerThanARun})
                    .ok());
        QCOMPARE(listener.previews, 1); // of the first frame: before it there is no picture at all
    }

    void impossibleSettingsAreRefusedBeforeAnyWork_data()
    {
        QTest::addColumn<RunSettings>("settings");
        QTest::addColumn<QString>("named");
        RunSettings settings = someSettings();
        settings.frames = 30; // 512 positions of the model
        QTest::newRow("frames past the positions") << settings << "at most";
        settings = someSettings();
        settings.frames = 0;
        QTest::newRow("no frames") << settings << "frame";
        settings = someSettings();
        settings.videos = 0;
        QTest::newRow("no videos") << settings << "videos";
        settings = someSettings();
        settings.replay.thresholds = {1.0f};
        QTest::newRow("thresholds of another model") << settings << "4 layers";
        settings = someSettings();
        settings.replay.thresholds.assign(layers, std::nanf(""));
        QTest::newRow("threshold NaN") << settings << "not a number";
        settings = someSettings();
        settings.device = "abacus";
        QTest::newRow("unknown device") << settings << "abacus";
        settings = someSettings();
        settings.prompt = "a <vi_start> cat";
        QTest::newRow("special token") << settings << "<vi_start>";
        settings = someSettings();
        settings.sampler.temperature = -1.0f;
        QTest::newRow("temperature") << settings << "temperature";
    }

    void impossibleSettingsAreRefusedBeforeAnyWork()
    {
        QFETCH(RunSettings, settings);
        QFETCH(QString, named);
        const auto result = run(settings);
        QVERIFY(!result.ok());
        QVERIFY2(QString::fromStdString(result.error().message).contains(named),
                 result.error().message.c_str());
    }

    void cachesTakeWhatTheDeviceKeepsThemIn()
    {
        const Checkpoint &model = *golden::model().checkpoint;
        const BackboneConfig &backbone = model.config().backbone;
        RunSettings settings = someSettings();
        settings.frames = 4;
        settings.sampler.cfg = 1.0f; // one row
        const std::uint64_t layers = static_cast<std::uint64_t>(backbone.layers);
        const std::uint64_t replayed = layers * static_cast<std::uint64_t>(stride * backbone.hidden) * 4;
        const std::uint64_t positions = 80 + 4 * static_cast<std::uint64_t>(stride);
        const std::uint64_t numbers =
            layers * positions * static_cast<std::uint64_t>(2 * backbone.kvHeads * backbone.headDim);
        QCOMPARE(positions % 16, std::uint64_t{0}); // whole blocks of keys
        settings.device = "cpu";
        QCOMPARE(cacheBytes(model, 80, settings), 4 * numbers + replayed);
        settings.device = "cpu:f16";
        QCOMPARE(cacheBytes(model, 80, settings), 2 * numbers + replayed);
        settings.device = "cpu:int8"; // and two scales for each head's position
        const std::uint64_t scales = layers * positions * static_cast<std::uint64_t>(backbone.kvHeads) * 8;
        QCOMPARE(cacheBytes(model, 80, settings), numbers + scales + replayed);
        settings.sampler.cfg = 2.0f;
        settings.videos = 3;
        QCOMPARE(cacheBytes(model, 80, settings), 6 * (numbers + scales + replayed));

        const QTemporaryDir folder; // and where the file itself holds weights in so few
        const std::filesystem::path ahead = folder.filePath("q").toStdString();
        QVERIFY(quantiseCheckpoint(model, ahead, {.format = NarrowFormat::Int8, .rules = {}, .progress = {}}).ok());
        const auto stored = Checkpoint::open(ahead);
        QVERIFY(stored.ok());
        settings.device = "cpu";
        QCOMPARE(cacheBytes(**stored, 80, settings), 6 * (numbers + scales + replayed));
    }

    void theLongestVideoThatFitsRuns()
    {
        const ModelConfig &config = golden::model().checkpoint->config();
        const int prompt = 63;
        const int most = maxFrames(config, prompt);
        QVERIFY(prompt + most * stride - 1 <= config.backbone.maxPositions);
        QVERIFY(prompt + (most + 1) * stride - 1 > config.backbone.maxPositions);
        RunSettings settings = someSettings();
        settings.prompt = golden::manifest()["prompts"].toObject()["prompt1"].toString().toStdString();
        settings.frames = most;
        QVERIFY(run(settings).ok());
        settings.frames = most + 1;
        QVERIFY(!run(settings).ok());
    }

    void theResultNamesModelAndProgram()
    {
        const auto result = run(someSettings());
        QCOMPARE(result->settings.modelDigest, *golden::model().checkpoint->digest());
        QVERIFY(!result->settings.version.empty());
    }
};

QTEST_APPLESS_MAIN(TestGeneration)
#include "test_generation.moc"
