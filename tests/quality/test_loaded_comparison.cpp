// SPDX-License-Identifier: Apache-2.0
//
// Runs in memory beside each other: token by token, position by position, and pictures that are made from
// codes.
#include "engine/decode/code_pictures.h"
#include "engine/media/frame_geometry.h"
#include "engine/media/video_file.h"
#include "engine/quality/loaded_comparison.h"
#include "engine/trace/trace_file.h"
#include "tests/decode/golden.h"
#include "tests/trace/events.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace fastcar;

namespace {

SharedFrame grey(int width, int height, int level)
{
    return std::make_shared<const Frame>(
        Frame{width, height,
              std::vector<std::uint8_t>(static_cast<std::size_t>(width * height * 3),
                                        static_cast<std::uint8_t>(level))});
}

/// Of frames of `side` by `side` pixels, of these levels.
LoadedRun pictured(const char *name, int side, const std::vector<int> &levels)
{
    LoadedRun run;
    run.name = name;
    run.videos.emplace_back();
    for (const int level : levels)
        run.videos.front().push_back(grey(side, side, level));
    return run;
}

/// The events of a run without a model; `change` may make others of them.
template <typename Change>
Trace traced(Change change)
{
    Trace trace(events::shape, events::settings());
    for (Event event : events::run()) {
        change(event);
        trace.append(event);
    }
    return trace;
}

Trace traced()
{
    return traced([](Event &) {});
}

/// A run of the golden model as it went, and as files have it.
struct Made final : RunSink {
    std::optional<TraceWriter> writer;
    std::vector<SharedFrame> frames;

    void onEvent(const Event &event) override { writer->append(event); }
    void onFrame(int, int, SharedFrame picture) override { frames.push_back(std::move(picture)); }
};

RunSettings goldenSettings()
{
    RunSettings settings;
    settings.prompt = "A red kite.";
    settings.modelFolder = golden::folder + "checkpoint";
    settings.modelDigest = *golden::model().checkpoint->digest();
    settings.frames = 2;
    return settings;
}

std::vector<SharedFrame> makeRun(const std::filesystem::path &file, const RunSettings &settings)
{
    Made made;
    made.writer.emplace(
        *TraceWriter::create(file, traceShape(golden::model().checkpoint->config(), settings), settings));
    ThreadPool pool(1);
    RunControl control;
    const auto result = generate(golden::model(), goldenSettings(), pool, made, control);
    if (!result || !made.writer->close())
        qFatal("The run was not made.");
    return made.frames;
}

} // namespace

class TestLoadedComparison : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path path(const char *name) const { return folder_.filePath(name).toStdString(); }

private slots:
    void driftIsToldByPosition()
    {
        Frame a = *grey(6, 4, 100), b = a;
        const auto change = [&](int x, int y, int channel, int by) {
            std::uint8_t &value = b.rgb[static_cast<std::size_t>(3 * (6 * y + x) + channel)];
            value = static_cast<std::uint8_t>(value + by);
        };
        change(1, 1, 0, 24);  // field 0: 2 x 2 pixels, 12 values
        change(5, 3, 2, -36); // field 5
        DriftMap drift(2, 3);
        QVERIFY(drift.add(a, a).ok());
        QVERIFY(drift.add(a, b).ok());
        QCOMPARE(drift.frames(), 2);
        QCOMPARE(drift.positions(), 6);
        const std::vector<float> expected{2.0f, 0.0f, 0.0f, 0.0f, 0.0f, 3.0f};
        const auto second = drift.ofFrame(1);
        QVERIFY(std::equal(second.begin(), second.end(), expected.begin(), expected.end()));
        QCOMPARE(drift.ofFrame(0)[5], 0.0f);
        QCOMPARE(drift.highest(), 3.0f);
    }

    void fieldsOfUnequalSizeHaveTheirOwnMeans()
    {
        DriftMap drift(1, 2);
        QVERIFY(drift.add(*grey(5, 1, 10), *grey(5, 1, 14)).ok()); // 3 pixels and 2
        QCOMPARE(drift.ofFrame(0)[0], 4.0f);
        QCOMPARE(drift.ofFrame(0)[1], 4.0f);
        QVERIFY(!drift.add(*grey(1, 1, 0), *grey(1, 1, 0)).ok());
        QVERIFY(!drift.add(*grey(5, 1, 0), *grey(4, 1, 0)).ok());
    }

    void tokensTellWhereRunsPart()
    {
        const Trace a = traced();
        const Trace b = traced([](Event &event) {
            if (event.kind == Event::Kind::CodeDrawn && event.token == 13 && event.row == 1)
                event.code += 1; // both depths of video 1
            if (event.kind == Event::Kind::LayerOutcome && event.token == 9 && event.layer == 2)
                event.decision =
                    event.decision == Decision::Replayed ? Decision::Computed : Decision::Replayed;
        });
        const TokenComparison found = compareTokens(a, b);
        QCOMPARE(found.codesOfToken, 4);
        QCOMPARE(found.decisionsOfStep, 12);
        QCOMPARE(found.tokens.size(), std::size_t{24});
        QCOMPARE(*found.firstCode, 13);
        QCOMPARE(*found.firstDecision, 9);
        for (int token = 0; token < 24; ++token) {
            QCOMPARE(found.tokens[static_cast<std::size_t>(token)].codes, token == 13 ? 2 : 0);
            QCOMPARE(found.tokens[static_cast<std::size_t>(token)].decisions, token == 9 ? 4 : 0);
        }
    }

    void computedAndNotEligibleAreTheSameDecision()
    {
        const Trace dense = traced([](Event &event) { event.decision = Decision::NotEligible; });
        const Trace computed = traced([](Event &event) {
            if (event.kind == Event::Kind::LayerOutcome && event.token >= 6)
                event.decision = Decision::Computed;
        });
        QVERIFY(!compareTokens(dense, computed).firstDecision);
    }

    void aTracesPicturesAreMadeFromItsCodes()
    {
        const auto made = makeRun(path("run.fctrace"), goldenSettings());
        QCOMPARE(made.size(), std::size_t{2});
        for (const Model *open : {&golden::model(), static_cast<const Model *>(nullptr)}) {
            LoadOptions options;
            options.model = open;
            const auto run = loadRun(path("run.fctrace"), options);
            QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
            QCOMPARE(run->frames(0).size(), std::size_t{2});
            for (std::size_t frame = 0; frame < 2; ++frame)
                QVERIFY(run->frames(0)[frame]->rgb == made[frame]->rgb);
            QVERIFY(run->notes.back().find("made from its codes") != std::string::npos);
        }
    }

    void aTraceOfAnotherModelHasNoPicturesButCodes()
    {
        RunSettings elsewhere = goldenSettings();
        elsewhere.modelDigest = "0123";
        elsewhere.modelFolder = path("nowhere").string();
        makeRun(path("other.fctrace"), elsewhere);
        LoadOptions options;
        options.model = &golden::model();
        const auto run = loadRun(path("other.fctrace"), options);
        QVERIFY(run.ok());
        QVERIFY(run->trace);
        QVERIFY(run->frames(0).empty());
        QVERIFY(run->notes.back().find("no pictures") != std::string::npos);
        const auto compared = compareRuns(*run, *run);
        QVERIFY(compared.ok());
        QVERIFY(compared->runs.codes && !compared->runs.pictures && !compared->drift);
    }

    void codesThatNoCodebookHasAreRefused()
    {
        ThreadPool pool(1);
        CodePictures pictures(golden::model().checkpoint, pool);
        const ModelConfig &config = golden::model().checkpoint->config();
        std::vector<std::int32_t> codes(static_cast<std::size_t>(config.stride() * config.depth.depth));
        const MatrixView<const std::int32_t> all{codes.data(), config.stride(), config.depth.depth};
        QVERIFY(pictures.decode(all).ok());
        for (const int wrong : {-1, config.depth.codes}) {
            codes[5] = wrong;
            QVERIFY(!pictures.decode(all).ok());
        }
        QVERIFY(!pictures.decode({codes.data(), config.stride() - 1, config.depth.depth}).ok());
    }

    void enlargedPicturesAreComparedInTheSmallerSize()
    {
        const LoadedRun a = pictured("a", 16, {10, 20});
        LoadedRun b = pictured("b", 16, {10, 23});
        for (SharedFrame &frame : b.videos.front())
            frame = std::make_shared<const Frame>(enlarged(*frame, 3));
        for (const bool exchanged : {false, true}) {
            const auto found = exchanged ? compareRuns(b, a) : compareRuns(a, b);
            QVERIFY(found.ok());
            QCOMPARE(found->a.front()->width, 16);
            QCOMPARE(found->b.front()->width, 16);
            QCOMPARE(found->runs.pictures->equalFrames(), 1);
            QCOMPARE(found->runs.pictures->frames()[1].drift, 3.0);
            QVERIFY(found->runs.notes.back().find("enlarged 3 times") != std::string::npos);
        }
    }

    void theMeanOfASquareIsRounded()
    {
        Frame frame{2, 2, {0, 9, 1, 0, 9, 2, 1, 9, 3, 1, 9, 4}};
        const Frame small = reduced(frame, 2);
        QCOMPARE(small.width, 1);
        QVERIFY(small.rgb == (std::vector<std::uint8_t>{1, 9, 3})); // 0.5 and 2.5 upwards
        QVERIFY(reduced(enlarged(frame, 5), 5).rgb == frame.rgb);
    }

    void sizesThatDoNotFitAreToldOf()
    {
        const LoadedRun a = pictured("a", 16, {10}), b = pictured("b", 24, {10});
        const auto found = compareRuns(a, b);
        QVERIFY(!found.ok());
        QVERIFY(found.error().message.find("16x16") != std::string::npos);
        QVERIFY(found.error().message.find("24x24") != std::string::npos);
    }

    void anOffsetHoldsOtherFramesBesideEachOther()
    {
        const LoadedRun a = pictured("a", 16, {10, 20, 30, 40}), b = pictured("b", 16, {20, 30, 40});
        for (const auto &[offset, frames, drift] :
             {std::tuple{0, 3, 10.0}, {1, 3, 0.0}, {-1, 2, 20.0}, {3, 1, 20.0}}) {
            LoadedComparisonOptions options;
            options.offset = offset;
            const auto found = compareRuns(a, b, options);
            QVERIFY(found.ok());
            QCOMPARE(found->runs.pictures->frames().size(), std::size_t(frames));
            QCOMPARE(found->runs.pictures->drift(), drift);
        }
        LoadedComparisonOptions far;
        far.offset = 4;
        QVERIFY(!compareRuns(a, b, far)->runs.pictures);
    }

    void everyVideoHasItsOwnPictures()
    {
        LoadedRun a = pictured("a", 16, {10, 20});
        a.videos.push_back(pictured("", 16, {30, 40}).videos.front());
        const LoadedRun b = pictured("b", 16, {10, 25}); // a file: one video, whichever is asked for
        for (const auto &[video, drift] : {std::pair{0, 2.5}, {1, 17.5}}) {
            LoadedComparisonOptions options;
            options.video = video;
            QCOMPARE(compareRuns(a, b, options)->runs.pictures->drift(), drift);
        }
    }

    void whatIsNoLongerWantedStops()
    {
        std::stop_source source;
        source.request_stop();
        LoadedComparisonOptions options;
        options.stop = source.get_token();
        const LoadedRun run = pictured("a", 16, {10, 20});
        const auto found = compareRuns(run, run, options);
        QVERIFY(!found.ok());
        QVERIFY(found.error().kind == ErrorKind::Cancelled);
    }

    void aLongVideoIsReadUpToALimit()
    {
        const LoadedRun run = pictured("a", 16, {10, 20, 30});
        QVERIFY(writeVideo(path("long.mkv"), run.frames(0), {.scale = 1}).ok());
        LoadOptions options;
        options.mostBytes = 2 * 16 * 16 * 3;
        const auto loaded = loadRun(path("long.mkv"), options);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->frames(0).size(), std::size_t{2});
        QVERIFY(loaded->notes.back().find("first 2 frames") != std::string::npos);
    }
};

QTEST_MAIN(TestLoadedComparison)
#include "test_loaded_comparison.moc"
