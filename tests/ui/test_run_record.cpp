// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "ui/models/layer_table.h"
#include "ui/models/run_record.h"

#include <QSignalSpy>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

class TestRunRecord : public QObject {
    Q_OBJECT

private slots:
    void nothingHasRunAtFirst();
    void tokensAndFramesArrive();
    void aBatchSaysOnceThatItAdvanced();
    void replayIsCountedPerLayer();
    void aNewPolicyRulesFromItsStepOn();
    void aSecondRunForgetsTheFirst();
    void aLatePreviewDoesNotReplaceAWholeFrame();
    void everyVideoKeepsItsPictures();
    void aRecordedRunIsShownAsItWas();
    void aRecordedRunThatStoppedCountsAsCancelled();
    void thePaceIsThatOfTheTokens();
    void aPauseDoesNotSlowTheEstimate();
    void clocksReadLikeClocks();
    void theLayerTableSaysWhatWasReplayed();
};

void TestRunRecord::nothingHasRunAtFirst()
{
    const RunRecord record;
    QVERIFY(!record.hasRun());
    QCOMPARE(record.frames().visibleFrames(), 0);
    QVERIFY(!record.progress().secondsLeft());
}

void TestRunRecord::tokensAndFramesArrive()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    QCOMPARE(record.progress().total(), MadeRun::frames * MadeRun::stride);

    record.take(run.upTo(8));
    QCOMPARE(record.progress().tokens(), 8);
    QCOMPARE(record.trace().tokens(), 8);
    QCOMPARE(record.wholeSteps(), 7);
    QCOMPARE(record.frames().wholeFrames(), 1);
    QCOMPARE(record.frames().wholePictures(0).size(), 1U);
    QCOMPARE(record.trace().code(7, 0, 1), 71);
}

void TestRunRecord::aBatchSaysOnceThatItAdvanced()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    QSignalSpy advanced(&record, &RunRecord::advanced);
    record.take(run.upTo(12));
    QCOMPARE(advanced.count(), 1);
    record.take({});
    QCOMPARE(advanced.count(), 1);
}

void TestRunRecord::replayIsCountedPerLayer()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(MadeRun::frames * MadeRun::stride));

    // Eleven steps lie in frames 2 and 3 (the last token has none), two rows each. At layer 0 and threshold
    // 0.35 positions 4 and 5 replay in both rows (0.4, 0.5 and 0.35 - 0.05 above it); position 4 of row 1 has
    // 0.35 exactly, which is not above. Position 5 of the last frame is the token without a step.
    const ReplayCount first = record.replay().ofLayer(0);
    QCOMPARE(first.eligible, 22);
    int expected = 0;
    for (int step = MadeRun::stride; step < MadeRun::frames * MadeRun::stride - 1; ++step)
        for (int row = 0; row < MadeRun::rows; ++row)
            expected += MadeRun::tas(step, 0, row) > 0.35f;
    QCOMPARE(first.replayed, expected);
    QCOMPARE(record.replay().ofLayer(1).replayed, 22); // all scores of layer 1 are near 1
    QCOMPARE(record.replay().ofLayer(2).eligible, 0);  // a layer without a threshold
    QCOMPARE(record.replay().all().total, 3 * 2 * 17);
}

void TestRunRecord::aNewPolicyRulesFromItsStepOn()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(10));
    const ReplayPolicy all{
        .definition = TasDefinition::Official, .gate = GateMode::Row, .thresholds = {-1e9f, -1e9f, -1e9f}};
    record.take(run.newPolicy(all));
    QCOMPARE(record.policyNumber(), 1U);
    QCOMPARE(record.policyInForce(), all);
    record.take(run.upTo(14));
    QCOMPARE(record.trace().policyOf(8), 0U);
    QCOMPARE(record.trace().policyOf(12), 1U);
    QCOMPARE(record.trace().outcome(12, 2, 0).decision, Decision::Replayed);
}

void TestRunRecord::aSecondRunForgetsTheFirst()
{
    MadeRun first;
    RunRecord record;
    record.begin(first.config, first.settings);
    record.take(first.upTo(18));
    MadeRun second;
    record.begin(second.config, second.settings);
    QCOMPARE(record.progress().tokens(), 0);
    QCOMPARE(record.frames().visibleFrames(), 0);
    QCOMPARE(record.replay().all().total, 0);
    record.take(second.upTo(3));
    QCOMPARE(record.wholeSteps(), 2);
}

void TestRunRecord::aLatePreviewDoesNotReplaceAWholeFrame()
{
    FrameStore frames;
    frames.reset(1, 2, 6);
    frames.putPreview(0, 0, 3, MadeRun::picture(1, 1, 1));
    QCOMPARE(frames.visibleFrames(), 1);
    QCOMPARE(frames.wholeFrames(), 0);
    frames.putWhole(0, 0, MadeRun::picture(2, 2, 2));
    frames.putPreview(0, 0, 5, MadeRun::picture(3, 3, 3));
    QVERIFY(frames.at(0, 0).whole);
    QCOMPARE(frames.at(0, 0).picture->rgb[0], 2);
    QCOMPARE(frames.at(0, 0).tokens, 6);
}

void TestRunRecord::everyVideoKeepsItsPictures()
{
    MadeRun run;
    run.settings.videos = 2;
    RunRecord record;
    record.begin(run.config, run.settings);
    QCOMPARE(record.trace().shape().rows, 4);
    EngineThread::Drained drained;
    drained.frames.push_back(
        {.video = 1, .frame = 0, .finished = true, .tokens = 6, .picture = MadeRun::picture(9, 9, 9)});
    record.take(drained);
    const FrameStore &frames = record.frames();
    QCOMPARE(frames.videos(), 2);
    QCOMPARE(frames.visibleFrames(), 1);
    QCOMPARE(frames.wholeFrames(), 0); // the other video's is still to come
    QVERIFY(!frames.at(0, 0).picture);
    drained.frames.front().video = 0;
    drained.frames.front().picture = MadeRun::picture(7, 7, 7);
    record.take(drained);
    QCOMPARE(frames.wholeFrames(), 1);
    QCOMPARE(frames.wholePictures(0).front()->rgb[0], 7);
    QCOMPARE(frames.wholePictures(1).front()->rgb[0], 9);
    drained.frames.front().video = 2; // there is no such one
    record.take(drained);
    QCOMPARE(frames.wholeFrames(), 1);
}

void TestRunRecord::aRecordedRunIsShownAsItWas()
{
    MadeRun run;
    RunRecord made;
    made.begin(run.config, run.settings);
    made.take(run.upTo(10));
    const ReplayPolicy all{
        .definition = TasDefinition::Official, .gate = GateMode::Row, .thresholds = {-1e9f, -1e9f, -1e9f}};
    made.take(run.newPolicy(all));
    made.take(run.upTo(MadeRun::frames * MadeRun::stride));

    MadeRun other;
    RunRecord record;
    record.begin(other.config, other.settings);
    record.take(other.upTo(3));
    QSignalSpy began(&record, &RunRecord::began);
    QSignalSpy advanced(&record, &RunRecord::advanced);
    record.show(made.trace(), {made.frames().wholePictures(0)});
    QCOMPARE(began.count(), 1);
    QCOMPARE(advanced.count(), 1);
    QCOMPARE(*record.phase(), Phase::Done);
    QCOMPARE(record.frames().wholePictures(0), made.frames().wholePictures(0));
    QCOMPARE(record.wholeSteps(), made.wholeSteps());
    QCOMPARE(record.replay().all(), made.replay().all());
    QCOMPARE(record.policyInForce(), all);
    QCOMPARE(record.progress().tokens(), made.progress().tokens());
    QCOMPARE(record.progress().secondsWorked(), made.progress().secondsWorked());
}

void TestRunRecord::aRecordedRunThatStoppedCountsAsCancelled()
{
    MadeRun run;
    RunRecord made;
    made.begin(run.config, run.settings);
    made.take(run.upTo(8));
    RunRecord record;
    record.show(made.trace(), {made.frames().wholePictures(0)});
    QCOMPARE(*record.phase(), Phase::Cancelled);
    QCOMPARE(record.frames().wholeFrames(), 1);

    // And goes on behind what is there.
    record.goOn();
    record.take(run.upTo(MadeRun::frames * MadeRun::stride));
    QCOMPARE(record.frames().wholeFrames(), MadeRun::frames);
    QCOMPARE(record.trace().tokens(), MadeRun::frames * MadeRun::stride);
}

void TestRunRecord::thePaceIsThatOfTheTokens()
{
    Progress progress;
    progress.reset(100);
    QVERIFY(!progress.secondsLeft());
    for (int token = 0; token < 20; ++token)
        progress.tokenDone(token, 20'000'000LL * (token + 1));
    QVERIFY(qAbs(progress.tokensPerSecond() - 50.0) < 0.5);
    QVERIFY(qAbs(*progress.secondsLeft() - 80 * 0.02) < 0.05);
}

void TestRunRecord::aPauseDoesNotSlowTheEstimate()
{
    Progress progress;
    progress.reset(100);
    for (int token = 0; token < 10; ++token)
        progress.tokenDone(token, 20'000'000LL * (token + 1));
    progress.paused();
    const std::int64_t later = 60'000'000'000LL;
    for (int token = 10; token < 20; ++token)
        progress.tokenDone(token, later + 20'000'000LL * (token + 1));
    QVERIFY(qAbs(progress.tokensPerSecond() - 50.0) < 0.5);
    QVERIFY(progress.secondsWorked() < 1.0);
}

void TestRunRecord::clocksReadLikeClocks()
{
    QCOMPARE(clockText(0.2), QStringLiteral("0:00"));
    QCOMPARE(clockText(7.4), QStringLiteral("0:07"));
    QCOMPARE(clockText(754.0), QStringLiteral("12:34"));
    QCOMPARE(clockText(3723.0), QStringLiteral("1:02:03"));
    QCOMPARE(secondsText(0.2764), QStringLiteral("276 ms"));
    QCOMPARE(secondsText(7.4), QStringLiteral("7.40 s"));
    QCOMPARE(secondsText(99.7), QStringLiteral("99.7 s"));
    QCOMPARE(secondsText(754.0), QStringLiteral("12:34"));
}

void TestRunRecord::theLayerTableSaysWhatWasReplayed()
{
    MadeRun run;
    RunRecord record;
    ReplayChoice choice;
    LayerTuning tuning(choice, record);
    ReplayPrediction prediction(tuning);
    LayerTable table(tuning, prediction);
    QCOMPARE(table.rowCount(), 0);
    choice.setModel(MadeRun::layers, {});
    choice.setPolicy(run.settings.replay);
    QCOMPARE(table.rowCount(), 3);
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    QCOMPARE(table.index(1, LayerTable::Replayed).data().toString(), QStringLiteral("100 %"));
    QCOMPARE(table.index(2, LayerTable::Threshold).data().toString(), QStringLiteral("off"));
    QCOMPARE(table.index(0, LayerTable::Threshold).data().toString(), QStringLiteral("0.35"));
    QVERIFY(!table.index(2, LayerTable::Replayed).data(LayerTable::ratioRole).isValid());
    QVERIFY(table.setData(table.index(2, LayerTable::Threshold), QStringLiteral("\u22121.5")));
    QCOMPARE(*choice.thresholds()[2], -1.5f);
}

QTEST_GUILESS_MAIN(TestRunRecord)
#include "test_run_record.moc"
