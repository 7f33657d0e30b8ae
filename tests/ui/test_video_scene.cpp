// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/made_run.h"
#include "tests/ui/painted_parts.h"
#include "ui/models/dense_reference.h"
#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"
#include "ui/models/position_text.h"
#include "ui/video/picture_scaling.h"
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
    void zoomKeepsTheTexelUnderThePointer();
    void zoomingOutEndsWithWhatFits();
    void aPictureIsPushedAsFarAsItsEdges();
    void wholeFactorsShowTheNearestTexel();
    void otherFactorsKeepTheMeanAndTheEdges();
    void aSmallerPictureSkipsNothing();
    void aSceneShowsTheChosenLayerAndRow();
    void frameOneHasNoScores();
    void theNextPositionIsMarkedWhileRunning();
    void factsTellWhatHappened();
    void factsOfWhatIsNotThereYet();
    void aRedFrameIsRed();
    void theHeatmapHasTheColoursOfItsMap();
    void replayedCellsAreHatched();
    void theLevelIsTheShareOfLayersReplayed();
    void driftIsATintByHowFarItIs();
    void zoomedInTheOverlaysGoWithThePicture();
    void whatIsNotDrawnYetStepsBack();
    void whatLooksAsBeforeIsNotPaintedAgain();
    void anotherPictureIsPaintedWhole();
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

void TestVideoScene::zoomKeepsTheTexelUnderThePointer()
{
    const QSize view(601, 467);
    const QSize picture(64, 48);
    const QSize grid(8, 6);
    for (const QPointF pointer : {QPointF(300.5, 233.5), QPointF(171.25, 60.5), QPointF(477.0, 401.9)}) {
        // Larger than the view: before that, the picture stands in the middle or at an edge.
        PictureZoom zoom{.factor = 12.0};
        const QPoint texel = VideoGeometry(view, picture, grid, zoom).texelAt(pointer);
        for (const int steps : {1, 1, 2, 3, -1, -2, 1, 4}) {
            zoom = VideoGeometry(view, picture, grid, zoom).zoomedAround(pointer, steps);
            const VideoGeometry now(view, picture, grid, zoom);
            QCOMPARE(now.texelAt(pointer), texel);
            QCOMPARE(now.factor(), std::round(now.factor()));
        }
        // The same zoom in a view of another size shows the same middle.
        const VideoGeometry here(view, picture, grid, zoom);
        const VideoGeometry there({300, 300}, picture, grid, zoom);
        const QPoint middle = here.texelAt({300.5, 233.5});
        QVERIFY((there.texelAt({150.5, 150.5}) - middle).manhattanLength() <= 1);
    }
}

void TestVideoScene::zoomingOutEndsWithWhatFits()
{
    PictureZoom zoom;
    zoom = VideoGeometry({600, 600}, {64, 64}, {8, 8}, zoom).zoomedAround({100, 100}, 3);
    QVERIFY(!zoom.fits());
    zoom = VideoGeometry({600, 600}, {64, 64}, {8, 8}, zoom).zoomedAround({100, 100}, -9);
    QVERIFY(zoom.fits());
    // Somebody who asked for less than fits gets it, and can come back step by step.
    zoom = {.factor = 1.0};
    const VideoGeometry one({600, 600}, {64, 64}, {8, 8}, zoom);
    QCOMPARE(one.picture(), QRect(268, 268, 64, 64));
    QCOMPARE(one.zoomedAround({300, 300}, 1).factor, 2.0);
}

void TestVideoScene::aPictureIsPushedAsFarAsItsEdges()
{
    const QSize view(300, 200);
    const VideoGeometry start(view, {64, 64}, {8, 8}, {.factor = 8.0});
    QCOMPARE(start.picture().size(), QSize(512, 512));
    const VideoGeometry moved(view, {64, 64}, {8, 8}, start.movedBy({-30, 17}));
    QCOMPARE(moved.picture().topLeft(), start.picture().topLeft() + QPoint(-30, 17));
    const VideoGeometry end(view, {64, 64}, {8, 8}, start.movedBy({-9999, 9999}));
    QCOMPARE(end.picture().right(), view.width() - 1);
    QCOMPARE(end.picture().top(), 0);
    const VideoGeometry whole(view, {64, 64}, {8, 8}, {.factor = 2.0});
    QCOMPARE(VideoGeometry(view, {64, 64}, {8, 8}, whole.movedBy({50, 50})).picture(), whole.picture());
}

void TestVideoScene::wholeFactorsShowTheNearestTexel()
{
    Frame frame{.width = 5, .height = 4, .rgb = {}};
    for (int i = 0; i < 60; ++i)
        frame.rgb.push_back(static_cast<std::uint8_t>(4 * i + 1));
    const QRect target(-7, 3, 35, 28);
    const QRect visible(0, 0, 20, 31);
    const QImage image = scaledPicture(frame, target, visible);
    QCOMPARE(image.size(), QSize(20, 28));
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const auto i = static_cast<std::size_t>(3 * ((y / 7) * 5 + (x + 7) / 7));
            QCOMPARE(image.pixel(x, y), qRgb(frame.rgb[i], frame.rgb[i + 1], frame.rgb[i + 2]));
        }
    }
}

void TestVideoScene::otherFactorsKeepTheMeanAndTheEdges()
{
    Frame frame{.width = 4, .height = 1, .rgb = {}};
    for (const auto level : std::vector<std::uint8_t>{0, 200, 40, 120})
        frame.rgb.insert(frame.rgb.end(), {level, level, level});
    const QImage image = scaledPicture(frame, {0, 0, 10, 2}, {0, 0, 10, 2}); // two and a half pixels a texel
    double sum = 0.0;
    for (int x = 0; x < 10; ++x)
        sum += qRed(image.pixel(x, 0));
    QVERIFY(qAbs(sum / 10.0 - 90.0) <= 0.5);
    QCOMPARE(qRed(image.pixel(1, 0)), 0);
    QCOMPARE(qRed(image.pixel(2, 0)), 100); // half of it is the next texel's
    QCOMPARE(qRed(image.pixel(3, 0)), 200);
    QCOMPARE(qRed(image.pixel(5, 1)), 40);
}

void TestVideoScene::aSmallerPictureSkipsNothing()
{
    Frame frame{.width = 8, .height = 8, .rgb = {}};
    for (int i = 0; i < 64; ++i) {
        const auto level = static_cast<std::uint8_t>(i % 2 ? 255 : 0); // lines one texel wide
        frame.rgb.insert(frame.rgb.end(), {level, level, level});
    }
    const QImage image = scaledPicture(frame, {0, 0, 4, 4}, {0, 0, 4, 4});
    for (int x = 0; x < 4; ++x)
        QVERIFY(qAbs(qRed(image.pixel(x, 2)) - 128) <= 1);
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
    const auto scene = makeScene(record, selection, {.range = TasRange{0.0f, 2.0f}});
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
    const auto scene = makeScene(record, selection, {.range = TasRange{0.0f, 2.0f}});
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
    QCOMPARE(makeScene(record, selection, {}).current, 2);
    record.take(run.phase(Phase::Cancelled));
    QCOMPARE(makeScene(record, selection, {}).current, -1);
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
    scene.overlays.heatmapOpacity = 1.0f;
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

void TestVideoScene::theLevelIsTheShareOfLayersReplayed()
{
    MadeRun run;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(3);
    selection.chooseFrame(1);
    SceneChoice choice;
    choice.overlays.share = true;
    auto made = makeScene(record, selection, choice);
    // Position 0: layer 2 of three replays (0.0 is below 0.35, 1.0 above); position 5: layers 1 and 2.
    QCOMPARE(made.share[0], 1.0f / 3.0f);
    QCOMPARE(made.share[5], 2.0f / 3.0f);
    selection.chooseFrame(0);
    QVERIFY(std::isnan(makeScene(record, selection, choice).share[0]));

    auto scene = plainScene();
    scene.overlays = {.heatmap = false, .share = true, .mask = false, .shareOpacity = 1.0f};
    scene.share = {0.0f, 0.5f, 1.0f, std::nanf(""), 0.25f, 0.0f};
    const QImage image = paint(scene, {120, 80}); // cells of 40 x 40
    const auto filled = [&](int position) {
        int rows = 0;
        for (int y = 0; y < 40; ++y)
            rows +=
                image.pixelColor(20 + 40 * (position % 3), y + 40 * (position / 3)) == themeColors().replay;
        return rows;
    };
    QCOMPARE(filled(0), 0);
    QCOMPARE(filled(1), 20);
    QCOMPARE(filled(2), 40);
    QCOMPARE(filled(3), 0);
    QCOMPARE(filled(4), 10);
    QCOMPARE(image.pixelColor(60, 5), QColor(255, 0, 0)); // above the level: the picture
}

void TestVideoScene::driftIsATintByHowFarItIs()
{
    MadeRun dense;
    dense.settings.replay = {};
    RunRecord record;
    DenseReference reference(record);
    QVERIFY(!reference.fits());
    QVERIFY(!reference.whyNot().isEmpty());
    record.begin(dense.config, dense.settings);
    std::vector<SharedFrame> pictures(3, MadeRun::picture(255, 0, 0));
    auto changed = std::make_shared<Frame>(*pictures[1]);
    for (int y = 0; y < 4; ++y) // position 0 of frame 2: 24 levels in one of three channels
        for (int x = 0; x < 4; ++x)
            changed->rgb[static_cast<std::size_t>(3 * (y * changed->width + x))] = 255 - 72;
    pictures[1] = changed;
    reference.take(dense.settings, {pictures});
    QVERIFY(reference.fits());
    QVERIFY(!reference.drift(0, 1)); // the frame is still to come
    MadeRun run;
    record.begin(run.config, run.settings);
    record.take(run.upTo(18));
    QVERIFY(reference.fits()); // nothing but replay differs
    QCOMPARE((*reference.drift(0, 1))[0], 24.0f);
    QCOMPARE((*reference.drift(0, 1))[1], 0.0f);
    QCOMPARE((*reference.drift(0, 0))[0], 0.0f);

    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(3);
    selection.chooseFrame(1);
    SceneChoice choice;
    choice.overlays.drift = true;
    choice.reference = &reference;
    const auto scene = makeScene(record, selection, choice);
    QCOMPARE(scene.drift[0], 24.0f / DenseReference::fullLevels);
    MadeRun other;
    other.settings.seed = 99;
    record.begin(other.config, other.settings);
    QVERIFY(!reference.fits());
    QVERIFY(reference.whyNot().contains(QStringLiteral("other settings")));
}

void TestVideoScene::zoomedInTheOverlaysGoWithThePicture()
{
    auto scene = plainScene();
    scene.overlays.heatmapOpacity = 1.0f;
    scene.range = {0.0f, 1.0f};
    scene.tas = {0.0f, 0.5f, 1.0f, 1.0f, 0.5f, 0.0f};
    scene.zoom = {.factor = 30.0, .center = {0.5, 0.25}}; // cells of 120 pixels: position 1 fills the view
    const QImage image = paint(scene, {100, 80});
    QCOMPARE(image.pixel(2, 40), tasColormap()[128]);
    QCOMPARE(image.pixel(97, 78), tasColormap()[128]);
    const VideoGeometry geometry = geometryOf(scene, {100, 80});
    QCOMPARE(geometry.positionAt({50, 40}), 1);
}

void TestVideoScene::whatIsNotDrawnYetStepsBack()
{
    auto scene = plainScene();
    scene.drawn = 3;
    const QImage image = paint(scene, {120, 80});
    QCOMPARE(image.pixelColor(20, 20), QColor(255, 0, 0));
    QVERIFY(image.pixelColor(20, 60).red() < 100);
}

void TestVideoScene::whatLooksAsBeforeIsNotPaintedAgain()
{
    RasterVideo video;
    video.resize(330, 170);
    VideoScene scene = plainScene();
    scene.overlays.grid = true;
    scene.range = {-2.0f, 2.0f};
    scene.drawn = 1;
    scene.current = 1;
    video.setScene(scene);
    video.show();
    QVERIFY(QTest::qWaitForWindowExposed(&video));
    PaintedParts parts(video);
    video.setScene(scene);
    QCOMPARE(parts.take(), 0.0);
    for (int position = 1; position < MadeRun::stride; ++position) {
        const auto i = static_cast<std::size_t>(position);
        scene.drawn = position + 1;
        scene.tas[i - 1] = 0.1f * static_cast<float>(position);
        scene.replayed[i - 1] = position % 3 == 0;
        scene.current = position + 1 < MadeRun::stride ? position + 1 : -1;
        scene.hovered = position % 2 == 0 ? 0 : -1;
        video.setScene(scene);
        const double share = parts.take();
        QVERIFY2(share > 0.0 && share < 0.75, qPrintable(QString::number(share)));
        QCOMPARE(parts.picture(), parts.whole());
    }
}

void TestVideoScene::anotherPictureIsPaintedWhole()
{
    RasterVideo video;
    video.resize(330, 170);
    VideoScene scene = plainScene();
    video.setScene(scene);
    video.show();
    QVERIFY(QTest::qWaitForWindowExposed(&video));
    PaintedParts parts(video);
    scene.picture = MadeRun::picture(0, 255, 0);
    video.setScene(scene);
    QCOMPARE(parts.take(), 1.0);
    QCOMPARE(parts.picture(), parts.whole());
    scene.overlays.grid = true;
    video.setScene(scene);
    QCOMPARE(parts.take(), 1.0);
    QCOMPARE(parts.picture(), parts.whole());
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
