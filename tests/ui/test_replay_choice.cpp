// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "ui/models/layer_tuning.h"
#include "ui/models/replay_choice.h"
#include "ui/models/replay_prediction.h"
#include "ui/models/tas_histogram.h"

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
    void aCalibrationFollowsTheGate();
    void allMoveTogetherAndKeepWhatIsBetweenThem();
    void aLayerThatIsOffComesBackWhereItWas();
    void eachDefinitionKeepsItsThresholds();
    void aTargetSetsOutFromTheCalibration();
    void presetsAreRecognised();
    void rangesStayWithinTheModelsLayers();
    void flatIsTheMiddleAndARampIsALine();
    void scoresOfFrameOneAreNone();
    void theHistogramSaysWhatWouldReplay();
    void aShareOfScoresHasItsThreshold();
    void theTuningFollowsTheRun();
    void aScaleThatIsHeldStays();
    void theGateDecidesWhatAHistogramCounts();
    void whatIsPredictedOfARunIsKeptWhenItBegins();
    void aRunWithoutReplayTellsWhatReplayWouldSave();
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

void TestReplayChoice::aCalibrationFollowsTheGate()
{
    ModelDefaults made = defaults();
    made.gateThresholds["all"]["official"][50] = {0.1f, 0.0f, -0.1f};
    ReplayChoice choice;
    choice.setModel(3, made);
    choice.choosePreset(ReplayPreset::Balanced);
    QCOMPARE(*choice.thresholds()[0], 0.4f);
    choice.chooseGate(GateMode::All);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Calibrated);
    QCOMPARE(*choice.thresholds()[0], 0.1f);
    QVERIFY(choice.preset() == ReplayPreset::Balanced);
    choice.chooseThreshold(0.7f); // a person's own stay
    choice.chooseGate(GateMode::Row);
    QCOMPARE(*choice.thresholds()[2], 0.7f);
}

void TestReplayChoice::allMoveTogetherAndKeepWhatIsBetweenThem()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.shiftTo(0.2f); // from off: they come on
    QCOMPARE(choice.kind(), ReplayChoice::Kind::PerLayer);
    QCOMPARE(*choice.thresholds()[0], 0.3f);
    QCOMPARE(*choice.thresholds()[1], 0.2f);
    QCOMPARE(*choice.thresholds()[2], 0.1f);
    choice.switchLayers({0}, false);
    choice.shiftTo(0.6f);
    QVERIFY(!choice.thresholds()[0]); // what is off stays off, but moves along
    QCOMPARE(choice.sliderOf(0), 0.7f);
    choice.switchLayers({0}, true);
    QCOMPARE(*choice.thresholds()[0], 0.7f);
}

void TestReplayChoice::aLayerThatIsOffComesBackWhereItWas()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.placeLayers({1}, {0.55f});
    choice.switchLayers({1, 2}, false);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Off);
    choice.switchLayers({1}, true);
    QCOMPARE(*choice.thresholds()[1], 0.55f);
    QVERIFY(!choice.isOn(2));
    choice.resetLayers({1});
    QCOMPARE(*choice.thresholds()[1], 0.3f);
}

void TestReplayChoice::eachDefinitionKeepsItsThresholds()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.placeLayers({0, 1, 2}, {1.0f, 2.0f, 3.0f});
    choice.chooseDefinition(TasDefinition::Paper);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Off);
    choice.placeLayers({0}, {7.0f});
    choice.chooseDefinition(TasDefinition::Official);
    QCOMPARE(*choice.thresholds()[2], 3.0f);
    choice.chooseDefinition(TasDefinition::Paper);
    QCOMPARE(*choice.thresholds()[0], 7.0f);
    choice.chooseAll(); // asks for no score, and so holds for both
    choice.chooseDefinition(TasDefinition::Official);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::All);
}

void TestReplayChoice::aTargetSetsOutFromTheCalibration()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    choice.chooseTarget(ReplayTarget{.ratio = 0.2f});
    QCOMPARE(*choice.policy().threshold(0), 0.9f);
    choice.switchLayers({0}, false);
    QVERIFY(choice.policy().target);
    QVERIFY(!choice.policy().threshold(0));
    choice.setModel(3, {});
    choice.chooseOff();
    QVERIFY(!choice.policy().target);
    choice.chooseTarget(ReplayTarget{.ratio = 0.4f});
    QVERIFY(choice.policy().thresholds.empty()); // nothing to set out from: what is measured decides
    QVERIFY(choice.isOn(1));
    choice.setPolicy(choice.policy());
    QCOMPARE(choice.policy().target->ratio, 0.4f);
}

void TestReplayChoice::presetsAreRecognised()
{
    ReplayChoice choice;
    choice.setModel(3, defaults());
    QVERIFY(choice.preset() == ReplayPreset::Exact);
    choice.choosePreset(ReplayPreset::Balanced);
    QCOMPARE(choice.percentOf(ReplayPreset::Balanced), 50);
    QCOMPARE(choice.kind(), ReplayChoice::Kind::Calibrated);
    QVERIFY(choice.preset() == ReplayPreset::Balanced);
    choice.chooseGate(GateMode::All); // of which a preset says nothing
    QVERIFY(choice.preset() == ReplayPreset::Balanced);
    choice.chooseThreshold(0.3f);
    QVERIFY(!choice.preset());
}

void TestReplayChoice::rangesStayWithinTheModelsLayers()
{
    ReplayChoice choice;
    choice.setModel(32, {});
    choice.chooseLayerRange({.first = 3, .last = 20});
    choice.setModel(5, {});
    QVERIFY(choice.layerRange() == (ReplayRange{.first = 3, .last = 0}));
    choice.setModel(2, {});
    QVERIFY(choice.layerRange().all());
}

void TestReplayChoice::flatIsTheMiddleAndARampIsALine()
{
    QCOMPARE(flat({1.0f, 9.0f, 2.0f, 5.0f}, {0, 1, 2}), (std::vector<float>{2.0f, 2.0f, 2.0f, 5.0f}));
    QCOMPARE(ramp({1.0f, 9.0f, 9.0f, 9.0f, 5.0f}, {0, 1, 2, 4}),
             (std::vector<float>{1.0f, 2.0f, 3.0f, 9.0f, 5.0f}));
    QCOMPARE(ramp({1.0f, 2.0f}, {0, 1}), (std::vector<float>{1.0f, 2.0f}));
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
    const std::vector<float> first{-5.0f, 0.1f, 0.2f, 0.2f, 0.95f};
    const std::vector<float> second{0.15f, 7.0f};
    TasHistogram histogram({0.0f, 1.0f}, 10);
    histogram.add(first, 0.2f);
    histogram.add(second, std::nullopt); // of a layer that is off
    QCOMPARE(histogram.scores, 7);
    QCOMPARE(histogram.computed, (std::vector<int>{1, 2, 2, 0, 0, 0, 0, 0, 0, 1}));
    QCOMPARE(histogram.replayed, (std::vector<int>{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    QCOMPARE(histogram.highest(), 2);
}

void TestReplayChoice::aShareOfScoresHasItsThreshold()
{
    const std::vector<float> odd{1.0f, 3.0f, 5.0f, 7.0f, 9.0f};
    const std::vector<float> even{2.0f, 4.0f, 6.0f, 8.0f, 10.0f};
    const SortedScores scores{odd, even};
    QCOMPARE(exceededBy(scores, 0.3), 7.0f); // 8, 9 and 10 are above it
    QCOMPARE(exceededBy(scores, 0.0), 10.0f);
    QVERIFY(*exceededBy(scores, 1.0) < 1.0f);
    QVERIFY(!exceededBy({}, 0.5));
    QCOMPARE(*rangeOf(scores, 0.2), (TasRange{3.0f, 8.0f}));
}

void TestReplayChoice::theTuningFollowsTheRun()
{
    MadeRun run;
    RunRecord record;
    ReplayChoice choice;
    choice.setModel(3, {});
    LayerTuning tuning(choice, record);
    tuning.setWatched(true);
    QVERIFY(!tuning.hasScores());
    record.begin(run.config, run.settings);
    record.take(run.upTo(12));
    QTRY_VERIFY(tuning.hasScores());
    record.take(run.upTo(18));
    QTRY_COMPARE(tuning.histogram(0, 8).scores, 22);
    QCOMPARE(tuning.histogram(-1, 8).scores, 66);
    const TasRange scale = tuning.scale(1);
    QVERIFY(scale.low <= 0.95f && scale.high >= 1.5f);
    choice.placeLayers({1}, {1.2f});
    const TasHistogram layer = tuning.histogram(1, 8);
    int replayed = 0;
    for (const int count : layer.replayed)
        replayed += count;
    int above = 0;
    for (int step = 6; step < 17; ++step)
        for (int row = 0; row < 2; ++row)
            above += MadeRun::tas(step, 1, row) > 1.2f;
    QCOMPARE(replayed, above);
    choice.chooseFrameRange({.first = 3, .last = 0}); // whose scores alone count
    QCOMPARE(tuning.histogram(0, 8).scores, 10);
    choice.setModel(4, {}); // another one, which has no run
    QVERIFY(!tuning.hasScores());
    QCOMPARE(tuning.histogram(3, 8).scores, 0);
}

void TestReplayChoice::aScaleThatIsHeldStays()
{
    MadeRun run;
    RunRecord record;
    ReplayChoice choice;
    choice.setModel(3, defaults());
    LayerTuning tuning(choice, record);
    tuning.setWatched(true);
    const TasRange before = tuning.scale(2);
    tuning.setHeld(true);
    record.begin(run.config, run.settings);
    record.take(run.upTo(18)); // scores of layer 2 lie beyond what is calibrated
    QTRY_VERIFY(tuning.hasScores());
    QCOMPARE(tuning.scale(2), before);
    tuning.setHeld(false);
    QTRY_VERIFY(tuning.scale(2).high >= 2.5f);
}

void TestReplayChoice::theGateDecidesWhatAHistogramCounts()
{
    MadeRun run;
    RunRecord record;
    ReplayChoice choice;
    choice.setModel(3, {});
    LayerTuning tuning(choice, record);
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    tuning.setWatched(true);
    QTRY_COMPARE(tuning.histogram(0, 8).scores, 22);
    choice.chooseGate(GateMode::All); // one score a step: the smaller one
    QCOMPARE(tuning.histogram(0, 8).scores, 11);
}

void TestReplayChoice::whatIsPredictedOfARunIsKeptWhenItBegins()
{
    MadeRun dense; // nothing of it is eligible
    RunRecord record;
    ReplayChoice choice;
    choice.setModel(3, {});
    LayerTuning tuning(choice, record);
    ReplayPrediction prediction(tuning);
    QCOMPARE(prediction.from(), ReplayPrediction::From::Nothing);
    tuning.setWatched(true);
    record.begin(dense.config, dense.settings);
    record.take(dense.newPolicy({}));
    record.take(dense.upTo(18));
    choice.chooseThresholds({0.35f, 1.35f, std::nullopt});
    QTRY_COMPARE(prediction.from(), ReplayPrediction::From::ThisRun);
    QTRY_VERIFY(prediction.ofLayer(0));
    const double predicted = *prediction.ofLayer(0);
    QVERIFY(!prediction.ofLayer(2)); // off: nothing of it is eligible
    QVERIFY(!prediction.happened().ofEligible);

    MadeRun next;
    next.settings.replay = choice.policy();
    record.begin(next.config, next.settings);
    record.take(next.newPolicy(choice.policy()));
    record.take(next.upTo(18));
    QTRY_VERIFY(prediction.happened().ofEligible);
    QCOMPARE(prediction.from(), ReplayPrediction::From::RunBefore);
    QCOMPARE(*prediction.ofLayer(0), predicted);
    QVERIFY(qAbs(record.replay().ofLayer(0).ofEligible() - predicted) < 1e-9); // scores are the same
    choice.chooseGate(GateMode::All);
    QTRY_COMPARE(prediction.from(), ReplayPrediction::From::ThisRun);
    QVERIFY(*prediction.ofLayer(0) < predicted);
}

void TestReplayChoice::aRunWithoutReplayTellsWhatReplayWouldSave()
{
    for (const bool tells : {false, true}) {
        MadeRun run; // 10 ms a token
        run.mlpNs = tells ? 6'000'000 : 0;
        RunRecord record;
        ReplayChoice choice;
        choice.setModel(3, {});
        LayerTuning tuning(choice, record);
        ReplayPrediction prediction(tuning);
        tuning.setWatched(true);
        record.begin(run.config, run.settings);
        record.take(run.newPolicy({}));
        record.take(run.upTo(18));
        choice.chooseAll();
        QTRY_COMPARE(prediction.predicted().ofEligible, std::optional(1.0));
        QCOMPARE(prediction.predicted().seconds.has_value(), tells);
        if (!tells)
            continue;
        // Of 17 steps 11 come behind frame 1, whose MLPs all replay.
        QVERIFY(qAbs(*prediction.dense().seconds - 17 * 0.010) < 1e-6);
        QVERIFY(qAbs(*prediction.predicted().seconds - (17 * 0.010 - 11 * 0.006)) < 1e-6);
    }
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
