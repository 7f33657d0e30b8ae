// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "ui/models/playback.h"
#include "ui/models/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

class TestSelection : public QObject {
    Q_OBJECT

private slots:
    void theNewestFrameIsFollowed();
    void choosingAFrameEndsFollowing();
    void choicesStayWithinTheRun();
    void aSmallerModelPullsTheLayerBack();
    void rowAndVideoAgree();
    void anotherRunKeepsTheVideoIfItHasIt();
    void playbackGoesRound();
    void playbackOfOneFrameIsNone();
    void steppingStopsPlayback();
    void withoutALoopItStopsAtTheEnd();
    void speedIsAMultipleOfTheClipsPace();

private:
    static void fill(FrameStore &frames, Selection &selection, int whole)
    {
        frames.reset(1, 4, 6);
        for (int frame = 0; frame < whole; ++frame)
            frames.putWhole(0, frame, MadeRun::picture(1, 2, 3));
        selection.setVisibleFrames(frames.visibleFrames());
    }
};

void TestSelection::theNewestFrameIsFollowed()
{
    Selection selection;
    selection.setVisibleFrames(1);
    selection.setVisibleFrames(3);
    QCOMPARE(selection.frame(), 2);
}

void TestSelection::choosingAFrameEndsFollowing()
{
    Selection selection;
    selection.setVisibleFrames(3);
    selection.chooseFrame(0);
    QVERIFY(!selection.following());
    selection.setVisibleFrames(4);
    QCOMPARE(selection.frame(), 0);
    selection.followNewest();
    QCOMPARE(selection.frame(), 3);
}

void TestSelection::choicesStayWithinTheRun()
{
    Selection selection;
    selection.setLimits(3, 2, 6);
    selection.setVisibleFrames(2);
    selection.chooseLayer(7);
    QCOMPARE(selection.layer(), 2);
    selection.chooseLayer(-1);
    QCOMPARE(selection.layer(), 0);
    selection.chooseFrame(9);
    QCOMPARE(selection.frame(), 1);
    selection.choosePosition(6);
    QCOMPARE(selection.position(), -1);
    selection.hover(5);
    QCOMPARE(selection.hovered(), 5);
}

void TestSelection::aSmallerModelPullsTheLayerBack()
{
    Selection selection;
    selection.setLimits(8, 2, 64);
    selection.chooseLayer(7);
    selection.choosePosition(60);
    selection.setLimits(4, 1, 16);
    QCOMPARE(selection.layer(), 3);
    QCOMPARE(selection.position(), -1);
}

void TestSelection::rowAndVideoAgree()
{
    Selection selection;
    selection.setLimits(3, 6, 6, 3); // rows 0 to 2 are conditional, 3 to 5 are not
    QSignalSpy videos(&selection, &Selection::videoChanged);
    selection.chooseVideo(2);
    QCOMPARE(selection.row(), 2);
    selection.chooseRow(4);
    QCOMPARE(selection.video(), 1);
    selection.chooseVideo(0);
    QCOMPARE(selection.row(), 3); // unconditional as before
    selection.chooseRow(0);
    QCOMPARE(videos.count(), 3); // the last one was the same video's
    selection.chooseVideo(7);
    QCOMPARE(selection.video(), 2);
    QCOMPARE(selection.rowOf(1), 1);
    selection.hover(4, 1);
    QCOMPARE(selection.hoveredVideo(), 1);
    selection.hover(-1);
    QCOMPARE(selection.hoveredVideo(), 2); // nothing is pointed at: the chosen one
}

void TestSelection::anotherRunKeepsTheVideoIfItHasIt()
{
    Selection selection;
    selection.setLimits(3, 6, 6, 3);
    selection.chooseRow(5);
    selection.setLimits(3, 8, 6, 4);
    QCOMPARE(selection.video(), 2);
    QCOMPARE(selection.row(), 6);
    selection.setLimits(3, 2, 6, 2); // without guidance
    QCOMPARE(selection.row(), 1);
}

void TestSelection::playbackGoesRound()
{
    FrameStore frames;
    Selection selection;
    Playback playback(frames, selection);
    playback.setFramesPerSecond(60);
    fill(frames, selection, 3);
    QSignalSpy moved(&selection, &Selection::frameChanged);
    playback.play();
    QVERIFY(playback.playing());
    QTRY_VERIFY(moved.count() >= 4);
    QCOMPARE(moved.at(0).at(0).toInt(), 0); // from the last frame to the first
    QCOMPARE(moved.at(1).at(0).toInt(), 1);
    QCOMPARE(moved.at(3).at(0).toInt(), 0);
}

void TestSelection::playbackOfOneFrameIsNone()
{
    FrameStore frames;
    Selection selection;
    Playback playback(frames, selection);
    fill(frames, selection, 1);
    playback.play();
    QVERIFY(!playback.playing());
}

void TestSelection::steppingStopsPlayback()
{
    FrameStore frames;
    Selection selection;
    Playback playback(frames, selection);
    fill(frames, selection, 3);
    selection.chooseFrame(0);
    playback.play();
    playback.step(1);
    QVERIFY(!playback.playing());
    QCOMPARE(selection.frame(), 1);
    playback.step(-5);
    QCOMPARE(selection.frame(), 0);
}

void TestSelection::withoutALoopItStopsAtTheEnd()
{
    FrameStore frames;
    Selection selection;
    Playback playback(frames, selection);
    playback.setFramesPerSecond(60);
    playback.setLooping(false);
    fill(frames, selection, 3); // the last frame is shown
    QSignalSpy moved(&selection, &Selection::frameChanged);
    playback.play();
    QTRY_VERIFY(!playback.playing());
    QCOMPARE(selection.frame(), 2);
    QCOMPARE(moved.at(0).at(0).toInt(), 0); // from the beginning
    QCOMPARE(moved.count(), 3);
}

void TestSelection::speedIsAMultipleOfTheClipsPace()
{
    FrameStore frames;
    Selection selection;
    Playback playback(frames, selection);
    playback.setFramesPerSecond(60);
    playback.setSpeed(4.0);
    QCOMPARE(playback.framesPerSecond(), 60); // that of the clip stays
    frames.reset(1, 8, 6);
    for (int frame = 0; frame < 8; ++frame)
        frames.putWhole(0, frame, MadeRun::picture(1, 2, 3));
    selection.setVisibleFrames(8);
    selection.chooseFrame(0);
    QSignalSpy moved(&selection, &Selection::frameChanged);
    playback.play();
    QTRY_VERIFY(moved.count() >= 2);
    QCOMPARE(moved.at(0).at(0).toInt(), 4); // more than a screen shows: every fourth
    QCOMPARE(moved.at(1).at(0).toInt(), 0);
    playback.setSpeed(9.0);
    QCOMPARE(playback.speed(), 4.0);
}

QTEST_GUILESS_MAIN(TestSelection)
#include "test_selection.moc"
