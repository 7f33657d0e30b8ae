// SPDX-License-Identifier: Apache-2.0
//
// Two traces token by token, with codes that a test has changed; and settings by their names.
#include "engine/quality/setting_difference.h"
#include "engine/quality/trace_comparison.h"
#include "tests/trace/events.h"

#include <QTest>

#include <functional>

using namespace fastcar;

namespace {

using Change = std::function<void(Event &)>;

Trace traceOf(const TraceShape &shape, const std::vector<Event> &run, const Change &change = {})
{
    Trace trace(shape, events::settings());
    for (Event event : run) {
        if (change)
            change(event);
        trace.append(event);
    }
    return trace;
}

Trace trace(int tokens = 24, const Change &change = {})
{
    return traceOf(events::shape, events::run(tokens), change);
}

Result<TraceComparison> compare(const Trace &a, const Trace &b)
{
    return compareTraces({"a.fctrace", a}, {"b.fctrace", b});
}

/// Another code at this place.
Change otherCode(int token, int video, int depth)
{
    return [=](Event &event) {
        if (event.kind == Event::Kind::CodeDrawn && event.token == static_cast<std::uint32_t>(token) &&
            event.row == video && event.depth == depth)
            event.code += 1;
    };
}

} // namespace

class TestTraceComparison : public QObject {
    Q_OBJECT

private slots:
    void aRunIsEqualToItself()
    {
        const auto found = compare(trace(), trace());
        QVERIFY(found.ok());
        QCOMPARE(found->tokens, 24);
        QCOMPARE(found->videos, 2);
        QCOMPARE(found->codes.all, std::int64_t{24 * 2 * 2});
        QCOMPARE(*found->codes.share(), 1.0);
        QCOMPARE(found->perFrame.size(), std::size_t{4});
        QCOMPARE(found->perDepth.size(), std::size_t{2});
        QVERIFY(!found->firstDifference);
        QCOMPARE(*found->speedUp(), 1.0);
    }

    void aCodeThatDiffersIsFoundAndCounted()
    {
        const auto found = compare(trace(), trace(24, [](Event &event) {
                                       otherCode(20, 0, 0)(event);
                                       otherCode(13, 1, 1)(event);
                                       otherCode(14, 0, 0)(event);
                                   }));
        QVERIFY(found.ok());
        QVERIFY(found->firstDifference == (CodePlace{.token = 13, .frame = 2, .video = 1, .depth = 1}));
        QCOMPARE(found->codes.equal, std::int64_t{96 - 3});
        QCOMPARE(*found->codes.share(), 93.0 / 96.0);
        for (const auto &[frame, equal] : {std::pair{0, 24}, {1, 24}, {2, 22}, {3, 23}}) {
            QCOMPARE(found->perFrame[static_cast<std::size_t>(frame)].equal, std::int64_t{equal});
            QCOMPARE(found->perFrame[static_cast<std::size_t>(frame)].all, std::int64_t{24});
        }
        QCOMPARE(found->perDepth[0].equal, std::int64_t{46});
        QCOMPARE(found->perDepth[1].equal, std::int64_t{47});
        QCOMPARE(found->perDepth[1].all, std::int64_t{48});
    }

    void theCommonPartOfDifferentLengthsIsCompared()
    {
        const auto found = compare(trace(24), trace(8));
        QVERIFY(found.ok());
        QCOMPARE(found->tokens, 8);
        QCOMPARE(found->codes.all, std::int64_t{8 * 2 * 2});
        QCOMPARE(found->perFrame.size(), std::size_t{2}); // the second is begun
        QCOMPARE(found->perFrame[1].all, std::int64_t{2 * 2 * 2});
        QCOMPARE(found->a.tokens, 24);
        QCOMPARE(found->b.tokens, 8);
        QCOMPARE(found->b.tokensWanted, 24);
    }

    void tracesWithoutTokensHaveNoShare()
    {
        for (const auto &[a, b] : {std::pair{0, 0}, {24, 0}}) {
            const auto found = compare(trace(a), trace(b));
            QVERIFY(found.ok());
            QCOMPARE(found->tokens, 0);
            QVERIFY(!found->codes.share());
            QVERIFY(!found->firstDifference);
            QVERIFY(!found->b.secondsPerToken);
            QVERIFY(!found->speedUp());
        }
    }

    void eachRunsOwnFiguresAreOverAllOfIt()
    {
        const auto halfTheTime = [](Event &event) {
            if (event.kind == Event::Kind::TokenDone)
                event.timeNs /= 2;
            if (event.kind == Event::Kind::LayerOutcome && event.decision == Decision::Replayed)
                event.decision = Decision::Computed;
        };
        const Trace a = trace(), b = trace(24, halfTheTime);
        const auto found = compare(a, b);
        QVERIFY(found.ok());
        QCOMPARE(*found->a.secondsPerToken, 1.0);
        QVERIFY(std::abs(*found->b.secondsPerToken - 0.5) < 1e-9);
        QVERIFY(std::abs(*found->speedUp() - 2.0) < 1e-8);
        QVERIFY(found->a.replay == a.statistics().all());
        QVERIFY(found->a.replay.replayed > 0);
        QCOMPARE(found->b.replay.replayed, std::int64_t{0});
        QCOMPARE(found->b.replay.eligible, found->a.replay.eligible);
        QCOMPARE(found->a.ceiling, 17.0 / 23.0);
    }

    /// With guidance or without: other rows, the same video.
    void otherRowsAndFramesAreNoOtherShape()
    {
        TraceShape longer = events::shape;
        longer.frames = 9;
        const auto found = compare(trace(), traceOf(longer, events::run(24)));
        QVERIFY(found.ok());
        QCOMPARE(found->tokens, 24);
        QCOMPARE(found->b.tokensWanted, 54);
        TraceShape unguided = events::shape;
        unguided.rows = 2;
        QVERIFY(compare(trace(), traceOf(unguided, events::run(24))).ok());
    }

    void fewerVideosAreComparedAsFarAsThereAreSome()
    {
        TraceShape single = events::shape;
        single.videos = 1;
        const auto found = compare(trace(), traceOf(single, events::run(24)));
        QVERIFY(found.ok());
        QCOMPARE(found->videos, 1);
        QCOMPARE(found->codes.all, std::int64_t{24 * 2});
        QCOMPARE(*found->codes.share(), 1.0);
    }

    void otherShapesAreRefusedAndBothAreNamed_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("layers") << 0;
        QTest::newRow("grid") << 1;
        QTest::newRow("the same positions in another grid") << 2;
        QTest::newRow("codes") << 3;
    }

    void otherShapesAreRefusedAndBothAreNamed()
    {
        QFETCH(int, which);
        TraceShape other = events::shape;
        if (which == 0)
            other.layers = 7;
        else if (which == 1)
            other.gridWidth = 7, other.stride = 14;
        else if (which == 2)
            std::swap(other.gridHeight, other.gridWidth);
        else
            other.depth = 7;
        const auto refused = compare(trace(), Trace(other, events::settings()));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        const QString message = QString::fromStdString(refused.error().message);
        for (const char *part : {"'a.fctrace' has 3 layers", "'b.fctrace' has", which == 2 ? "3x2" : "7"})
            QVERIFY2(message.contains(part), qPrintable(message));
    }

    void settingsThatDifferAreNamed()
    {
        const RunSettings a = events::settings();
        QVERIFY(settingDifferences(a, a).empty());
        RunSettings b = a;
        b.seed = 9;
        b.sampler.cfg = 1.5f;
        b.replay.thresholds = {};
        b.continued = {{.step = 3, .device = "cpu", .version = "1"}};
        const auto found = settingDifferences(a, b);
        QStringList names;
        for (const SettingDifference &difference : found)
            names << QString::fromStdString(difference.name);
        QCOMPARE(names, (QStringList{"continued", "replay.thresholds", "sampler.cfg", "seed"}));
        QVERIFY(found[0].a.is_null());
        QCOMPARE(found[0].b.size(), std::size_t{1});
        QCOMPARE(found[1].a.size(), std::size_t{3});
        QVERIFY(found[1].b.is_array() && found[1].b.empty());
        QCOMPARE(found[3].a.get<int>(), 1);
        QCOMPARE(found[3].b.get<int>(), 9);
    }
};

QTEST_GUILESS_MAIN(TestTraceComparison)
#include "test_trace_comparison.moc"
