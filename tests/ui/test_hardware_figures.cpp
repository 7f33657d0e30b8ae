// SPDX-License-Identifier: Apache-2.0
//
// What the hardware panel makes of counters, and of a run's steps: figures against counters made by hand, and
// the timing of steps in the background.
#include "tests/ui/made_card.h"
#include "tests/ui/made_run.h"
#include "ui/hardware/figure_table.h"
#include "ui/hardware/step_times.h"
#include "ui/models/chosen_step.h"

#include <QSignalSpy>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

/// 2000 cycles on a card of two cores and two ports at 200 MHz.
CardCounters handMade()
{
    CardCounters counters;
    counters.cycles = 2000;
    counters.vectorBusy = 300;
    counters.anyCoreBusy = 1200;
    counters.anyAttention = 500;
    counters.coresBesideAttention = 100;
    counters.streamEmpty = 400;
    counters.streamFull = 100;
    counters.mapping = 20;
    counters.beatsRead = {500, 400};
    counters.beatsWritten = {60, 40};
    counters.coreBusy = {1000, 600};
    counters.coreWaitsWeights = {200, 200};
    counters.coreWaitsPackets = {0, 40};
    return counters;
}

CardInfo handCard()
{
    CardInfo card;
    card.clockHz = 200e6;
    card.cores = 2;
    card.lanes = 32;
    card.ports = 2;
    return card;
}

} // namespace

class TestHardwareFigures : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { registerMadeCards(); }

    void thePartsOfAStepAddUpToItsCycles();
    void figuresFollowFromTheCounters();
    void countersThatOverlapNeverMakeNegativeParts();
    void figuresAreWrittenForPeople();
    void theTableSaysEverythingInWords();
    void whatIsNotKnownIsADash();
    void whatACardCountedHasAColumnOfItsOwn();
    void whatWasCountedStandsBesideAnEstimateOfTheSame();
    void theSelectionStandsForAStep();
    void aStepIsTimedInTheBackgroundAndKept();
    void theWholeRunIsTimedAfterTheStepThatIsLookedAt();
    void whatReplayedComesFromTheTrace();
    void aPolicyChangesHowLongAStepTakes();
    void aModelThatDoesNotFitSaysByHowMuch();
    void anotherCardForgetsTheErrorOfTheLast();
    void aPositionThatTheCardDoesNotHoldIsExplained();
    void aNewRunForgetsTheOldOne();
    void atRestNothingMoreIsComputed();

private:
    /// A run with `tokens` drawn, as the made card times it.
    struct Timed {
        MadeRun run;
        RunRecord record;
        StepTimes times{record};

        explicit Timed(int tokens, const QString &card = QStringLiteral("made"))
        {
            record.begin(run.config, run.settings);
            record.take(run.upTo(tokens));
            times.setModel(run.config, 10);
            times.setCard(card);
        }
        bool settle()
        {
            return QTest::qWaitFor([this] { return !times.computing(); }, 20000);
        }
    };
};

void TestHardwareFigures::thePartsOfAStepAddUpToItsCycles()
{
    const StepCycles step = stepCycles(handMade());
    QCOMPARE(step.matrices, 1200);
    QCOMPARE(step.attention, 400);
    QCOMPARE(step.vector, 300);
    QCOMPARE(step.rest, 100);
    QCOMPARE(step.matrices + step.attention + step.vector + step.rest, step.cycles);
}

void TestHardwareFigures::figuresFollowFromTheCounters()
{
    const StepFigures figures = stepFigures(handMade(), handCard());
    QCOMPARE(figures.cycles, 2000);
    QCOMPARE(figures.seconds, 10e-6);
    QCOMPARE(figures.coresBusy, 0.4);
    QCOMPARE(figures.lanesBusy, 25.6); // of 64
    QCOMPARE(figures.waitsWeights, 0.1);
    QCOMPARE(figures.waitsRoom, 0.01);
    QCOMPARE(figures.streamEmpty, 0.2);
    QCOMPARE(figures.streamFull, 0.05);
    QCOMPARE(figures.mapping, 0.01);
    QCOMPARE(figures.portsBusy, 0.25);
    QCOMPARE(figures.bytes, 64000);
    QCOMPARE(figures.bytesPerSecond, 6.4e9);
    QCOMPARE(figures.vectorBusy, 0.15);
    QCOMPARE(figures.attentionBusy, 0.25);
    const StepFigures nothing = stepFigures({}, {});
    QCOMPARE(nothing.coresBusy, 0.0);
    QCOMPARE(nothing.seconds, 0.0);
}

void TestHardwareFigures::countersThatOverlapNeverMakeNegativeParts()
{
    CardCounters counters = handMade();
    counters.vectorBusy = 1900;
    counters.coresBesideAttention = 700;
    const StepCycles step = stepCycles(counters);
    QCOMPARE(step.attention, 0);
    QCOMPARE(step.vector, 800);
    QCOMPARE(step.rest, 0);
}

void TestHardwareFigures::figuresAreWrittenForPeople()
{
    const QString space(QChar(QChar::Nbsp));
    QCOMPARE(groupedText(64613), QStringLiteral("64") + space + QStringLiteral("613"));
    QCOMPARE(groupedText(999), QStringLiteral("999"));
    QCOMPARE(groupedText(-1234567),
             QStringLiteral("-1") + space + QStringLiteral("234") + space + QStringLiteral("567"));
    QCOMPARE(timeText(215.4e-6), QStringLiteral("215%1\u00b5s").arg(space));
    QCOMPARE(timeText(1.5e-3), QStringLiteral("1.50%1ms").arg(space));
    QCOMPARE(timeText(0.9999e-3), QStringLiteral("1.00%1ms").arg(space));
    QCOMPARE(timeText(0.0), QStringLiteral("0%1s").arg(space));
    QCOMPARE(unitText(6.4e9, QStringLiteral("B/s")), QStringLiteral("6.40%1GB/s").arg(space));
    QCOMPARE(unitText(12.34e-3, QStringLiteral("J")), QStringLiteral("12.3%1mJ").arg(space));
    QCOMPARE(shareText(0.6134), QStringLiteral("61.3%1%").arg(space));
}

void TestHardwareFigures::theTableSaysEverythingInWords()
{
    FigureColumn column;
    column.title = QStringLiteral("Split");
    column.source = QStringLiteral("estimate (cycle model)");
    column.counters = handMade();
    column.card = handCard();
    column.staticCycles = 5000;
    column.denseCycles = 3000;
    column.energy = EnergyEstimate{.computeJ = 1e-3, .memoryJ = 2e-3, .idleJ = 1e-3};
    column.videoSeconds = 0.5;
    column.videoJoule = 2.0;
    FigureTable table;
    QCOMPARE(table.rowCount(), 0);
    table.setColumns({column});
    QCOMPARE(table.rowCount(), static_cast<int>(FigureTable::figures));
    QCOMPARE(table.columnCount(), 2);
    const QString space(QChar(QChar::Nbsp));
    QCOMPARE(table.text(FigureTable::Cycles, 0), QStringLiteral("2") + space + QStringLiteral("000"));
    QCOMPARE(table.text(FigureTable::StepTime, 0), QStringLiteral("10.0%1\u00b5s").arg(space));
    QCOMPARE(table.text(FigureTable::StepsPerSecond, 0),
             QStringLiteral("100") + space + QStringLiteral("000"));
    QCOMPARE(table.text(FigureTable::DrsGain, 0), QStringLiteral("2.50\u00d7"));
    QCOMPARE(table.text(FigureTable::ReplayGain, 0), QStringLiteral("1.50\u00d7"));
    QCOMPARE(table.text(FigureTable::LanesBusy, 0), QStringLiteral("26 of 64"));
    QCOMPARE(table.text(FigureTable::StepEnergy, 0), QStringLiteral("4.00%1mJ").arg(space));
    QCOMPARE(table.text(FigureTable::EnergyParts, 0), QStringLiteral("25 50 25 %"));
    QCOMPARE(table.text(FigureTable::VideoEnergy, 0), QStringLiteral("2.00%1J").arg(space));
    for (int row = 0; row < table.rowCount(); ++row)
        QVERIFY(!table.data(table.index(row, 0), Qt::DisplayRole).toString().isEmpty());
    QVERIFY(
        table.headerData(1, Qt::Horizontal, Qt::ToolTipRole).toString().contains(QStringLiteral("estimate")));
}

void TestHardwareFigures::whatIsNotKnownIsADash()
{
    FigureColumn counted; // by a card: it counts no energy, and knows of no other policy
    counted.counters = handMade();
    counted.card.cores = 2;
    counted.card.ports = 2;
    FigureTable table;
    table.setColumns({counted});
    for (const auto figure : {FigureTable::StepEnergy, FigureTable::EnergyParts, FigureTable::VideoTime,
                              FigureTable::DrsGain, FigureTable::ReplayGain, FigureTable::StepTime,
                              FigureTable::StepsPerSecond, FigureTable::LanesBusy, FigureTable::Bandwidth})
        QCOMPARE(table.text(figure, 0), QStringLiteral("\u2013"));
    QCOMPARE(table.text(FigureTable::CoresBusy, 0), shareText(0.4)); // what it counts is there
}

namespace {

/// A step under Deal, in which the device counted 4321 cycles.
Trace countedTrace(const std::string &device)
{
    TraceShape shape;
    shape.layers = 1;
    shape.rows = 1;
    shape.videos = 1;
    shape.depth = 1;
    shape.stride = 4;
    shape.frames = 2;
    RunSettings settings;
    settings.device = device;
    settings.replay.drs = DrsPolicy::Deal;
    Trace trace(shape, settings);
    const auto send = [&trace](Event::Kind kind, std::uint32_t token, int layer, int row,
                               std::int64_t count) {
        Event event;
        event.kind = kind;
        event.token = token;
        event.layer = static_cast<std::uint16_t>(layer);
        event.row = static_cast<std::uint16_t>(row);
        if (kind == Event::Kind::CardCounted)
            event.count = count;
        trace.append(event);
    };
    send(Event::Kind::CodeDrawn, 0, 0, 0, 0);
    send(Event::Kind::TokenDone, 0, 0, 0, 0);
    send(Event::Kind::LayerOutcome, 0, 0, 0, 0);
    send(Event::Kind::CardRun, 0, 2, 8, 0); // ports, cores
    send(Event::Kind::CardCounted, 0, 0, 0, 4321);
    send(Event::Kind::CodeDrawn, 1, 0, 0, 0);
    send(Event::Kind::TokenDone, 1, 0, 0, 0);
    return trace;
}

} // namespace

void TestHardwareFigures::whatACardCountedHasAColumnOfItsOwn()
{
    const Trace trace = countedTrace("fpga-modelled");
    QCOMPARE(trace.steps(), 1);
    const auto column = countedByTheCard(trace, 0);
    QVERIFY(column);
    QCOMPARE(column->counters.cycles, 4321);
    QCOMPARE(column->card.cores, 8);
    QCOMPARE(column->card.ports, 2);
    QVERIFY2(column->source.contains(QStringLiteral("counted by the card")) &&
                 column->source.contains(QStringLiteral("Deal")),
             qPrintable(column->source));
    QVERIFY(!countedByTheCard(Trace(trace.shape(), trace.settings()), 0));
}

void TestHardwareFigures::whatWasCountedStandsBesideAnEstimateOfTheSame()
{
    const Trace modelled = countedTrace("fpga-modelled");
    QVERIFY(countedAsEstimated(modelled, 0, "emulated", {DrsPolicy::Deal}));
    QVERIFY(countedAsEstimated(modelled, 0, "emulated", {DrsPolicy::Split, DrsPolicy::Deal}));
    QVERIFY(!countedAsEstimated(modelled, 0, "emulated", {DrsPolicy::Split}));
    QVERIFY(!countedAsEstimated(modelled, 0, "u280", {DrsPolicy::Deal}));            // which it is not
    QVERIFY(countedAsEstimated(countedTrace("fpga"), 0, "u280", {DrsPolicy::Deal})); // which it may be
}

void TestHardwareFigures::theSelectionStandsForAStep()
{
    MadeRun run;
    RunRecord record;
    Selection selection;
    QCOMPARE(chosenStep(record, selection), -1);
    record.begin(run.config, run.settings);
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    record.take(run.upTo(15));
    selection.setVisibleFrames(3);
    QCOMPARE(chosenStep(record, selection), 13); // the newest: token 14 has no step yet
    chooseStep(record, selection, 8);
    QCOMPARE(selection.frame(), 1);
    QCOMPARE(selection.position(), 2);
    QCOMPARE(chosenStep(record, selection), 8);
    selection.choosePosition(-1);
    QCOMPARE(chosenStep(record, selection), 6);
    selection.chooseFrame(2);
    selection.choosePosition(5); // not drawn yet
    QCOMPARE(chosenStep(record, selection), 13);
}

void TestHardwareFigures::aStepIsTimedInTheBackgroundAndKept()
{
    Timed timed(10);
    timed.times.want({.step = 7, .drs = DrsPolicy::Split, .compared = DrsPolicy::Static});
    QVERIFY(timed.times.computing());
    QVERIFY(!timed.times.picture(DrsPolicy::Split, 7));
    QVERIFY(timed.settle());
    const auto picture = timed.times.picture(DrsPolicy::Split, 7);
    QVERIFY(picture);
    QVERIFY(timed.times.picture(DrsPolicy::Static, 7));
    QVERIFY(timed.times.dense(DrsPolicy::Split, 7));
    QVERIFY(timed.times.dense(DrsPolicy::Split, 7)->cycles.cycles > picture->cycles());
    QCOMPARE(timed.times.figures(DrsPolicy::Split, 7)->cycles.cycles, picture->cycles());
    QCOMPARE(timed.times.lastPictured({DrsPolicy::Split, DrsPolicy::Static}), 7);
    QCOMPARE(timed.times.lastPictured({DrsPolicy::Deal}), -1);
    timed.times.want({.step = 7, .drs = DrsPolicy::Split, .compared = DrsPolicy::Static});
    QVERIFY(!timed.times.computing()); // it is all there
    QCOMPARE(timed.times.picture(DrsPolicy::Split, 7), picture);
}

void TestHardwareFigures::theWholeRunIsTimedAfterTheStepThatIsLookedAt()
{
    Timed timed(18);
    timed.times.want({.step = 3, .drs = DrsPolicy::Deal, .compared = {}});
    QVERIFY(timed.settle());
    QCOMPARE(timed.times.known(DrsPolicy::Deal), 17);
    double seconds = 0.0;
    for (int step = 0; step < 17; ++step)
        seconds += timed.times.figures(DrsPolicy::Deal, step)->seconds;
    QVERIFY(std::abs(timed.times.knownSeconds(DrsPolicy::Deal) - seconds) < 1e-12);
    QVERIFY(timed.times.knownEnergy(DrsPolicy::Deal).totalJ() > 0.0);
    QVERIFY(!timed.times.figures(DrsPolicy::Deal, 17));
}

void TestHardwareFigures::whatReplayedComesFromTheTrace()
{
    Timed timed(18);
    timed.times.want({.step = 11, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    const auto picture = timed.times.picture(DrsPolicy::Split, 11);
    int expected = 0;
    for (int layer = 0; layer < MadeRun::layers; ++layer)
        for (int row = 0; row < MadeRun::rows; ++row)
            expected += timed.record.trace().outcome(11, layer, row).decision == Decision::Replayed ? 1 : 0;
    QVERIFY(expected > 0);
    QCOMPARE(picture->timing.counters.rowsReplayed, expected);
    // The made card takes longer the further its position: the prompt's 10 tokens stand before step 11.
    QCOMPARE(picture->timing.counters.anyAttention, MadeRun::layers * (16 + 10 + 11));
}

void TestHardwareFigures::aPolicyChangesHowLongAStepTakes()
{
    Timed timed(10);
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    const auto split = timed.times.figures(DrsPolicy::Split, 2);
    const auto fixed = timed.times.figures(DrsPolicy::Static, 2); // known without having been asked for
    QVERIFY(fixed && split);
    QVERIFY(fixed->cycles.cycles > split->cycles.cycles);
}

void TestHardwareFigures::aModelThatDoesNotFitSaysByHowMuch()
{
    MadeRun run;
    RunRecord record;
    StepTimes times(record);
    times.setCard(QStringLiteral("tiny"));
    times.setModel(run.config, 0); // before anything has run
    QVERIFY(QTest::qWaitFor([&] { return !times.error().isEmpty(); }, 20000));
    QVERIFY(times.error().contains(QStringLiteral("512 MiB too little")));
    QVERIFY(!times.card());
}

void TestHardwareFigures::anotherCardForgetsTheErrorOfTheLast()
{
    Timed timed(10, QStringLiteral("tiny"));
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    QVERIFY(!timed.times.error().isEmpty());
    timed.times.setCard(QStringLiteral("made"));
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    QVERIFY(timed.times.error().isEmpty());
    QVERIFY(timed.times.picture(DrsPolicy::Split, 2));
    QCOMPARE(timed.times.card()->name, std::string("made"));
}

void TestHardwareFigures::aPositionThatTheCardDoesNotHoldIsExplained()
{
    Timed timed(10, QStringLiteral("short"));
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    QVERIFY2(timed.times.error().contains(QStringLiteral("8 positions")), qPrintable(timed.times.error()));
}

void TestHardwareFigures::aNewRunForgetsTheOldOne()
{
    Timed timed(10);
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    QVERIFY(timed.times.known(DrsPolicy::Split) > 0);
    MadeRun next;
    timed.record.begin(next.config, next.settings);
    QCOMPARE(timed.times.known(DrsPolicy::Split), 0);
    QVERIFY(!timed.times.picture(DrsPolicy::Split, 2));
    timed.record.take(next.upTo(4));
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    QCOMPARE(timed.times.known(DrsPolicy::Split), 3);
}

void TestHardwareFigures::atRestNothingMoreIsComputed()
{
    Timed timed(4);
    timed.times.want({.step = 2, .drs = DrsPolicy::Split, .compared = {}});
    QVERIFY(timed.settle());
    timed.times.rest();
    QSignalSpy changed(&timed.times, &StepTimes::changed);
    timed.record.take(timed.run.upTo(12));
    QTest::qWait(50);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(timed.times.known(DrsPolicy::Split), 3);
}

QTEST_GUILESS_MAIN(TestHardwareFigures)
#include "test_hardware_figures.moc"
