// SPDX-License-Identifier: Apache-2.0
//
// The timeline of decisions and the heatmaps: what they show against a plain reading of the trace, and the real
// panels under mouse and keys.
#include "tests/ui/made_run.h"
#include "tests/ui/painted_parts.h"
#include "ui/heatmap/heatmap_image.h"
#include "ui/heatmap/heatmap_legend.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/models/decision_words.h"
#include "ui/models/paced_refresh.h"
#include "ui/tables/csv_table_view.h"
#include "ui/tables/csv_text.h"
#include "ui/theme/colormap.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/oklab.h"
#include "ui/theme/theme.h"
#include "ui/timeline/decision_panel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

/// A run in which everything differs from place to place: several layers, many frames, chains of all lengths,
/// layers that never replay, and the two rows not alike.
struct MixedRun {
    static constexpr int layers = 5;
    static constexpr int rows = 2;
    static constexpr int gridWidth = 4;
    static constexpr int gridHeight = 3;
    static constexpr int stride = gridWidth * gridHeight;
    static constexpr int frames = 9;
    static constexpr int tokens = frames * stride;

    static LayerOutcome outcome(int step, int layer, int row)
    {
        if (step < stride)
            return {std::nanf(""), Decision::NotEligible};
        const int mixed = (step * 7 + layer * 13 + row * 5 + step / stride * 3) % 23;
        const float tas = 0.25f * static_cast<float>(mixed) - 2.0f;
        if (layer == 4)
            return {tas, Decision::NotEligible};
        return {tas, mixed % (layer + 2) != 0 ? Decision::Replayed : Decision::Computed};
    }

    static float headScore(int step, int layer, int row, int head)
    {
        return outcome(step, layer, row).tas + 0.125f * static_cast<float>(head - 1);
    }

    static int chain(int step, int layer, int row)
    {
        int length = 0;
        for (; step >= 0 && outcome(step, layer, row).decision == Decision::Replayed; step -= stride)
            ++length;
        return length;
    }

    void begin()
    {
        ModelConfig config;
        config.backbone.layers = layers;
        config.depth.depth = 1;
        config.gridHeight = gridHeight;
        config.gridWidth = gridWidth;
        RunSettings settings;
        settings.prompt = "mixed";
        settings.frames = frames;
        settings.replay.thresholds = {0.5f, 0.5f, 0.5f, 0.5f, std::nullopt};
        range.follow(record, selection);
        record.begin(config, settings);
        selection.setLimits(layers, rows, stride, 1);
    }

    /// Goes on up to and with the token of that number; steps are one fewer.
    void drawUpTo(int token)
    {
        EngineThread::Drained drained;
        for (; next <= token; ++next) {
            const auto number = static_cast<std::uint32_t>(next);
            for (int layer = 0; next > 0 && layer < layers; ++layer)
                for (int row = 0; row < rows; ++row) {
                    const LayerOutcome made = outcome(next - 1, layer, row);
                    drained.events.push_back({.kind = Event::Kind::LayerOutcome,
                                              .decision = made.decision,
                                              .layer = static_cast<std::uint16_t>(layer),
                                              .row = static_cast<std::uint16_t>(row),
                                              .token = number - 1,
                                              .tas = made.tas});
                    for (int head = 0; next > stride && head < heads; ++head)
                        drained.events.push_back({.kind = Event::Kind::HeadScored,
                                                  .layer = static_cast<std::uint16_t>(layer),
                                                  .row = static_cast<std::uint16_t>(row),
                                                  .token = number - 1,
                                                  .tas = headScore(next - 1, layer, row, head),
                                                  .code = head,
                                                  .count = heads});
                }
            drained.events.push_back({.kind = Event::Kind::CodeDrawn, .token = number});
            drained.events.push_back({.kind = Event::Kind::TokenDone, .token = number, .timeNs = 1000 * next});
        }
        record.take(drained);
        // As if a preview had come of the frame at hand.
        selection.setVisibleFrames(token / stride + 1);
    }

    void drawAll() { drawUpTo(tokens - 1); }

    RunRecord record;
    Selection selection;
    TokenRange range;
    int next = 0;
    int heads = 0; // whose scores are told
};

/// What a pixel of the timeline has to be, counted step by step.
QRgb expectedColor(StepRange tokens, int layer, int row, int steps)
{
    const DecisionColors &colors = decisionColors();
    int there = 0, replayed = 0, computed = 0, longest = 0;
    for (int step = std::max(0, tokens.begin); step < std::min(tokens.end, steps); ++step) {
        const LayerOutcome outcome = MixedRun::outcome(step, layer, row);
        ++there;
        replayed += outcome.decision == Decision::Replayed;
        computed += outcome.decision == Decision::Computed;
        longest = std::max(longest, MixedRun::chain(step, layer, row));
    }
    if (there == 0)
        return colors.ground;
    const QRgb replay = colors.replayed(longest, MixedRun::frames - 1);
    const auto channel = [&](int (*of)(QRgb)) {
        return (of(replay) * replayed + of(colors.computed) * computed +
                of(colors.notEligible) * (there - replayed - computed)) /
               there;
    };
    return qRgb(channel(qRed), channel(qGreen), channel(qBlue));
}

DecisionImage::View viewOf(double begin, double tokensPerPixel, int width)
{
    DecisionImage::View view;
    view.columns = TokenColumns(begin, tokensPerPixel);
    view.width = width;
    view.height = 40;
    view.colors = &decisionColors();
    for (int layer = 0; layer < MixedRun::layers; ++layer)
        for (int row = 0; row < MixedRun::rows; ++row)
            view.lanes.push_back({.layer = layer, .row = row, .top = layer * 8 + row * 3, .height = 3});
    return view;
}

QPoint middle(const QRectF &box)
{
    return box.center().toPoint();
}

} // namespace

class TestDecisionViews : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init();
    void cleanup();

    void theRangeOfTokensZoomsAroundAPlaceAndStaysInTheVideo();
    void revealingMovesNoFartherThanItMust();
    void columnsHoldTheSameTokensWhereverTheScreenBegins();
    void everyTokenLiesInOneColumn();
    void lanesFitTheHeightOrAreScrolledTo();
    void thePictureIsWhatTheTraceSays_data();
    void thePictureIsWhatTheTraceSays();
    void aRunThatGoesOnPaintsItsNewTokensAlone();
    void movingPaintsWhatComesIntoViewAlone();

    void aClickOnTheTimelineChoosesTokenLayerAndRow();
    void whatOtherViewsChooseIsBroughtIntoView();
    void theWheelZoomsAroundThePointer();
    void draggingMovesAndChoosesNothing();
    void keysZoomMoveAndFit();
    void arrowsMoveTheCursorThroughTokensAndLanes();
    void pointingTellsTheTokenAndItsChain();
    void whereAPixelIsSeveralTokensTheirSumIsTold();
    void oneRowAloneHasTheWholeHeight();
    void theTimelinesTableHasTheSameDecisions();
    void aHiddenTimelinePaintsNothing();
    void whatComesFastIsDueSeldom();
    void nothingIsDueWhileNobodyLooks();
    void theNewestTokenStaysInViewForWhoLooksAtIt();

    void aHeatmapIsWhatTheTraceSays_data();
    void aHeatmapIsWhatTheTraceSays();
    void headsAreShownOfARunThatHasThem();
    void theTokensToComeHaveNoValue();
    void everyCellIsWhereItIsHit_data();
    void everyCellIsWhereItIsHit();
    void cellsAreDrawnInTheColourOfTheirValue();
    void coloursRunEvenlyInLightness();
    void aClickOnAHeatmapChoosesInAllViews();
    void arrowsWalkThroughAFrameMap();
    void pointingAtACellReadsIt();
    void aPositionOverTimeAsksForAPosition();
    void differencesAreOfferedOfGuidedRunsAlone();
    void theHeatmapsTableIsCopiedAsCsv();
    void theTableAndTheViewsShareTheCursor();
    void aHeatmapIsMadeAnewOnlyWhenItChanges();
    void newStepsAlonePaintTheTimeline();
    void newStepsAlonePaintTheHeatmap();

private:
    template <typename T>
    T *find(const char *name)
    {
        auto *found = host_->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("No control is named %s", name);
        return found;
    }
    void show(QWidget *panel, QSize size = {900, 320});
    DecisionTimeline &openTimeline();
    HeatmapView &openHeatmap(const HeatmapChoice &choice = {});
    QPoint placeOf(DecisionTimeline &timeline, int token, int layer, int row);
    static void wheel(QWidget &widget, QPoint at, int delta, Qt::KeyboardModifiers modifiers = {});
    static void choose(QComboBox &combo, int data);

    std::unique_ptr<MixedRun> run_;
    std::unique_ptr<QWidget> host_;
    HeatmapPanel *heatmaps_ = nullptr;
};

void TestDecisionViews::init()
{
    run_ = std::make_unique<MixedRun>();
    run_->begin();
}

void TestDecisionViews::cleanup()
{
    host_.reset();
    run_.reset();
}

void TestDecisionViews::show(QWidget *panel, QSize size)
{
    host_.reset(panel);
    host_->resize(size);
    host_->show();
    QVERIFY(QTest::qWaitForWindowExposed(host_.get()));
    QCoreApplication::processEvents();
}

DecisionTimeline &TestDecisionViews::openTimeline()
{
    auto *panel = new DecisionPanel({run_->record, run_->selection, run_->range});
    show(panel);
    return panel->timeline();
}

HeatmapView &TestDecisionViews::openHeatmap(const HeatmapChoice &choice)
{
    heatmaps_ = new HeatmapPanel({run_->record, run_->selection});
    heatmaps_->choose(choice);
    show(heatmaps_);
    QTest::qWait(0);
    return heatmaps_->view();
}

QPoint TestDecisionViews::placeOf(DecisionTimeline &timeline, int token, int layer, int row)
{
    const DecisionLayout &layout = timeline.layoutOfLanes();
    const DecisionLane *lane = layout.lane(layer, row);
    return {static_cast<int>(std::floor(layout.xOf(run_->range.axis(), token + 0.5))),
            static_cast<int>(DecisionLayout::headerHeight + lane->top + lane->height / 2.0)};
}

void TestDecisionViews::wheel(QWidget &widget, QPoint at, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

void TestDecisionViews::choose(QComboBox &combo, int data)
{
    combo.setCurrentIndex(combo.findData(data));
    emit combo.activated(combo.currentIndex());
}

void TestDecisionViews::theRangeOfTokensZoomsAroundAPlaceAndStaysInTheVideo()
{
    TokenRange range;
    range.setTokens(4096);
    int changes = 0;
    connect(&range, &TokenRange::changed, this, [&] { ++changes; });
    range.zoom(0.25, 1000.0);
    QCOMPARE(range.axis().width(), 1024.0);
    QCOMPARE((1000.0 - range.axis().begin()) / range.axis().width(), 1000.0 / 4096.0);
    range.pan(-5000.0);
    QCOMPARE(range.axis().begin(), 0.0);
    range.pan(-1.0); // nothing moves, nothing is said
    QCOMPARE(changes, 2);
    range.zoom(1e-9, 10.0);
    QVERIFY(range.axis().width() >= 1.0);
    range.setTokens(100); // another video
    QVERIFY(range.axis().isWhole());
    QCOMPARE(range.tokens(), 100);
}

void TestDecisionViews::revealingMovesNoFartherThanItMust()
{
    TokenRange range;
    range.setTokens(1000);
    range.show(100.0, 200.0);
    range.reveal(150);
    QCOMPARE(range.axis().begin(), 100.0);
    range.reveal(200); // just outside
    QVERIFY(range.contains(200));
    QVERIFY(range.contains(120));
    QCOMPARE(range.axis().width(), 100.0);
    range.reveal(0);
    QCOMPARE(range.axis().begin(), 0.0);
}

void TestDecisionViews::columnsHoldTheSameTokensWhereverTheScreenBegins()
{
    for (const double scale : {0.04, 0.5, 1.0, 3.37, 4.0, 41.5}) {
        const TokenColumns still(0.0, scale);
        for (const double begin : {0.0, 0.3 * scale, 17.2, 1234.5678}) {
            const TokenColumns moved(begin, scale);
            for (int column = 0; column < 50; ++column)
                QVERIFY(moved.tokens(column) == still.tokens(column + static_cast<int>(moved.first())));
            // Never farther than half a pixel from where it should be.
            QVERIFY(std::abs(static_cast<double>(moved.first()) * scale - begin) <= 0.51 * scale);
        }
    }
}

void TestDecisionViews::everyTokenLiesInOneColumn()
{
    for (const double scale : {1.5, 3.37, 8.0}) {
        const TokenColumns columns(100.0, scale);
        int next = columns.tokens(0).begin;
        for (int column = 0; column < 400; ++column) {
            QCOMPARE(columns.tokens(column).begin, next);
            next = columns.tokens(column).end;
            QVERIFY(std::abs(columns.columnOf(columns.tokens(column).begin) - column) <= 1);
        }
    }
    const TokenColumns wide(10.0, 0.125); // eight pixels a token
    for (int column = 0; column < 400; ++column)
        QCOMPARE(wide.tokens(column).begin, 10 + column / 8);
}

void TestDecisionViews::lanesFitTheHeightOrAreScrolledTo()
{
    const DecisionLayout roomy = layOut(5, {0, 1}, {900, 320});
    QCOMPARE(roomy.lanes.size(), std::size_t{10});
    QVERIFY(roomy.contentHeight <= 320.0);
    for (const DecisionLane &lane : roomy.lanes) {
        QVERIFY(roomy.laneAt(lane.top + 0.5) == &lane);
        QVERIFY(roomy.laneAt(lane.bottom() - 0.5) == &lane);
        QVERIFY(roomy.lane(lane.layer, lane.row) == &lane);
    }
    QVERIFY(!roomy.laneAt(-1.0));
    QVERIFY(!roomy.laneAt(roomy.lanes.back().bottom() + 1.0));
    const DecisionLayout large = layOut(32, {0, 1}, {900, 120});
    QVERIFY(large.contentHeight > 120.0);
    QVERIFY(large.lanes.front().height >= 2.0);
    const double x = roomy.xOf(run_->range.axis(), 37.25);
    QCOMPARE(roomy.tokenAt(run_->range.axis(), x), 37.25);
    QVERIFY(layOut(0, {}, {900, 320}).lanes.empty());
}

void TestDecisionViews::thePictureIsWhatTheTraceSays_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("tokensPerPixel");
    QTest::addColumn<int>("drawn");
    QTest::newRow("all of it") << 0.0 << MixedRun::tokens / 40.0 << MixedRun::tokens - 1;
    QTest::newRow("some tokens a pixel") << 11.0 << 1.7 << MixedRun::tokens - 1;
    QTest::newRow("a token a pixel") << 20.0 << 1.0 << MixedRun::tokens - 1;
    QTest::newRow("some pixels a token") << 30.5 << 0.4 << MixedRun::tokens - 1;
    QTest::newRow("tokens to come") << 0.0 << 1.3 << 40;
}

void TestDecisionViews::thePictureIsWhatTheTraceSays()
{
    QFETCH(double, begin);
    QFETCH(double, tokensPerPixel);
    QFETCH(int, drawn);
    run_->drawUpTo(drawn);
    DecisionImage image;
    const DecisionImage::View view = viewOf(begin, tokensPerPixel, 60);
    QCOMPARE(image.update(run_->record.trace(), run_->record.decisions(), view), 60);
    for (const DecisionImage::Lane &lane : view.lanes)
        for (int column = 0; column < 60; ++column) {
            const StepRange tokens = view.columns.tokens(column);
            const QRgb wanted = expectedColor(tokens, lane.layer, lane.row, drawn);
            for (int line = lane.top; line < lane.top + lane.height; ++line)
                QVERIFY2(image.picture().pixel(column, line) == wanted,
                         qPrintable(QStringLiteral("column %1, line %2").arg(column).arg(line)));
        }
    QCOMPARE(image.picture().pixel(0, 7), decisionColors().ground); // between two layers
}

void TestDecisionViews::aRunThatGoesOnPaintsItsNewTokensAlone()
{
    run_->drawUpTo(30);
    DecisionImage image;
    const DecisionImage::View view = viewOf(0.0, 0.5, 2 * MixedRun::tokens);
    image.update(run_->record.trace(), run_->record.decisions(), view);
    QCOMPARE(image.update(run_->record.trace(), run_->record.decisions(), view), 0);
    run_->drawUpTo(36);
    const int painted = image.update(run_->record.trace(), run_->record.decisions(), view);
    QVERIFY2(painted >= 12 && painted <= 18, qPrintable(QString::number(painted)));
    run_->drawAll();
    image.update(run_->record.trace(), run_->record.decisions(), view);
    DecisionImage atOnce;
    atOnce.update(run_->record.trace(), run_->record.decisions(), view);
    QVERIFY(image.picture() == atOnce.picture());
}

void TestDecisionViews::movingPaintsWhatComesIntoViewAlone()
{
    run_->drawAll();
    DecisionImage image;
    image.update(run_->record.trace(), run_->record.decisions(), viewOf(20.0, 0.7, 60));
    for (const double begin : {22.1, 19.0, 30.0, 0.0, 55.5}) {
        const DecisionImage::View view = viewOf(begin, 0.7, 60);
        const int painted = image.update(run_->record.trace(), run_->record.decisions(), view);
        QVERIFY(painted <= 60);
        DecisionImage atOnce;
        atOnce.update(run_->record.trace(), run_->record.decisions(), view);
        QVERIFY2(image.picture() == atOnce.picture(), qPrintable(QString::number(begin)));
    }
    const int painted =
        image.update(run_->record.trace(), run_->record.decisions(), viewOf(55.5 + 3 * 0.7, 0.7, 60));
    QCOMPARE(painted, 3);
}

void TestDecisionViews::aClickOnTheTimelineChoosesTokenLayerAndRow()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    const int token = 3 * MixedRun::stride + 7;
    QTest::mouseClick(timeline.viewport(), Qt::LeftButton, {}, placeOf(timeline, token, 2, 1));
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 7);
    QCOMPARE(run_->selection.layer(), 2);
    QCOMPARE(run_->selection.row(), 1);
    QVERIFY(!run_->selection.following());
}

void TestDecisionViews::whatOtherViewsChooseIsBroughtIntoView()
{
    run_->drawAll();
    openTimeline();
    run_->range.show(0.0, 20.0);
    run_->selection.chooseFrame(6);
    QVERIFY(run_->range.contains(0)); // a frame alone is no token
    run_->selection.choosePosition(5);
    QVERIFY(run_->range.contains(6 * MixedRun::stride + 5));
    const double begin = run_->range.axis().begin();
    run_->selection.chooseLayer(3);
    QCOMPARE(run_->range.axis().begin(), begin);
    // From a frame to another at once: the old position of the new frame is not looked at on the way.
    run_->selection.chooseToken(2, 11);
    run_->range.show(30.0, 40.0);
    run_->selection.chooseToken(3, 0);
    QCOMPARE(run_->range.axis().begin(), 30.0);
}

void TestDecisionViews::theWheelZoomsAroundThePointer()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    const QPoint at(500, 100);
    const double token = timeline.layoutOfLanes().tokenAt(run_->range.axis(), at.x());
    wheel(*timeline.viewport(), at, 120);
    wheel(*timeline.viewport(), at, 120);
    QVERIFY(run_->range.axis().width() < 0.7 * MixedRun::tokens);
    QVERIFY(std::abs(timeline.layoutOfLanes().tokenAt(run_->range.axis(), at.x()) - token) < 1e-6);
    const double begin = run_->range.axis().begin();
    wheel(*timeline.viewport(), at, -120, Qt::ShiftModifier);
    QVERIFY(run_->range.axis().begin() > begin);
    for (int i = 0; i < 10; ++i)
        wheel(*timeline.viewport(), at, -120);
    QVERIFY(run_->range.axis().isWhole());
}

void TestDecisionViews::draggingMovesAndChoosesNothing()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    run_->range.show(40.0, 60.0);
    const double perPixel = timeline.layoutOfLanes().tokensPerPixel(run_->range.axis());
    QTest::mousePress(timeline.viewport(), Qt::LeftButton, {}, {400, 100});
    QTest::mouseMove(timeline.viewport(), {300, 100});
    QTest::mouseRelease(timeline.viewport(), Qt::LeftButton, {}, {300, 100});
    QVERIFY(std::abs(run_->range.axis().begin() - (40.0 + 100.0 * perPixel)) < 1e-6);
    QCOMPARE(run_->selection.position(), -1);
}

void TestDecisionViews::keysZoomMoveAndFit()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    QTest::keyClick(&timeline, Qt::Key_W);
    const double width = run_->range.axis().width();
    QVERIFY(width < MixedRun::tokens);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    QVERIFY(run_->range.axis().width() < width);
    const double begin = run_->range.axis().begin();
    QTest::keyClick(&timeline, Qt::Key_D);
    QVERIFY(run_->range.axis().begin() > begin);
    QTest::keyClick(&timeline, Qt::Key_A);
    QTest::keyClick(&timeline, Qt::Key_S);
    QVERIFY(std::abs(run_->range.axis().width() - width) < 1e-6);
    QTest::keyClick(&timeline, Qt::Key_F);
    QVERIFY(run_->range.axis().isWhole());
}

void TestDecisionViews::arrowsMoveTheCursorThroughTokensAndLanes()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(11);
    QTest::keyClick(&timeline, Qt::Key_Right);
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 0);
    QTest::keyClick(&timeline, Qt::Key_Left);
    QTest::keyClick(&timeline, Qt::Key_PageDown);
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 11);
    QTest::keyClick(&timeline, Qt::Key_Down); // from a layer's first row to its second, then to the next layer
    QCOMPARE(run_->selection.layer(), 0);
    QCOMPARE(run_->selection.row(), 1);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QCOMPARE(run_->selection.layer(), 1);
    QCOMPARE(run_->selection.row(), 0);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QCOMPARE(run_->selection.frame() * MixedRun::stride + run_->selection.position(), 0);
    QTest::keyClick(&timeline, Qt::Key_End);
    QCOMPARE(run_->selection.frame() * MixedRun::stride + run_->selection.position(), MixedRun::tokens - 1);
    // Who does not see the picture hears what is under the cursor.
    QVERIFY(timeline.accessibleDescription().contains(QStringLiteral("frame 9, position 12")));
    QVERIFY(timeline.accessibleDescription().contains(QStringLiteral("needs no step")));
}

void TestDecisionViews::pointingTellsTheTokenAndItsChain()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    int step = MixedRun::tokens - 2;
    while (MixedRun::chain(step, 3, 0) < 3)
        --step;
    const QStringList words = timeline.wordsAt(placeOf(timeline, step, 3, 0));
    QCOMPARE(words.size(), 5);
    QCOMPARE(words[0], QStringLiteral("Layer 4, conditional row"));
    QVERIFY(words[1].startsWith(QStringLiteral("step %1: frame %2, position %3")
                                    .arg(step + 1)
                                    .arg(step / MixedRun::stride + 1)
                                    .arg(step % MixedRun::stride + 1)));
    QVERIFY(words[2].contains(tasText(MixedRun::outcome(step, 3, 0).tas)));
    QVERIFY(words[2].endsWith(QStringLiteral("τ 0.500")));
    const int chain = MixedRun::chain(step, 3, 0);
    QVERIFY(words[3].contains(QString::number(chain)));
    QVERIFY(words[4].endsWith(QString::number(step / MixedRun::stride + 1 - chain)));
    QVERIFY(timeline.wordsAt(placeOf(timeline, 3, 3, 0)).contains(QStringLiteral("computed: frame 1 always is")));
    QVERIFY(timeline.wordsAt(placeOf(timeline, step, 4, 0)).last().contains(QStringLiteral("off at this layer")));
    QVERIFY(timeline.wordsAt({5, 100}).isEmpty());
    // A note that is hovered is heard of in the other views of the frame.
    run_->selection.chooseFrame(2);
    QTest::mouseMove(timeline.viewport(), placeOf(timeline, 2 * MixedRun::stride + 4, 1, 0));
    QCOMPARE(run_->selection.hovered(), 4);
    QTest::mouseMove(timeline.viewport(), placeOf(timeline, 5 * MixedRun::stride + 4, 1, 0));
    QCOMPARE(run_->selection.hovered(), -1);
}

void TestDecisionViews::whereAPixelIsSeveralTokensTheirSumIsTold()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    host_->resize(240, 320); // fewer pixels than tokens would need
    QVERIFY(timeline.layoutOfLanes().tokensPerPixel(run_->range.axis()) < 1.0);
    QVERIFY(timeline.tokensAt(100.0).end - timeline.tokensAt(100.0).begin == 1);
    const StepRange several{50, 54};
    const QStringList words = decisionWords(run_->record, several, 1, 0);
    int replayed = 0, longest = 0;
    for (int step = several.begin; step < several.end; ++step) {
        replayed += MixedRun::outcome(step, 1, 0).decision == Decision::Replayed;
        longest = std::max(longest, MixedRun::chain(step, 1, 0));
    }
    QVERIFY(words.contains(QStringLiteral("%1 of 4 eligible replayed").arg(replayed)));
    QVERIFY(words.contains(QStringLiteral("the longest chain: %1 frames on end").arg(longest)));
    QVERIFY(words[1].startsWith(QStringLiteral("steps 51 to 54")));
}

void TestDecisionViews::oneRowAloneHasTheWholeHeight()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    QCOMPARE(timeline.layoutOfLanes().lanes.size(), std::size_t{10});
    choose(*find<QComboBox>("decisionRowCombo"), static_cast<int>(DecisionTimeline::Rows::Unconditional));
    QCOMPARE(timeline.layoutOfLanes().lanes.size(), std::size_t{5});
    for (const DecisionLane &lane : timeline.layoutOfLanes().lanes)
        QCOMPARE(lane.row, 1);
}

void TestDecisionViews::theTimelinesTableHasTheSameDecisions()
{
    run_->drawUpTo(60);
    openTimeline();
    find<QPushButton>("decisionTableButton")->click();
    QCoreApplication::processEvents();
    auto *view = find<CsvTableView>("decisionTable");
    QTRY_COMPARE(view->model()->rowCount(), 60);
    QCOMPARE(view->model()->columnCount(), 10);
    for (int step = 0; step < 60; ++step)
        for (int layer = 0; layer < MixedRun::layers; ++layer)
            for (int row = 0; row < 2; ++row) {
                const auto index = view->model()->index(step, 2 * layer + row);
                const bool eligible = MixedRun::outcome(step, layer, row).decision != Decision::NotEligible;
                QCOMPARE(index.data().toString(), eligible ? QString::number(MixedRun::chain(step, layer, row))
                                                           : QStringLiteral("–"));
            }
    run_->drawUpTo(70); // and grows with the run
    QTRY_COMPARE(view->model()->rowCount(), 70);
    view->setCurrentIndex(view->model()->index(3 * MixedRun::stride + 2, 2 * 2 + 1));
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 2);
    QCOMPARE(run_->selection.layer(), 2);
    QCOMPARE(run_->selection.row(), 1);
    run_->selection.choosePosition(9);
    QCOMPARE(view->currentIndex().row(), 3 * MixedRun::stride + 9);
    const QStringList lines = csvText(*view->model()).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 72); // a header, a line for each step, and the end
    QVERIFY(lines[0].startsWith(QStringLiteral(",\"layer 1, conditional row\"")));
}

void TestDecisionViews::aHiddenTimelinePaintsNothing()
{
    run_->drawUpTo(20);
    DecisionTimeline &timeline = openTimeline();
    timeline.grab();
    const auto painted = timeline.columnsPainted();
    QVERIFY(painted > 0);
    host_->hide();
    run_->drawUpTo(40);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(timeline.columnsPainted(), painted);
    host_->show();
    QTRY_VERIFY(timeline.columnsPainted() > painted);
    // What stays paints nothing either.
    const auto again = timeline.columnsPainted();
    timeline.viewport()->repaint();
    QCOMPARE(timeline.columnsPainted(), again);
}

void TestDecisionViews::whatComesFastIsDueSeldom()
{
    PacedRefresh refresh;
    QSignalSpy due(&refresh, &PacedRefresh::due);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 5 * PacedRefresh::ofARunMs) {
        refresh.ask();
        QTest::qWait(1);
    }
    QVERIFY(due.count() >= 1);
    QVERIFY(due.count() <= clock.elapsed() / PacedRefresh::ofARunMs + 1);
}

void TestDecisionViews::nothingIsDueWhileNobodyLooks()
{
    PacedRefresh refresh;
    QSignalSpy due(&refresh, &PacedRefresh::due);
    refresh.setWatched(false);
    refresh.ask();
    refresh.askNow();
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 0);
    refresh.setWatched(true); // once for all that was asked for
    QTRY_COMPARE(due.count(), 1);
    refresh.ask();
    refresh.setWatched(false); // what waits, too
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 1);
    refresh.ask();
    refresh.done();
    refresh.setWatched(true);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 1);
}

void TestDecisionViews::theNewestTokenStaysInViewForWhoLooksAtIt()
{
    run_->drawUpTo(30);
    DecisionTimeline &timeline = openTimeline();
    run_->range.show(20.0, 32.0);
    timeline.refresh();
    run_->drawUpTo(50);
    timeline.refresh();
    QVERIFY(run_->range.contains(49));
    run_->range.show(0.0, 12.0); // looks elsewhere
    run_->drawUpTo(70);
    timeline.refresh();
    QCOMPARE(run_->range.axis().begin(), 0.0);
}

void TestDecisionViews::aHeatmapIsWhatTheTraceSays_data()
{
    QTest::addColumn<HeatmapKind>("kind");
    QTest::newRow("layers of a frame") << HeatmapKind::LayersByPositions;
    QTest::newRow("frames of a layer") << HeatmapKind::FrameMaps;
    QTest::newRow("a position over time") << HeatmapKind::LayersByFrames;
}

/// The value of a place, read plainly.
static HeatmapCell expectedCell(const HeatmapChoice &choice, const HeatmapPlace &place, int row)
{
    const int step = place.frame * MixedRun::stride + place.position;
    const int first = choice.difference ? 0 : row;
    const LayerOutcome a = MixedRun::outcome(step, place.layer, first);
    const LayerOutcome b = MixedRun::outcome(step, place.layer, 1);
    const auto there = [](double value) { return HeatmapCell{static_cast<float>(value), CellState::There}; };
    const bool eligible = a.decision != Decision::NotEligible;
    switch (choice.value) {
    case HeatmapValue::Tas:
        if (std::isnan(a.tas))
            return {.value = 0.0f, .state = CellState::None};
        return there(choice.difference ? a.tas - b.tas : a.tas);
    case HeatmapValue::Chain:
        if (!eligible)
            return {.value = 0.0f, .state = CellState::NotEligible};
        return there(MixedRun::chain(step, place.layer, first) -
                     (choice.difference ? MixedRun::chain(step, place.layer, 1) : 0));
    case HeatmapValue::Decision: {
        if (!eligible)
            return {.value = 0.0f, .state = CellState::NotEligible};
        const bool ra = a.decision == Decision::Replayed;
        const bool rb = choice.difference ? b.decision == Decision::Replayed : ra;
        const DecisionCell cell = ra && rb   ? DecisionCell::Replayed
                                  : ra       ? DecisionCell::OnlyFirst
                                  : rb       ? DecisionCell::OnlySecond
                                             : DecisionCell::Computed;
        return there(static_cast<double>(cell));
    }
    case HeatmapValue::LayersReplayed: {
        if (step < MixedRun::stride)
            return {.value = 0.0f, .state = CellState::NotEligible};
        int replayed = 0;
        for (int layer = 0; layer < MixedRun::layers; ++layer) {
            replayed += MixedRun::outcome(step, layer, first).decision == Decision::Replayed;
            if (choice.difference)
                replayed -= MixedRun::outcome(step, layer, 1).decision == Decision::Replayed;
        }
        return there(replayed / static_cast<double>(MixedRun::layers));
    }
    case HeatmapValue::Drift: // of pictures, which this run has none of
        break;
    }
    return {};
}

void TestDecisionViews::aHeatmapIsWhatTheTraceSays()
{
    QFETCH(HeatmapKind, kind);
    run_->drawAll();
    run_->selection.chooseFrame(5);
    run_->selection.chooseLayer(2);
    run_->selection.choosePosition(7);
    int grids = 0;
    for (const auto value :
         {HeatmapValue::Tas, HeatmapValue::Decision, HeatmapValue::Chain, HeatmapValue::LayersReplayed}) {
        for (const int row : {0, 1, -1}) {
            const HeatmapChoice choice{.kind = kind, .value = value, .difference = row < 0};
            run_->selection.chooseRow(std::max(0, row));
            const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection, choice);
            QCOMPARE(grid.empty(), !isPossible(choice, true));
            if (grid.empty())
                continue;
            ++grids;
            for (int r = 0; r < grid.rows; ++r) {
                for (int c = 0; c < grid.columns; ++c) {
                    const HeatmapPlace place = grid.placeOf(r, c);
                    QCOMPARE(place.frame, kind == HeatmapKind::FrameMaps        ? r
                                          : kind == HeatmapKind::LayersByFrames ? c
                                                                                : 5);
                    QCOMPARE(place.layer, kind == HeatmapKind::FrameMaps ? 2 : r);
                    QCOMPARE(place.position, kind == HeatmapKind::LayersByFrames ? 7 : c);
                    if (place.frame * MixedRun::stride + place.position == MixedRun::tokens - 1)
                        continue; // the last token has no step
                    const HeatmapCell wanted = expectedCell(choice, place, std::max(0, row));
                    QCOMPARE(grid.at(r, c).state, wanted.state);
                    QCOMPARE(grid.at(r, c).value, wanted.value);
                }
            }
            const auto chosen = grid.chosenCell();
            QVERIFY(chosen && grid.placeOf(chosen->first, chosen->second) == grid.chosen);
        }
    }
    QCOMPARE(grids, kind == HeatmapKind::FrameMaps ? 12 : 9);
}

void TestDecisionViews::headsAreShownOfARunThatHasThem()
{
    const HeatmapChoice choice{.kind = HeatmapKind::LayersByHeads};
    run_->drawUpTo(20);
    run_->selection.chooseFrame(1);
    run_->selection.choosePosition(3);
    HeatmapView &view = openHeatmap(choice);
    QVERIFY(view.grid().empty());
    QVERIFY2(view.told().contains("no scores of single heads"), qPrintable(view.told()));
    QSignalSpy asked(heatmaps_, &HeatmapPanel::recordsHeadsAsked);
    heatmaps_->findChild<QAction *>("recordHeadsAction")->trigger();
    QCOMPARE(asked.front().front().toBool(), true);

    host_.reset();
    run_ = std::make_unique<MixedRun>();
    run_->heads = 3;
    run_->begin();
    run_->drawAll();
    run_->selection.chooseRow(1);
    run_->selection.chooseFrame(5);
    run_->selection.choosePosition(7);
    const int step = 5 * MixedRun::stride + 7;
    for (const bool difference : {false, true}) {
        const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection,
                                             {.kind = HeatmapKind::LayersByHeads, .difference = difference});
        QCOMPARE(grid.rows, MixedRun::layers);
        QCOMPARE(grid.columns, 3);
        for (int layer = 0; layer < grid.rows; ++layer)
            for (int head = 0; head < 3; ++head) {
                QVERIFY(grid.at(layer, head).state == CellState::There);
                QCOMPARE(grid.at(layer, head).value,
                         difference ? MixedRun::headScore(step, layer, 0, head) -
                                          MixedRun::headScore(step, layer, 1, head)
                                    : MixedRun::headScore(step, layer, 1, head));
            }
        QCOMPARE(heatmapWords(run_->record, grid, 2, 1, 1).front(),
                 difference ? QStringLiteral("Layer 3, head 2, conditional less unconditional row")
                            : QStringLiteral("Layer 3, head 2, unconditional row"));
    }
    run_->selection.chooseFrame(0); // has no earlier frame
    QVERIFY(makeHeatmap(run_->record, run_->selection, choice).at(0, 0).state == CellState::None);
}

void TestDecisionViews::theTokensToComeHaveNoValue()
{
    run_->drawUpTo(2 * MixedRun::stride + 4); // step 28 is to come
    run_->selection.chooseFrame(2);
    const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection, {});
    for (int column = 0; column < grid.columns; ++column)
        QCOMPARE(grid.at(1, column).state, column < 4 ? CellState::There : CellState::ToCome);
    const HeatmapGrid frames =
        makeHeatmap(run_->record, run_->selection, {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    QCOMPARE(frames.at(0, 3).state, CellState::None);
    QCOMPARE(frames.at(1, 3).state, CellState::There);
    QCOMPARE(frames.at(3, 0).state, CellState::ToCome);
}

void TestDecisionViews::everyCellIsWhereItIsHit_data()
{
    QTest::addColumn<HeatmapKind>("kind");
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("ratio");
    for (const auto &[name, kind] : {std::pair("layers", HeatmapKind::LayersByPositions),
                                     std::pair("maps", HeatmapKind::FrameMaps),
                                     std::pair("time", HeatmapKind::LayersByFrames)}) {
        QTest::addRow("%s, roomy", name) << kind << QSizeF(900, 300) << 1.0;
        QTest::addRow("%s, crowded", name) << kind << QSizeF(90, 60) << 1.0;
        QTest::addRow("%s, at twice the pixels", name) << kind << QSizeF(411, 203) << 2.0;
    }
}

void TestDecisionViews::everyCellIsWhereItIsHit()
{
    QFETCH(HeatmapKind, kind);
    QFETCH(QSizeF, size);
    QFETCH(double, ratio);
    run_->drawAll();
    run_->selection.choosePosition(3);
    const HeatmapGrid grid =
        makeHeatmap(run_->record, run_->selection, {.kind = kind, .value = HeatmapValue::Tas});
    const HeatmapLayout layout(grid, size, ratio);
    QRectF all;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const QRectF cell = layout.cellRect(row, column);
            QVERIFY(layout.cellAt(cell.center()) == std::pair(row, column));
            QVERIFY(layout.cellAt(cell.topLeft() + QPointF(0.1, 0.1)) == std::pair(row, column));
            QVERIFY(!all.intersects(cell.adjusted(0.1, 0.1, -0.1, -0.1)) || layout.isMaps() || column > 0 || row > 0);
            const double left = cell.left() * ratio;
            QVERIFY(std::abs(left - std::round(left)) < 1e-6); // on the pixels of the device
            all = all.united(cell);
        }
    }
    QVERIFY(QRectF(QPointF(0, 0), layout.content()).contains(all));
    QVERIFY(!layout.cellAt({-3.0, -3.0}));
    QVERIFY(!layout.cellAt(all.bottomRight() + QPointF(1.0, 1.0)));
}

void TestDecisionViews::cellsAreDrawnInTheColourOfTheirValue()
{
    run_->drawUpTo(5 * MixedRun::stride);
    const HeatmapGrid grid =
        makeHeatmap(run_->record, run_->selection, {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    HeatmapRanges ranges;
    const HeatmapColors colors{
        .choice = grid.choice, .range = ranges.of(run_->record, grid), .longestChain = MixedRun::frames - 1};
    QVERIFY(colors.range && colors.range->low < -1.5f && colors.range->high > 3.0f);
    const HeatmapLayout layout(grid, {900, 300}, 2.0);
    const QImage image = paintHeatmap(grid, colors, layout, 2.0, qRgb(1, 2, 3));
    QCOMPARE(image.pixel(0, 0), qRgb(1, 2, 3));
    for (int frame = 0; frame < grid.rows; ++frame) {
        for (int position = 0; position < grid.columns; ++position) {
            const QRectF cell = layout.cellRect(frame, position);
            const QPoint at((cell.center() * 2.0).toPoint());
            const QRgb wanted = grid.at(frame, position).state == CellState::None
                                    ? hatched(at.x(), at.y(), 2.0)
                                    : colors.of(grid.at(frame, position));
            QCOMPARE(image.pixel(at), wanted);
        }
    }
    // Higher is brighter, and the ends are the map's.
    QCOMPARE(colors.of({.value = colors.range->high, .state = CellState::There}), colors.onMap(1.0));
    QCOMPARE(colors.of({.value = 1e9f, .state = CellState::There}), colors.onMap(1.0));
}

void TestDecisionViews::coloursRunEvenlyInLightness()
{
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
        applyTheme(*qApp, theme);
        const bool dark = theme == ThemeName::Dark;
        const auto lightness = [](QRgb color) { return toOkLch(color).lightness; };
        const auto &chains = decisionColors().chains;
        for (std::size_t i = 8; i < chains.size(); i += 8) {
            const double step = lightness(chains[i]) - lightness(chains[i - 8]);
            QVERIFY(dark ? step > 0.005 : step < -0.005); // away from the ground
        }
        const auto &differences = differenceColormap();
        for (std::size_t i = 0; i < 128; i += 16) // as far to either side
            QVERIFY(std::abs(lightness(differences[i]) - lightness(differences[255 - i])) < 0.03);
        QVERIFY(dark == (lightness(differences[128]) < lightness(differences[255])));
    }
    applyTheme(*qApp, ThemeName::Dark);
    const QRgb color = qRgb(120, 50, 200);
    QCOMPARE(toRgb(toOkLch(color)), color);
}

void TestDecisionViews::aClickOnAHeatmapChoosesInAllViews()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap();
    run_->selection.chooseFrame(4);
    QTRY_COMPARE(view.grid().chosen.frame, 4);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(3, 8)));
    QCOMPARE(run_->selection.layer(), 3);
    QCOMPARE(run_->selection.position(), 8);
    QCOMPARE(run_->selection.frame(), 4);
    heatmaps_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Decision});
    QTRY_COMPARE(view.grid().choice.kind, HeatmapKind::FrameMaps);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(6, 2)));
    QCOMPARE(run_->selection.frame(), 6);
    QCOMPARE(run_->selection.position(), 2);
    QCOMPARE(run_->selection.layer(), 3);
    heatmaps_->choose({.kind = HeatmapKind::LayersByFrames, .value = HeatmapValue::Chain});
    QTRY_COMPARE(view.grid().choice.kind, HeatmapKind::LayersByFrames);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(1, 7)));
    QCOMPARE(run_->selection.frame(), 7);
    QCOMPARE(run_->selection.layer(), 1);
    QCOMPARE(run_->selection.position(), 2);
    run_->selection.chooseLayer(2); // and back
    QTRY_VERIFY(view.grid().chosenCell() == std::pair(2, 7));
}

void TestDecisionViews::arrowsWalkThroughAFrameMap()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(5);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&view, key);
        QTest::qWait(0);
    };
    QTRY_VERIFY(view.grid().chosenCell() == std::pair(2, 5));
    press(Qt::Key_Down);
    QCOMPARE(run_->selection.position(), 5 + MixedRun::gridWidth);
    press(Qt::Key_Down); // the map ends
    QCOMPARE(run_->selection.position(), 5 + MixedRun::gridWidth);
    press(Qt::Key_Right);
    QCOMPARE(run_->selection.position(), 6 + MixedRun::gridWidth);
    press(Qt::Key_PageDown);
    QCOMPARE(run_->selection.frame(), 3);
    press(Qt::Key_Home);
    QCOMPARE(run_->selection.position(), 0);
    QTRY_VERIFY(view.accessibleDescription().contains(QStringLiteral("frame 4, position 1")));
}

void TestDecisionViews::pointingAtACellReadsIt()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap();
    run_->selection.chooseFrame(3);
    QTRY_COMPARE(view.grid().chosen.frame, 3);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(2, 6)));
    const int step = 3 * MixedRun::stride + 6;
    QVERIFY2(view.told().contains(tasText(MixedRun::outcome(step, 2, 0).tas)), qPrintable(view.told()));
    QVERIFY(view.told().contains(QStringLiteral("frame 4, position 7")));
    QCOMPARE(run_->selection.hovered(), 6);
    run_->selection.chooseFrame(0);
    QTRY_COMPARE(view.grid().chosen.frame, 0);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(2, 5)));
    QVERIFY(view.told().contains(QStringLiteral("no earlier frame")));
    heatmaps_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::LayersReplayed, .difference = true});
    QTRY_COMPARE(view.grid().choice.value, HeatmapValue::LayersReplayed);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(4, 5)));
    QVERIFY2(view.told().contains(QStringLiteral("conditional less unconditional row")), qPrintable(view.told()));
}

void TestDecisionViews::aPositionOverTimeAsksForAPosition()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::LayersByFrames, .value = HeatmapValue::Tas});
    QVERIFY(!view.isShowing());
    QVERIFY(view.told().startsWith(QStringLiteral("No position is chosen")));
    run_->selection.choosePosition(3);
    QTRY_VERIFY(view.isShowing());
}

void TestDecisionViews::differencesAreOfferedOfGuidedRunsAlone()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::LayersByPositions, .value = HeatmapValue::Tas});
    auto *rows = find<QComboBox>("heatmapRowCombo");
    choose(*rows, -1);
    QTRY_VERIFY(view.grid().choice.difference);
    choose(*rows, 1);
    QTRY_VERIFY(!view.grid().choice.difference);
    QCOMPARE(run_->selection.row(), 1);
    run_->selection.chooseRow(0); // elsewhere
    QCOMPARE(rows->currentData().toInt(), 0);
    // The share of layers has no layers to be shown of.
    heatmaps_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::LayersReplayed});
    choose(*find<QComboBox>("heatmapKindCombo"), static_cast<int>(HeatmapKind::LayersByPositions));
    QVERIFY(heatmaps_->choice().value != HeatmapValue::LayersReplayed);
    QVERIFY(!isPossible({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas, .difference = true}, false));
}

void TestDecisionViews::theHeatmapsTableIsCopiedAsCsv()
{
    run_->drawAll();
    openHeatmap();
    run_->selection.chooseFrame(2);
    find<QPushButton>("heatmapTableButton")->click();
    auto *table = find<CsvTableView>("heatmapTable");
    QTRY_COMPARE(heatmaps_->table().grid().chosen.frame, 2);
    QCOMPARE(table->model()->rowCount(), MixedRun::layers);
    QCOMPARE(table->model()->columnCount(), MixedRun::stride);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), MixedRun::layers + 2);
    QVERIFY(lines[0].startsWith(QStringLiteral(",position 1,position 2,")));
    const QStringList second = lines[2].split(QLatin1Char(','));
    QCOMPARE(second[0], QStringLiteral("layer 2"));
    for (int position = 0; position < MixedRun::stride; ++position)
        QCOMPARE(second[position + 1].toFloat(), MixedRun::outcome(2 * MixedRun::stride + position, 1, 0).tas);
    // A part that is marked is copied alone.
    table->selectionModel()->select(
        QItemSelection(table->model()->index(1, 2), table->model()->index(2, 3)), QItemSelectionModel::ClearAndSelect);
    QCOMPARE(table->csv().count(QLatin1Char('\n')), 3);
    QVERIFY(table->csv().startsWith(QStringLiteral(",position 3,position 4\n")));
}

void TestDecisionViews::theTableAndTheViewsShareTheCursor()
{
    run_->drawAll();
    openHeatmap();
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(4);
    find<QPushButton>("heatmapTableButton")->click();
    auto *table = find<CsvTableView>("heatmapTable");
    QTRY_COMPARE(table->currentIndex().column(), 4);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(run_->selection.layer(), 1);
    QTest::keyClick(table, Qt::Key_Right);
    QCOMPARE(run_->selection.position(), 5);
    run_->selection.choosePosition(9);
    QTRY_COMPARE(table->currentIndex().column(), 9);
    QVERIFY(!table->accessibleName().isEmpty());
}

void TestDecisionViews::aHeatmapIsMadeAnewOnlyWhenItChanges()
{
    run_->drawUpTo(40);
    openHeatmap();
    const int made = heatmaps_->made();
    QVERIFY(made > 0);
    run_->selection.hover(3);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(heatmaps_->made(), made); // pointing changes no number
    host_->hide();
    run_->drawUpTo(60);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(heatmaps_->made(), made);
    host_->show();
    QTRY_COMPARE(heatmaps_->made(), made + 1);
}

void TestDecisionViews::newStepsAlonePaintTheTimeline()
{
    run_->drawUpTo(20);
    DecisionTimeline &timeline = openTimeline();
    PaintedParts parts(*timeline.viewport());
    timeline.refresh();
    QCOMPARE(parts.take(), 0.0); // nothing has come
    double least = 1.0;
    for (int steps = 21; steps <= 90; steps += 3) {
        run_->drawUpTo(steps);
        timeline.refresh();
        const double share = parts.take();
        QVERIFY(share > 0.0);
        least = std::min(least, share);
        QCOMPARE(parts.picture(), parts.whole());
    }
    QVERIFY2(least < 0.2, qPrintable(QString::number(least))); // but where the frame changes, too
}

void TestDecisionViews::newStepsAlonePaintTheHeatmap()
{
    run_->drawUpTo(33);
    openHeatmap();
    auto *view = find<HeatmapView>("heatmapView");
    PaintedParts parts(*view->viewport());
    double least = 1.0;
    for (int steps = 34; steps <= 90; steps += 3) {
        const int made = heatmaps_->made();
        run_->drawUpTo(steps);
        QTRY_VERIFY(heatmaps_->made() > made);
        const double share = parts.take();
        QVERIFY(share > 0.0);
        least = std::min(least, share);
        QCOMPARE(parts.picture(), parts.whole());
    }
    QVERIFY2(least < 0.3, qPrintable(QString::number(least)));
}

QTEST_MAIN(TestDecisionViews)
#include "test_decision_views.moc"
