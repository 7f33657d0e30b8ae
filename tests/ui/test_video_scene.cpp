// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"
#include "ui/video/position_text.h"
#include "ui/video/raster_video.h"
#include "ui/video/video_geometry.h"
#include "ui/video/video_scene.h"

#include <QPainter>
#include <QTest>

#include <cmath>
#include <set>

using namespace fastcar;
using namespace fastcar::ui;

class TestVideoScene : public QObject {
    Q_OBJECT

private slots:
    void thePictureKeepsItsProportions();
    void muchRoomIsUsedInWholeFactors();
    void everyPixelOfTheGridIsHit();
    void outsideOfThePictureIsNoPosition();
    void aSceneShowsTheChosenLayerAndRow();
    void frameOneHasNoScores();
    void theNextPositionIsMarkedWhileRunning();
    void factsTellWhatHappened();
    void factsOfWhatIsNotThereYet();
    void aRedFrameIsRed();
    void theHeatmapHasTheColoursOfItsMap();
    void replayedCellsAreHatched();
    void whatIsNotDrawnYetStepsBack();
    void theColourMapRisesInLightness();

private:
    static QImage paint(const VideoScene &scene, QSize size)
    {
        QImage image(size, QImage::Format_RGB32);
        QPainter painter(&image);
        paintScene(painter, scene, size, 1.0);
        return image;
    }

    /// A whole frame of one colour with neither scores nor overlays.
    static VideoScene plainScene()
    {
        VideoScene scene;
        scene.picture = MadeRun::picture(255, 0, 0);
        scene.pictureWidth = scene.picture->width;
        scene.pictureHeight = scene.picture->height;
        scene.gridWidth = MadeRun::gridWidth;
        scene.gridHeight = MadeRun::gridHeight;
        scene.drawn = MadeRun::stride;
        scene.tas.assign(MadeRun::stride, std::nanf(""));
        scene.replayed.assign(MadeRun::stride, 0);
        return scene;
    }
};

void TestVideoScene::thePictureKeepsItsProportions()
{
    const VideoGeometry geometry({300, 100}, {128, 64}, {16, 8});
    QCOMPARE(geometry.picture().height(), 100);
    QCOMPARE(geometry.picture().width(), 200);
    QCOMPARE(geometry.picture().left(), 50);
}

void TestVideoScene::muchRoomIsUsedInWholeFactors()
{
    const VideoGeometry geometry({600, 590}, {64, 64}, {8, 8});
    QCOMPARE(geometry.picture().size(), QSize(576, 576));
    QCOMPARE(geometry.picture().left(), 12);
    QCOMPARE(geometry.picture().top(), 7);
}

void TestVideoScene::everyPixelOfTheGridIsHit()
{
    const VideoGeometry geometry({101, 77}, {12, 8}, {3, 2});
    std::set<int> hit;
    for (int y = geometry.picture().top(); y <= geometry.picture().bottom(); ++y) {
        for (int x = geometry.picture().left(); x <= geometry.picture().right(); ++x) {
            const int position = geometry.positionAt({x + 0.5, y + 0.5});
            QVERIFY(position >= 0 && position < 6);
            QVERIFY(geometry.cell(position).contains(x + 0.5, y + 0.5));
            hit.insert(position);
        }
    }
    QCOMPARE(hit.size(), 6U);
}

void TestVideoScene::outsideOfThePictureIsNoPosition()
{
    const VideoGeometry geometry({300, 100}, {128, 64}, {16, 8});
    QCOMPARE(geometry.positionAt({10, 50}), -1);
    QCOMPARE(geometry.positionAt({251, 50}), -1);
    QCOMPARE(VideoGeometry().positionAt({0, 0}), -1);
}

void TestVideoScene::aSceneShowsTheChosenLayerAndRow()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(3);
    selection.chooseFrame(1);
    selection.chooseLayer(1);
    selection.chooseRow(1);
    const auto scene = makeScene(record, selection, {}, TasRange{0.0f, 2.0f});
    QCOMPARE(scene.gridWidth, 3);
    QCOMPARE(scene.drawn, 6);
    for (int position = 0; position < MadeRun::stride; ++position)
        QCOMPARE(scene.tas[static_cast<std::size_t>(position)], MadeRun::tas(6 + position, 1, 1));
    QCOMPARE(scene.replayed, std::vector<std::uint8_t>(6, 1));
}

void TestVideoScene::frameOneHasNoScores()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(3);
    selection.chooseFrame(0);
    const auto scene = makeScene(record, selection, {}, TasRange{0.0f, 2.0f});
    for (const float tas : scene.tas)
        QVERIFY(std::isnan(tas));
}

void TestVideoScene::theNextPositionIsMarkedWhileRunning()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.phase(Phase::Decoding));
    record.take(run.upTo(8));
    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(2);
    QCOMPARE(makeScene(record, selection, {}, {}).current, 2);
    record.take(run.phase(Phase::Cancelled));
    QCOMPARE(makeScene(record, selection, {}, {}).current, -1);
}

void TestVideoScene::factsTellWhatHappened()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    const auto replayed = positionFacts(record, 1, 5, 0, 0);
    QCOMPARE(replayed.place, QStringLiteral("frame 2, row 2, column 3"));
    QCOMPARE(replayed.codes, QStringLiteral("110 111"));
    QCOMPARE(replayed.tas, QStringLiteral("0.500"));
    QCOMPARE(replayed.decision, QStringLiteral("replayed, τ 0.350"));
    QCOMPARE(positionFacts(record, 1, 0, 0, 0).decision, QStringLiteral("computed, τ 0.350"));
    QCOMPARE(positionFacts(record, 1, 0, 2, 0).decision, QStringLiteral("computed, replay is off"));
    QCOMPARE(positionFacts(record, 0, 0, 0, 0).decision, QStringLiteral("computed, frame 1 always is"));
}

void TestVideoScene::factsOfWhatIsNotThereYet()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(8));
    QCOMPARE(positionFacts(record, 2, 0, 0, 0).decision, QStringLiteral("not drawn yet"));
    QCOMPARE(positionFacts(record, 1, 1, 0, 0).decision, QStringLiteral("its step comes next"));
    record.take(run.upTo(18));
    QCOMPARE(positionFacts(record, 2, 5, 0, 0).decision, QStringLiteral("last token, needs no step"));
}

void TestVideoScene::aRedFrameIsRed()
{
    const QImage image = paint(plainScene(), {120, 100});
    QCOMPARE(image.pixelColor(60, 50), QColor(255, 0, 0));
    QCOMPARE(image.pixelColor(60, 2), themeColors().canvas); // the letterbox
}

void TestVideoScene::theHeatmapHasTheColoursOfItsMap()
{
    auto scene = plainScene();
    scene.overlays.opacity = 1.0f;
    scene.range = {0.0f, 1.0f};
    scene.tas = {0.0f, 0.5f, 1.0f, 2.0f, -1.0f, std::nanf("")};
    const QImage image = paint(scene, {120, 80});
    const auto at = [&](int position) {
        return image.pixel(20 + 40 * (position % 3), 20 + 40 * (position / 3));
    };
    QCOMPARE(at(0), tasColormap()[0]);
    QCOMPARE(at(1), tasColormap()[128]);
    QCOMPARE(at(2), tasColormap()[255]);
    QCOMPARE(at(3), tasColormap()[255]); // beyond the end: the end's colour
    QCOMPARE(at(4), tasColormap()[0]);
    QCOMPARE(at(5), qRgb(255, 0, 0)); // no score: the picture
}

void TestVideoScene::replayedCellsAreHatched()
{
    auto scene = plainScene();
    scene.replayed[1] = 1;
    const QImage image = paint(scene, {120, 80});
    int light = 0;
    int dark = 0;
    for (int x = 41; x < 79; ++x) {
        light += image.pixelColor(x, 20).green() > 150;
        dark += image.pixelColor(x, 20).red() < 150;
    }
    QVERIFY(light >= 4);
    QVERIFY(dark >= 4);
    for (int x = 1; x < 39; ++x)
        QCOMPARE(image.pixelColor(x, 20), QColor(255, 0, 0)); // the cell beside it is free
}

void TestVideoScene::whatIsNotDrawnYetStepsBack()
{
    auto scene = plainScene();
    scene.drawn = 3;
    const QImage image = paint(scene, {120, 80});
    QCOMPARE(image.pixelColor(20, 20), QColor(255, 0, 0));
    QVERIFY(image.pixelColor(20, 60).red() < 100);
}

void TestVideoScene::theColourMapRisesInLightness()
{
    double before = -1.0;
    for (const QRgb color : tasColormap()) {
        const double lightness = 0.2126 * qRed(color) + 0.7152 * qGreen(color) + 0.0722 * qBlue(color);
        QVERIFY(lightness >= before - 0.5);
        before = std::max(before, lightness);
    }
    // Its middle is matplotlib's.
    const QColor middle = QColor::fromRgb(tasColormap()[128]);
    QVERIFY(qAbs(middle.red() - 33) <= 3 && qAbs(middle.green() - 145) <= 3 &&
            qAbs(middle.blue() - 140) <= 3);
}

QTEST_MAIN(TestVideoScene)
#include "test_video_scene.moc"
