// SPDX-License-Identifier: Apache-2.0
//
// The Gantt of the hardware panel: range, merged spans, what replay left free, geometry, and the view that is
// zoomed, dragged, clicked and written to files.
#include "tests/ui/made_card.h"
#include "ui/hardware/gantt_export.h"
#include "ui/hardware/gantt_view.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <random>

using namespace fastcar;
using namespace fastcar::ui;
using Work = CardSpan::Work;

namespace {

constexpr std::array<std::uint32_t, 3> halfReplayed{0b00, 0b10, 0b11};

StepQuery queryOf(std::span<const std::uint32_t> replays, DrsPolicy drs)
{
    StepQuery query;
    query.position = 40;
    query.rows = 2;
    query.replays = replays;
    query.policy.drs = drs;
    return query;
}

std::shared_ptr<const StepPicture> pictureOf(std::span<const std::uint32_t> replays, DrsPolicy drs)
{
    return makeStepPicture(timeOnMadeCard(queryOf(replays, drs), true), madeCard(), replays);
}

CardSpan span(std::int64_t begin, std::int64_t end, int row = 0, int layer = 0)
{
    return {.begin = begin,
            .end = end,
            .row = static_cast<std::int8_t>(row),
            .layer = static_cast<std::int16_t>(layer)};
}

GanttTrack trackOf(DrsPolicy drs, const QString &title)
{
    GanttTrack track;
    track.title = title;
    track.picture = pictureOf(halfReplayed, drs);
    return track;
}

} // namespace

class TestHardwareTimeline : public QObject {
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
    void portsAreOneLineUntilTheyAreOpened();
    void twoTracksShareOneAxis();
    void ticksStandAtRoundNumbers();
    void rowColoursCanBeToldApart();
    void theWheelZoomsAroundThePointer();
    void draggingMovesAndAClickChooses();
    void keysZoomMoveAndGoHome();
    void shiftAndDragMeasures();
    void anEmptyTimelineSaysWhatWouldFillIt();
    void pointingSaysUnitWorkRowAndCycles();
    void theChosenLayerFillsTheView();
    void exportsArePicturesAndTables();
    void exportToAnUnknownEndingIsRefused();

private:
    static std::unique_ptr<GanttView> makeView();
    /// The middle of a span of a core's lane, in the viewport.
    static QPointF middleOf(const GanttView &view, std::size_t lane, const CardSpan &span);
};

std::unique_ptr<GanttView> TestHardwareTimeline::makeView()
{
    auto view = std::make_unique<GanttView>();
    view->resize(900, 420);
    view->setTracks({trackOf(DrsPolicy::Split, QStringLiteral("Split"))}, madeCard().clockHz, 2);
    view->show();
    return view;
}

QPointF TestHardwareTimeline::middleOf(const GanttView &view, std::size_t lane, const CardSpan &at)
{
    const GanttLayout &layout = view.layoutOfLines();
    for (const GanttLine &line : layout.lines)
        if (line.kind == GanttLine::Kind::Lane && line.lane == lane)
            return {layout.xOf(view.scene().range, static_cast<double>(at.begin + at.end) / 2.0),
                    GanttLayout::axisHeight() + line.top + line.height / 2.0};
    qFatal("No such lane");
}

void TestHardwareTimeline::zoomingKeepsTheCycleUnderThePointer()
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

void TestHardwareTimeline::theRangeNeverLeavesTheStep()
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

void TestHardwareTimeline::whoSeesAllKeepsSeeingAllOfTheNextStep()
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

void TestHardwareTimeline::aSpanThatIsWideEnoughIsDrawnAlone()
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

void TestHardwareTimeline::narrowSpansAreDrawnTogetherAndNoCycleIsLost()
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

void TestHardwareTimeline::drawingCostsPixelsAndNotSpans()
{
    std::vector<CardSpan> spans;
    for (int i = 0; i < 200000; ++i)
        spans.push_back(span(3 * i, 3 * i + 2, i % 2, i / 1000));
    const LaneSpans lane(CardUnit::Core, 0, std::move(spans));
    QVERIFY(lane.segments(0.0, 600000.0, 800).size() <= 1600);
    QVERIFY(lane.segments(1000.0, 3000.0, 800).size() <= 1600);
}

void TestHardwareTimeline::theRowWithMostOfAColumnGivesItsColour()
{
    std::vector<CardSpan> spans;
    for (int i = 0; i < 1000; ++i)
        spans.push_back(span(10 * i, 10 * i + 9, i % 10 < 7 ? 1 : 0));
    const LaneSpans lane(CardUnit::Core, 0, std::move(spans));
    for (const LaneSegment &segment : lane.segments(0.0, 10000.0, 10))
        QCOMPARE(segment.span.row, std::int8_t{1});
}

void TestHardwareTimeline::whatIsUnderThePointerIsFound()
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

void TestHardwareTimeline::busyCyclesAreCountedWithinAnyTwoCycles()
{
    const LaneSpans lane(CardUnit::Port, 0, {span(100, 200), span(300, 310)});
    QCOMPARE(lane.busy(0.0, 1000.0), 110.0);
    QCOMPARE(lane.busy(150.0, 305.0), 55.0);
    QCOMPARE(lane.busy(120.0, 130.0), 10.0);
    QCOMPARE(lane.busy(200.0, 300.0), 0.0);
}

void TestHardwareTimeline::layersLieBehindOneAnother()
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

void TestHardwareTimeline::replayLeavesFreeTheCoreOfItsRow()
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

void TestHardwareTimeline::withoutReplayNothingIsLeftFree()
{
    const std::array<std::uint32_t, 3> none{};
    const auto picture = pictureOf(none, DrsPolicy::Static);
    for (const LaneSpans &core : picture->free)
        QVERIFY(core.spans().empty());
}

void TestHardwareTimeline::portsAreOneLineUntilTheyAreOpened()
{
    GanttScene scene;
    scene.tracks = {trackOf(DrsPolicy::Split, QStringLiteral("Split"))};
    const auto lanesOfPorts = [&scene] {
        const GanttLayout layout = layOut(scene, {800, 400});
        return std::count_if(layout.lines.begin(), layout.lines.end(), [](const GanttLine &line) {
            return line.unit == CardUnit::Port && line.kind == GanttLine::Kind::Lane;
        });
    };
    QCOMPARE(lanesOfPorts(), 0);
    scene.portsOpen = true;
    QCOMPARE(lanesOfPorts(), 4);

    auto view = makeView();
    const GanttLayout closed = view->layoutOfLines();
    const auto ports = std::find_if(closed.lines.begin(), closed.lines.end(), [](const GanttLine &line) {
        return line.unit == CardUnit::Port && line.opens;
    });
    QVERIFY(ports != closed.lines.end());
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      QPoint(20, static_cast<int>(GanttLayout::axisHeight() + ports->top + 5)));
    QVERIFY(view->scene().portsOpen);
    QCOMPARE(view->layoutOfLines().lines.size(), closed.lines.size() + 4);
}

void TestHardwareTimeline::twoTracksShareOneAxis()
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

void TestHardwareTimeline::ticksStandAtRoundNumbers()
{
    QCOMPARE(tickStep(100.0, 90.0), 10000.0);
    QCOMPARE(tickStep(10.0, 90.0), 1000.0);
    QCOMPARE(tickStep(12.0, 90.0), 2000.0);
    QCOMPARE(tickStep(30.0, 90.0), 5000.0);
    QCOMPARE(tickStep(0.001, 90.0), 1.0);
}

void TestHardwareTimeline::rowColoursCanBeToldApart()
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

void TestHardwareTimeline::theWheelZoomsAroundThePointer()
{
    auto view = makeView();
    const QPointF at(500.0, 120.0);
    const double before = view->layoutOfLines().cycleAt(view->scene().range, at.x());
    const auto wheel = [&](int delta, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(at, view->viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view->viewport(), &event);
    };
    for (int i = 0; i < 5; ++i)
        wheel(120, Qt::NoModifier);
    QVERIFY(view->scene().range.width() < 0.4 * view->scene().range.total());
    QVERIFY(std::abs(view->layoutOfLines().cycleAt(view->scene().range, at.x()) - before) < 1e-6);
    const double begin = view->scene().range.begin();
    wheel(-120, Qt::ShiftModifier);
    QVERIFY(view->scene().range.begin() > begin);
    for (int i = 0; i < 20; ++i)
        wheel(-120, Qt::NoModifier);
    QVERIFY(view->scene().range.isWhole());
}

void TestHardwareTimeline::draggingMovesAndAClickChooses()
{
    auto view = makeView();
    QSignalSpy layers(view.get(), &GanttView::layerChosen);
    QSignalSpy rows(view.get(), &GanttView::rowChosen);
    const LaneSpans &core = view->scene().tracks[0].picture->lanes[2];
    const auto target = std::find_if(core.spans().begin(), core.spans().end(),
                                     [](const CardSpan &s) { return s.layer == 1 && s.row == 1; });
    QVERIFY(target != core.spans().end());
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middleOf(*view, 2, *target).toPoint());
    QCOMPARE(layers.count(), 1);
    QCOMPARE(layers[0][0].toInt(), 1);
    QCOMPARE(rows[0][0].toInt(), 1);

    view->zoomIn();
    view->zoomIn();
    const double begin = view->scene().range.begin();
    const double perPixel = view->layoutOfLines().cyclesPerPixel(view->scene().range);
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, QPoint(500, 120));
    QTest::mouseMove(view->viewport(), QPoint(540, 120));
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, QPoint(540, 120));
    QVERIFY(std::abs(view->scene().range.begin() - (begin - 40.0 * perPixel)) < 1e-6);
    QCOMPARE(layers.count(), 1); // a drag chooses nothing
}

void TestHardwareTimeline::keysZoomMoveAndGoHome()
{
    auto view = makeView();
    QTest::keyClick(view.get(), Qt::Key_W);
    QTest::keyClick(view.get(), Qt::Key_Plus);
    QVERIFY(view->scene().range.width() < 0.5 * view->scene().range.total());
    const double begin = view->scene().range.begin();
    QTest::keyClick(view.get(), Qt::Key_D);
    QVERIFY(view->scene().range.begin() > begin);
    QTest::keyClick(view.get(), Qt::Key_A);
    QVERIFY(std::abs(view->scene().range.begin() - begin) < 1e-6);
    QTest::keyClick(view.get(), Qt::Key_S);
    QTest::keyClick(view.get(), Qt::Key_Home);
    QVERIFY(view->scene().range.isWhole());
}

void TestHardwareTimeline::shiftAndDragMeasures()
{
    auto view = makeView();
    const QImage before = view->viewport()->grab().toImage();
    QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, QPoint(300, 120));
    QTest::mouseMove(view->viewport(), QPoint(420, 120));
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, QPoint(420, 120));
    QVERIFY(view->scene().range.isWhole()); // it did not move
    const QImage after = view->viewport()->grab().toImage();
    QVERIFY(before.pixel(360, 200) != after.pixel(360, 200) || before.pixel(360, 90) != after.pixel(360, 90));
}

void TestHardwareTimeline::anEmptyTimelineSaysWhatWouldFillIt()
{
    GanttView view;
    view.setMessage(QStringLiteral("Nothing has run yet"), QStringLiteral("Generate a video."));
    view.resize(400, 200);
    QVERIFY(!view.hasPicture());
    QCOMPARE(view.accessibleDescription(), QStringLiteral("Nothing has run yet Generate a video."));
    QVERIFY(!view.grab().isNull());
    QTest::keyClick(&view, Qt::Key_W); // and nothing breaks
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(200, 100));
    view.setTracks({trackOf(DrsPolicy::Split, QStringLiteral("Split"))}, 1e8, 2);
    QVERIFY(view.hasPicture());
    view.setTracks({}, 1.0, 1);
    QVERIFY(!view.hasPicture());
}

void TestHardwareTimeline::pointingSaysUnitWorkRowAndCycles()
{
    auto view = makeView();
    const CardSpan &first = view->scene().tracks[0].picture->lanes[0].spans().front();
    const QStringList words = view->wordsAt(middleOf(*view, 0, first));
    QCOMPARE(words.size(), 3);
    QCOMPARE(words[0], QStringLiteral("Core 1: q k v"));
    QCOMPARE(words[1], QStringLiteral("layer 1, conditional row"));
    QVERIFY2(words[2].startsWith(QStringLiteral("100 cycles, 1.00")), qPrintable(words[2]));
    QVERIFY(words[2].contains(QStringLiteral("from cycle 40"))); // two rows' norms came first
    const StepPicture &picture = *view->scene().tracks[0].picture;
    const CardSpan &free = picture.free[0].spans().front();
    QVERIFY(view->wordsAt(middleOf(*view, 0, free))[0].contains(QStringLiteral("free")));
    QVERIFY(view->wordsAt(QPointF(5.0, 5.0)).isEmpty());
}

void TestHardwareTimeline::theChosenLayerFillsTheView()
{
    auto view = makeView();
    view->setChosen(1, 0);
    QTest::keyClick(view.get(), Qt::Key_F);
    const LayerWindow &layer = view->scene().tracks[0].picture->layers[1];
    const CycleRange &range = view->scene().range;
    QVERIFY(range.begin() < static_cast<double>(layer.begin));
    QVERIFY(range.end() > static_cast<double>(layer.end));
    QVERIFY(range.width() < 1.2 * static_cast<double>(layer.end - layer.begin));
}

void TestHardwareTimeline::exportsArePicturesAndTables()
{
    GanttScene scene;
    scene.tracks = {trackOf(DrsPolicy::Split, QStringLiteral("Split")),
                    trackOf(DrsPolicy::Static, QStringLiteral("Static"))};
    scene.clockHz = madeCard().clockHz;
    scene.rows = 2;
    scene.range.setTotal(static_cast<double>(longestOf(scene)));
    const QTemporaryDir folder;
    for (const char *name : {"step.png", "step.svg", "step.csv"}) {
        const auto written = exportGantt(folder.filePath(QLatin1String(name)), scene, 800.0);
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
    }
    const QImage picture(folder.filePath(QStringLiteral("step.png")));
    QCOMPARE(picture.width(), 1600);
    QFile svg(folder.filePath(QStringLiteral("step.svg")));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    const QByteArray drawing = svg.readAll();
    QVERIFY(drawing.contains("<svg"));
    QVERIFY(drawing.contains("Split"));
    QVERIFY(!drawing.contains("<image")); // drawn, not a photograph
    QFile csv(folder.filePath(QStringLiteral("step.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const auto lines = csv.readAll().split('\n');
    QCOMPARE(lines[0], QByteArray("track,unit,index,work,layer,row,begin,end,begin_ns,end_ns"));
    QCOMPARE(lines[1], QByteArray("split,core,0,qkv,0,0,40,140,400.0,1400.0"));
    std::size_t spans = 0;
    for (const GanttTrack &track : scene.tracks)
        for (const LaneSpans &lane : track.picture->lanes)
            spans += lane.spans().size();
    QCOMPARE(static_cast<std::size_t>(lines.size()), spans + 2); // the heading, and the end of the last line
}

void TestHardwareTimeline::exportToAnUnknownEndingIsRefused()
{
    GanttScene scene;
    const QTemporaryDir folder;
    QVERIFY(!exportGantt(folder.filePath(QStringLiteral("step.bmp")), scene, 800.0).ok());
    const auto nowhere = exportGantt(folder.filePath(QStringLiteral("no/such/step.csv")), scene, 800.0);
    QVERIFY(!nowhere.ok());
    QVERIFY(nowhere.error().message.find("step.csv") != std::string::npos);
}

QTEST_MAIN(TestHardwareTimeline)
#include "test_hardware_timeline.moc"
