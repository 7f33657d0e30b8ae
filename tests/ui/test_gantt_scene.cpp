// SPDX-License-Identifier: Apache-2.0
//
// What the Gantt of the hardware panel draws: its range, spans alone and merged, what replay left free, where
// lines and ticks stand.
#include "tests/ui/made_step.h"
#include "ui/hardware/gantt_layout.h"
#include "ui/hardware/gantt_words.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>

#include <random>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

CardSpan span(std::int64_t begin, std::int64_t end, int row = 0, int layer = 0)
{
    return {.begin = begin,
            .end = end,
            .row = static_cast<std::int8_t>(row),
            .layer = static_cast<std::int16_t>(layer)};
}

} // namespace

class TestGanttScene : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }

    void zoomingKeepsTheCycleUnderThePointer();
    void theRangeNeverLeavesTheStep();
    void whoSeesAllKeepsSeeingAllOfTheNextStep();
    void aSpanThatIsWideEnoughIsDrawnAlone();
    void narrowSpansAreDrawnTogetherAndNoCycleIsLost();
    void drawingCostsPixelsAndNotSpans();
    void theRowWithMostOfAColumnGivesItsColour();
    void whatIsUnderThePointerIsFound();
    void busyCyclesAreCountedWithinAnyTwoCycles();
    void layersLieBehindOneAnother();
    void replayLeavesFreeTheCoreOfItsRow();
    void withoutReplayNothingIsLeftFree();
    void twoTracksShareOneAxis();
    void ticksStandAtRoundNumbers();
    void rowColoursCanBeToldApart();
    void aNameOfWhichNothingCouldBeReadIsLeftOut();
};

void TestGanttScene::zoomingKeepsTheCycleUnderThePointer()
{
    CycleRange range;
    range.setTotal(10000.0);
    range.zoom(0.5, 3000.0);
    QCOMPARE(range.width(), 5000.0);
    QCOMPARE((3000.0 - range.begin()) / range.width(), 0.3);
    range.zoom(0.5, 3000.0);
    QCOMPARE((3000.0 - range.begin()) / range.width(), 0.3);
    range.zoom(4.0, 3000.0);
    QVERIFY(range.isWhole());
}

void TestGanttScene::theRangeNeverLeavesTheStep()
{
    CycleRange range;
    range.setTotal(1000.0);
    range.pan(-50.0);
    QCOMPARE(range.begin(), 0.0);
    range.zoom(0.1, 0.0);
    range.pan(1e9);
    QCOMPARE(range.end(), 1000.0);
    QCOMPARE(range.width(), 100.0);
    range.zoom(1e-9, 950.0);
    QCOMPARE(range.width(), CycleRange::narrowest);
    range.setTotal(960.0); // a shorter step
    QVERIFY(range.end() <= 960.0);
}

void TestGanttScene::whoSeesAllKeepsSeeingAllOfTheNextStep()
{
    CycleRange range;
    range.setTotal(1000.0);
    range.setTotal(4000.0);
    QVERIFY(range.isWhole());
    QCOMPARE(range.width(), 4000.0);
    range.zoom(0.5, 1000.0);
    const double begin = range.begin();
    range.setTotal(4200.0);
    QCOMPARE(range.begin(), begin);
    QCOMPARE(range.width(), 2000.0);
}

void TestGanttScene::aSpanThatIsWideEnoughIsDrawnAlone()
{
    const LaneSpans lane(CardUnit::Core, 0, {span(100, 200, 0), span(200, 300, 1)});
    const auto segments = lane.segments(0.0, 1000.0, 500);
    QCOMPARE(segments.size(), std::size_t{2});
    QCOMPARE(segments[0].left, 50.0);
    QCOMPARE(segments[0].right, 100.0);
    QCOMPARE(segments[1].span.row, std::int8_t{1});
    QVERIFY(!segments[0].merged);
    QVERIFY(lane.segments(300.0, 1000.0, 500).empty());
}

void TestGanttScene::narrowSpansAreDrawnTogetherAndNoCycleIsLost()
{
    std::vector<CardSpan> spans;
    std::mt19937 random(3);
    std::int64_t at = 0;
    std::int64_t busy = 0;
    std::size_t count = 0;
    for (; at < 100000; ++count) {
        const std::int64_t length = 1 + static_cast<std::int64_t>(random() % 9);
        spans.push_back(span(at, at + length));
        busy += length;
        at += length + static_cast<std::int64_t>(random() % 9);
    }
    const LaneSpans lane(CardUnit::Core, 0, std::move(spans));
    const double scale = 500.0 / static_cast<double>(at);
    double covered = 0.0;
    std::size_t drawn = 0;
    double before = 0.0;
    for (const LaneSegment &segment : lane.segments(0.0, static_cast<double>(at), 500)) {
        QVERIFY(segment.left >= before - 1e-9);
        before = segment.right;
        covered += segment.cover * (segment.right - segment.left);
        drawn += segment.count;
    }
    QCOMPARE(drawn, count); // each in one segment, and in one only
    // Columns that look alike share the first one's cover: within the step of what can be seen.
    QVERIFY2(std::abs(covered - static_cast<double>(busy) * scale) < 500.0 / 12.0,
             qPrintable(QString::number(covered)));
}

void TestGanttScene::drawingCostsPixelsAndNotSpans()
{
    std::vector<CardSpan> spans;
    for (int i = 0; i < 200000; ++i)
        spans.push_back(span(3 * i, 3 * i + 2, i % 2, i / 1000));
    const LaneSpans lane(CardUnit::Core, 0, std::move(spans));
    QVERIFY(lane.segments(0.0, 600000.0, 800).size() <= 1600);
    QVERIFY(lane.segments(1000.0, 3000.0, 800).size() <= 1600);
}

void TestGanttScene::theRowWithMostOfAColumnGivesItsColour()
{
    std::vector<CardSpan> spans;
    for (int i = 0; i < 1000; ++i)
        spans.push_back(span(10 * i, 10 * i + 9, i % 10 < 7 ? 1 : 0));
    const LaneSpans lane(CardUnit::Core, 0, std::move(spans));
    for (const LaneSegment &segment : lane.segments(0.0, 10000.0, 10))
        QCOMPARE(segment.span.row, std::int8_t{1});
}

void TestGanttScene::whatIsUnderThePointerIsFound()
{
    const LaneSpans lane(CardUnit::Core, 0, {span(100, 200), span(300, 310)});
    QVERIFY(!lane.at(99.0));
    QCOMPARE(lane.at(100.0)->end, 200);
    QVERIFY(!lane.at(200.0));
    QCOMPARE(lane.at(96.0, 5.0)->begin, 100);
    QCOMPARE(lane.at(202.0, 5.0)->begin, 100);
    QCOMPARE(lane.at(298.0, 5.0)->begin, 300);
    QVERIFY(!LaneSpans().at(5.0, 100.0));
}

void TestGanttScene::busyCyclesAreCountedWithinAnyTwoCycles()
{
    const LaneSpans lane(CardUnit::Port, 0, {span(100, 200), span(300, 310)});
    QCOMPARE(lane.busy(0.0, 1000.0), 110.0);
    QCOMPARE(lane.busy(150.0, 305.0), 55.0);
    QCOMPARE(lane.busy(120.0, 130.0), 10.0);
    QCOMPARE(lane.busy(200.0, 300.0), 0.0);
}

void TestGanttScene::layersLieBehindOneAnother()
{
    const auto picture = pictureOf(halfReplayed, DrsPolicy::Split);
    QCOMPARE(picture->layers.size(), std::size_t{3});
    QCOMPARE(picture->layers[0].begin, 0);
    for (std::size_t i = 0; i < 3; ++i) {
        const LayerWindow &layer = picture->layers[i];
        QCOMPARE(layer.layer, static_cast<int>(i));
        QVERIFY(layer.begin < layer.mlp);
        QVERIFY(layer.mlp <= layer.mlpEnd);
        QCOMPARE(layer.mlpEnd, layer.end); // the made card's rows do not take turns
        QCOMPARE(layer.replayed, halfReplayed[i]);
        if (i > 0)
            QCOMPARE(layer.begin, picture->layers[i - 1].end);
        QCOMPARE(picture->layerAt(static_cast<double>(layer.begin)), &layer);
    }
    QCOMPARE(picture->layers[2].end, picture->cycles() - 60); // two rows' final norm
    QVERIFY(!picture->layerAt(static_cast<double>(picture->cycles())));
}

void TestGanttScene::replayLeavesFreeTheCoreOfItsRow()
{
    const auto fixed = pictureOf(halfReplayed, DrsPolicy::Static);
    // Layer 2: row 2 replays, so that its core has nothing to do for the whole MLP.
    const LayerWindow &layer = fixed->layers[1];
    const CardSpan *idle = fixed->free[1].at(static_cast<double>(layer.mlp));
    QVERIFY(idle);
    QCOMPARE(idle->begin, layer.mlp);
    QCOMPARE(idle->end, layer.end);
    QCOMPARE(idle->row, std::int8_t{1});
    QCOMPARE(idle->layer, std::int16_t{1});
    // Core 1 works for the other row meanwhile.
    QVERIFY(fixed->free[0].busy(static_cast<double>(layer.mlp), static_cast<double>(layer.end)) <
            static_cast<double>(layer.end - layer.mlp) / 4.0);
    // With split both share the row that computes: the layer is over sooner.
    const auto split = pictureOf(halfReplayed, DrsPolicy::Split);
    QVERIFY(split->layers[1].end - split->layers[1].mlp < layer.end - layer.mlp);
    QCOMPARE(fixed->free[0].at(static_cast<double>(fixed->layers[2].mlp))->row, std::int8_t{-1});
}

void TestGanttScene::withoutReplayNothingIsLeftFree()
{
    const std::array<std::uint32_t, 3> none{};
    const auto picture = pictureOf(none, DrsPolicy::Static);
    for (const LaneSpans &core : picture->free)
        QVERIFY(core.spans().empty());
}

void TestGanttScene::twoTracksShareOneAxis()
{
    GanttScene scene;
    scene.tracks = {trackOf(DrsPolicy::Split, QStringLiteral("Split")),
                    trackOf(DrsPolicy::Static, QStringLiteral("Static"))};
    scene.tracks[0].dense = 50000;
    QCOMPARE(longestOf(scene), 50000);
    scene.tracks[0].dense = 0;
    QCOMPARE(longestOf(scene), scene.tracks[1].picture->cycles());
    QVERIFY(scene.tracks[0].picture->cycles() < scene.tracks[1].picture->cycles());
    scene.range.setTotal(static_cast<double>(longestOf(scene)));
    const GanttLayout layout = layOut(scene, {800, 300});
    QCOMPARE(layout.xOf(scene.range, 0.0), layout.plot().left());
    QCOMPARE(layout.xOf(scene.range, scene.range.total()), layout.plot().right());
    QCOMPARE(layout.cycleAt(scene.range, layout.xOf(scene.range, 1234.0)), 1234.0);
    double bottom = 0.0;
    for (const GanttLine &line : layout.lines) { // none over another
        QVERIFY(line.top >= bottom);
        bottom = line.top + line.height;
        QCOMPARE(layout.lineAt(line.top + 1.0), &line);
    }
    QVERIFY(layout.contentHeight >= bottom);
}

void TestGanttScene::aNameOfWhichNothingCouldBeReadIsLeftOut()
{
    const QFontMetrics metrics(numberFont());
    const auto width = [&](const char *text) {
        return metrics.horizontalAdvance(QString::fromUtf8(text)) + 1;
    };
    QCOMPARE(labelIn(width("SiLU"), QStringLiteral("SiLU"), metrics), QStringLiteral("SiLU"));
    QCOMPARE(labelIn(width("MLP\u2026"), QStringLiteral("MLP gate, up"), metrics), QString());
    QVERIFY(labelIn(width("MLP gate\u2026"), QStringLiteral("MLP gate, up"), metrics).startsWith("MLP ga"));
}

void TestGanttScene::ticksStandAtRoundNumbers()
{
    QCOMPARE(tickStep(100.0, 90.0), 10000.0);
    QCOMPARE(tickStep(10.0, 90.0), 1000.0);
    QCOMPARE(tickStep(12.0, 90.0), 2000.0);
    QCOMPARE(tickStep(30.0, 90.0), 5000.0);
    QCOMPARE(tickStep(0.001, 90.0), 1.0);
}

void TestGanttScene::rowColoursCanBeToldApart()
{
    for (const ThemeName theme : {ThemeName::Light, ThemeName::Dark}) {
        applyTheme(*qApp, theme);
        for (int a = 0; a < 4; ++a) {
            for (int b = 0; b < a; ++b) {
                const QColor first = rowColor(a);
                const QColor second = rowColor(b);
                const int distance = std::abs(first.red() - second.red()) +
                                     std::abs(first.green() - second.green()) +
                                     std::abs(first.blue() - second.blue());
                QVERIFY2(distance > 100, qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
            }
            QVERIFY(rowColor(a) != themeColors().replay);
        }
    }
}

QTEST_MAIN(TestGanttScene)
#include "test_gantt_scene.moc"
