// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "ui/models/replay_choice.h"
#include "ui/models/tas_scores.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

class TestReplayChoice : public QObject {
    Q_OBJECT

private slots:
    void offHasNoThresholds();
    void oneThresholdHoldsForAllLayers();
    void allReplaysWhateverTheScore();
    void aPresetIsTheModelsOwnThresholds();
    void aPresetOfAnotherDefinitionIsNotKept();
    void aPresetThatTheNewModelLacksBecomesOff();
    void aPolicyIsRecognised();
    void theSameChoiceIsNoChange();
    void scoresOfFrameOneAreNone();
    void theHistogramSaysWhatWouldReplay();
    void rangesHaveShortEnds();

private:
    static ModelDefaults defaults()
    {
        ModelDefaults made;
        made.thresholds["official"][20] = {0.9f, 0.8f, 0.7f};
        made.thresholds["official"][50] = {0.4f, 0.3f, 0.2f};
        made.thresholds["paper"][50] = {4.0f, 3.0f, 2.0f};
        return made;
    }
};

void TestReplayChoice::offHasNoThresholds()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Off);
    QVERIFY(choice.policy().thresholds.empty());
}

void TestReplayChoice::oneThresholdHoldsForAllLayers()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.chooseThreshold(0.25f);
    const auto policy = choice.policy();
    QCOMPARE(policy.thresholds.size(), 3U);
    for (const auto &threshold : policy.thresholds)
        QCOMPARE(*threshold, 0.25f);
}

void TestReplayChoice::allReplaysWhateverTheScore()
{
    ReplayChoice choice;
    choice.setModel(2, {});
    choice.chooseAll();
    for (const auto &threshold : choice.policy().thresholds)
        QVERIFY(std::isinf(*threshold) && *threshold < 0.0f);
}

void TestReplayChoice::aPresetIsTheModelsOwnThresholds()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    QCOMPARE(choice.calibratedPercents(), (std::vector<int>{20, 50}));
    choice.chooseCalibrated(50);
    QCOMPARE(*choice.policy().threshold(0), 0.4f);
    QCOMPARE(*choice.policy().threshold(2), 0.2f);
    QCOMPARE(choice.threshold(), 0.3f); // the middle one, for the slider
    QCOMPARE(*choice.calibratedRange(), (TasRange{0.2f, 0.9f}));
    choice.chooseCalibrated(80); // there is none
    QCOMPARE(choice.percent(), 50);
}

void TestReplayChoice::aPresetOfAnotherDefinitionIsNotKept()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.chooseCalibrated(20);
    choice.chooseDefinition(TasDefinition::Paper);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Off);
    QCOMPARE(choice.calibratedPercents(), (std::vector<int>{50}));
}

void TestReplayChoice::aPresetThatTheNewModelLacksBecomesOff()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.chooseCalibrated(50);
    choice.setModel(4, defaults()); // thresholds for three layers do not fit four
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Off);
    QVERIFY(choice.calibratedPercents().empty());
}

void TestReplayChoice::aPolicyIsRecognised()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    for (const auto make : {&ReplayChoice::chooseOff, &ReplayChoice::chooseAll}) {
        (choice.*make)();
        const auto kind = choice.kind();
        choice.setPolicy(choice.policy());
        QCOMPARE(choice.kind(), kind);
    }
    choice.chooseCalibrated(20);
    const auto calibrated = choice.policy();
    choice.chooseThreshold(0.5f);
    const auto uniform = choice.policy();
    choice.setPolicy(calibrated);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Calibrated);
    QCOMPARE(choice.percent(), 20);
    choice.setPolicy(uniform);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Uniform);
    QCOMPARE(choice.threshold(), 0.5f);
}

void TestReplayChoice::theSameChoiceIsNoChange()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    QSignalSpy changed(&choice, &ReplayChoice::changed);
    choice.chooseThreshold(0.5f);
    choice.chooseThreshold(0.5f);
    choice.chooseGate(GateMode::All);
    choice.chooseGate(GateMode::All);
    QCOMPARE(changed.count(), 2);
}

void TestReplayChoice::scoresOfFrameOneAreNone()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(MadeRun::stride));
    QVERIFY(!tasRange(record.trace(), record.wholeSteps(), -1));
    record.take(run.upTo(MadeRun::stride + 3));
    const auto range = tasRange(record.trace(), record.wholeSteps(), 1);
    QVERIFY(range);
    QCOMPARE(range->low, MadeRun::tas(6, 1, 1));
    QCOMPARE(range->high, MadeRun::tas(7, 1, 0));
}

void TestReplayChoice::theHistogramSaysWhatWouldReplay()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    // Scores of layer 1 lie between 0.95 and 1.5: the threshold parts layer 0 from layers 1 and 2.
    const ReplayPolicy policy{
        .definition = TasDefinition::Official, .gate = GateMode::Row, .thresholds = {0.8f, 0.8f, 0.8f}};
    const auto histogram = tasHistogram(record.trace(), record.wholeSteps(), policy, {-1.0f, 3.0f}, 40);
    QCOMPARE(histogram.scores, 66);
    QCOMPARE(histogram.above, 44);
    QVERIFY(qAbs(histogram.share() - 2.0 / 3.0) < 1e-9);
    int counted = 0;
    for (std::size_t bin = 0; bin < 40; ++bin)
        counted += histogram.replayed[bin] + histogram.computed[bin];
    QCOMPARE(counted, 66);
    const auto off = tasHistogram(record.trace(), record.wholeSteps(), {}, {-1.0f, 3.0f}, 40);
    QCOMPARE(off.above, 0);
}

void TestReplayChoice::rangesHaveShortEnds()
{
    const TasRange range = rounded({-1.234f, 2.345f});
    QCOMPARE(range.low, -1.4f);
    QCOMPARE(range.high, 2.4f);
    const TasRange flat = rounded({0.3f, 0.3f});
    QVERIFY(flat.low <= 0.3f && flat.high >= 0.3f);
}

QTEST_GUILESS_MAIN(TestReplayChoice)
#include "test_replay_choice.moc"
