// SPDX-License-Identifier: Apache-2.0
//
// The Gantt of the hardware panel as it is zoomed, dragged, clicked and written to files.
#include "tests/ui/made_step.h"
#include "ui/hardware/gantt_export.h"
#include "ui/hardware/gantt_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>

using namespace fastcar;
using namespace fastcar::ui;

class TestHardwareTimeline : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }

    void portsAreOneLineUntilTheyAreOpened();
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
