// SPDX-License-Identifier: Apache-2.0
//
// The middle of the real window with the real engine and the golden checkpoint: several videos side by side,
// zoom, overlays and what is read at a position, driven as a person does.
#include "engine/media/video_file.h"
#include "tests/ui/studio_window.h"
#include "ui/video/position_strip.h"
#include "ui/video/video_geometry.h"
#include "ui/video/video_grid.h"
#include "ui/video/video_surface.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"
#include "ui/window/viewer_page.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestViewer : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void threeVideosStandSideBySide();
    void manyVideosFitIntoASmallWindow();
    void aVideoIsTheSameWhateverStandsBesideIt();
    void aClickChoosesTheVideoAndADoubleClickMakesItLarge();
    void allVideosAreSavedIntoNumberedFiles();
    void theWheelZoomsAroundThePointerInAllVideos();
    void aDragMovesThePictureAndChoosesNothing();
    void keysZoomAndPush();
    void theStripKeepsWhatWasPointedAt();
    void driftNeedsADenseRunOfTheSameSettings();
    void theLegendOfScoresIsThereWithTheirColours();
    void aRunThatIsComparedDoesNotBeginToPlay();
    void buttonsInOneLineAreOfOneSize();
    void wordsBesideAnIconStandInTheMiddle();

private:
    /// A run with seed 5, to its end.
    void run(int videos, int frames);
    VideoGrid &videos() { return window_->viewer().videos(); }
    /// The painter's widget, which takes the mouse.
    QWidget *surface(int video)
    {
        return videos().view(video).findChild<QWidget *>(QStringLiteral("videoSurface"));
    }
    VideoGeometry geometry(int video)
    {
        return geometryOf(videos().view(video).scene(), surface(video)->size());
    }
    void turnWheel(QWidget *widget, QPointF at, int steps, Qt::KeyboardModifiers modifiers);
    void settle() { QTest::qWait(90); } // the page draws some twenty-five times a second

    QTemporaryDir folder_;
};

void TestViewer::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    applyTheme(*qApp, ThemeName::Dark);
}

void TestViewer::init()
{
    QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
    MainWindow::Options options = windowOptions(folder_.path());
    options.prompt = QStringLiteral("a cat");
    options.theme = ThemeName::Dark;
    window_ = openWindow(std::move(options), {1280, 800}); // more than the screen that is no screen
    QApplication::setActiveWindow(window_.get());
}

void TestViewer::cleanup()
{
    window_.reset();
}

void TestViewer::run(int videos, int frames)
{
    window_->settings().setSeed(5);
    window_->settings().setSeedLocked(true);
    find<QSpinBox>("framesSpin")->setValue(frames);
    find<QSpinBox>("videosSpin")->setValue(videos);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    find<QAction>("nextFrameAction")->trigger(); // it plays; a step stops that
    window_->selection().chooseFrame(frames - 1);
    settle();
}

void TestViewer::turnWheel(QWidget *widget, QPointF at, int steps, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

void TestViewer::threeVideosStandSideBySide()
{
    run(3, 2);
    QCOMPARE(videos().videos(), 3);
    std::vector<SharedFrame> pictures;
    for (int video = 0; video < 3; ++video) {
        VideoView &view = videos().view(video);
        QVERIFY(view.isVisible());
        QCOMPARE(view.accessibleName(), QStringLiteral("Video %1").arg(video + 1));
        QVERIFY(view.scene().picture);
        QCOMPARE(view.scene().drawn, window_->record().trace().shape().stride);
        pictures.push_back(view.scene().picture);
    }
    QVERIFY(pictures[0]->rgb != pictures[1]->rgb);
    QVERIFY(pictures[1]->rgb != pictures[2]->rgb);
    QCOMPARE(window_->record().trace().shape().rows, 6);
    // All are as large as each other.
    QCOMPARE(geometry(0).picture().size(), geometry(2).picture().size());

    run(1, 2); // the next run has one again
    QCOMPARE(videos().videos(), 1);
    QVERIFY(videos().view(0).isVisible());
}

void TestViewer::manyVideosFitIntoASmallWindow()
{
    run(16, 1);
    VideoGrid &grid = videos();
    for (const QSize size : {QSize(200, 300), QSize(500, 110), grid.minimumSize()}) {
        grid.setParent(nullptr);
        grid.resize(size);
        grid.show();
        QVERIFY(QTest::qWaitForWindowExposed(&grid));
        QCOMPARE(grid.size(), size);
        QRegion taken;
        for (int video = 0; video < 16; ++video) {
            const QWidget &view = grid.view(video);
            const QRect place(view.mapTo(&grid, QPoint()), view.size());
            QVERIFY2(grid.rect().contains(place), qPrintable(QString::number(video)));
            QVERIFY2(!taken.intersects(place), qPrintable(QString::number(video)));
            taken += place;
        }
    }
}

void TestViewer::aVideoIsTheSameWhateverStandsBesideIt()
{
    run(3, 2);
    const auto three = window_->controller().result()->codes;
    QCOMPARE(three.size(), 3U);
    run(1, 2);
    QCOMPARE(window_->controller().result()->codes.front(), three.front());
}

void TestViewer::aClickChoosesTheVideoAndADoubleClickMakesItLarge()
{
    run(3, 2);
    Selection &selection = window_->selection();
    selection.chooseRow(3); // the unconditional row of video 1
    const QPoint middle = geometry(1).cell(5).center().toPoint();
    QTest::mouseClick(surface(1), Qt::LeftButton, {}, middle);
    QCOMPARE(selection.video(), 1);
    QCOMPARE(selection.row(), 4); // unconditional as before
    QCOMPARE(selection.position(), 5);
    QCOMPARE(find<QComboBox>("rowCombo")->currentIndex(), 1);
    find<QComboBox>("rowCombo")->setCurrentIndex(0);
    emit find<QComboBox>("rowCombo")->activated(0);
    QCOMPARE(selection.row(), 1);

    const int before = videos().view(1).width();
    QTest::mouseDClick(surface(1), Qt::LeftButton, {}, middle);
    settle();
    QVERIFY(videos().alone());
    QVERIFY(!videos().view(0).isVisible());
    QVERIFY(videos().view(1).width() > before);
    QVERIFY(find<QAction>("videoAloneAction")->isChecked());
    find<QAction>("nextVideoAction")->trigger();
    settle();
    QVERIFY(videos().view(2).isVisible());
    QVERIFY(!videos().view(1).isVisible());
    QTest::mouseDClick(surface(2), Qt::LeftButton, {}, {20, 20});
    QVERIFY(!videos().alone());
    QVERIFY(videos().view(0).isVisible());
}

void TestViewer::allVideosAreSavedIntoNumberedFiles()
{
    run(2, 3);
    window_->askForVideoFile = [this](const QString &) {
        return folder_.filePath(QStringLiteral("clip.mkv"));
    };
    QVERIFY(find<QAction>("saveAllAction")->isEnabled());
    find<QAction>("saveAllAction")->trigger();
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(QTest::qWaitFor([&] { return banner->text().contains(QStringLiteral("Saved")); }, 30000));
    QVERIFY(banner->text().contains(QStringLiteral("2 videos")));
    for (const char *name : {"clip-1.mkv", "clip-2.mkv"}) {
        const auto info = inspectVideo(folder_.filePath(QLatin1String(name)).toStdString());
        QVERIFY2(info.ok(), name);
        QCOMPARE(info->frames, 3);
        QCOMPARE(runSettingsFromJson(info->settingsJson)->videos, 2);
    }
    run(1, 1);
    QVERIFY(!find<QAction>("saveAllAction")->isEnabled());
}

void TestViewer::theWheelZoomsAroundThePointerInAllVideos()
{
    run(2, 2);
    const QPointF pointer = geometry(0).cell(6).center() + QPointF(3, 2);
    const double before = geometry(0).factor();
    for (int turn = 0; turn < 4; ++turn)
        turnWheel(surface(0), pointer, 1, Qt::ControlModifier); // quicker than the page draws
    settle();
    QVERIFY(geometry(0).factor() > before);
    QCOMPARE(geometry(0).factor(), std::round(geometry(0).factor()));
    QVERIFY(geometry(0).reachesBeyond());
    QCOMPARE(geometry(1).factor(), geometry(0).factor()); // together
    QVERIFY((geometry(1).picture().topLeft() - geometry(0).picture().topLeft()).manhattanLength() <= 2);
    const QPoint texel = geometry(0).texelAt(pointer);
    for (const int steps : {1, -1}) {
        turnWheel(surface(0), pointer, steps, Qt::ControlModifier);
        settle();
        QCOMPARE(geometry(0).texelAt(pointer), texel);
    }
    // Without Ctrl it steps through the frames.
    turnWheel(surface(0), pointer, 1, {});
    QCOMPARE(window_->selection().frame(), 0);
}

void TestViewer::aDragMovesThePictureAndChoosesNothing()
{
    run(1, 1);
    QWidget *view = surface(0);
    find<QAction>("zoomTwoAction")->trigger();
    settle();
    QCOMPARE(geometry(0).factor(), 2.0);
    const QPointF middle(view->width() / 2.0, view->height() / 2.0);
    turnWheel(view, middle, 20, Qt::ControlModifier);
    settle();
    const QPoint before = geometry(0).picture().topLeft();
    QTest::mousePress(view, Qt::LeftButton, {}, middle.toPoint());
    QTest::mouseMove(view, middle.toPoint() + QPoint(-20, 4));
    QTest::mouseMove(view, middle.toPoint() + QPoint(-60, 25));
    QTest::mouseRelease(view, Qt::LeftButton, {}, middle.toPoint() + QPoint(-60, 25));
    settle();
    QCOMPARE(geometry(0).picture().topLeft(), before + QPoint(-60, 25));
    QCOMPARE(window_->selection().position(), -1);
    QTest::mouseClick(view, Qt::LeftButton, {}, middle.toPoint());
    QVERIFY(window_->selection().position() >= 0);
}

void TestViewer::keysZoomAndPush()
{
    run(1, 1);
    const double fitting = geometry(0).factor();
    QTest::keyClick(window_.get(), Qt::Key_Plus, Qt::ControlModifier);
    settle();
    QVERIFY(geometry(0).factor() > fitting);
    for (int press = 0; press < 4; ++press)
        find<QAction>("zoomInAction")->trigger();
    settle();
    const QPoint before = geometry(0).picture().topLeft();
    QTest::keyClick(window_.get(), Qt::Key_Left, Qt::ShiftModifier);
    settle();
    QVERIFY(geometry(0).picture().left() > before.x());
    QCOMPARE(geometry(0).picture().top(), before.y());
    find<QAction>("zoomFitAction")->trigger();
    settle();
    QCOMPARE(geometry(0).factor(), fitting);
}

void TestViewer::theStripKeepsWhatWasPointedAt()
{
    run(1, 2);
    auto *strip = find<PositionStrip>("positionStrip");
    QVERIFY(strip->isVisible());
    const QPoint at = geometry(0).cell(6).center().toPoint();
    QTest::mouseMove(surface(0), at);
    settle();
    const QString said = strip->accessibleDescription();
    QVERIFY2(said.contains(QStringLiteral("frame 2, row 2, column 3")), qPrintable(said));
    const int layers = window_->record().trace().shape().layers;
    QVERIFY(said.contains(QStringLiteral("Layer %1: ").arg(layers)));
    QVERIFY(!said.contains(QStringLiteral("Layer %1: ").arg(layers + 1)));
    QTest::mouseMove(window_.get(), {2, 2});
    settle();
    QCOMPARE(strip->accessibleDescription(), said);
    // A click on a lane chooses its layer.
    QTest::mouseClick(strip, Qt::LeftButton, {}, {60, strip->height() - 1 - strip->height() / 8});
    QTest::mouseClick(strip, Qt::LeftButton, {}, {60, 100});
    QVERIFY(window_->selection().layer() > 0);
    find<QAction>("positionStripAction")->trigger();
    QVERIFY(!strip->isVisible());
}

void TestViewer::driftNeedsADenseRunOfTheSameSettings()
{
    auto *drift = find<QAction>("driftAction");
    ReplayChoice &replay = window_->settings().replay();
    replay.chooseAll();
    run(1, 3);
    QVERIFY(!drift->isEnabled());
    QVERIFY(drift->toolTip().contains(QStringLiteral("choose Off under Replay")));
    replay.chooseOff();
    run(1, 3);
    QVERIFY(drift->isEnabled());
    replay.chooseAll();
    run(1, 3);
    QVERIFY(drift->isEnabled());
    drift->trigger();
    settle();
    const VideoScene &scene = videos().view(0).scene();
    QCOMPARE(static_cast<int>(scene.drift.size()), window_->record().trace().shape().stride);
    QVERIFY(*std::ranges::max_element(scene.drift) > 0.0f); // replaying everything leaves its mark
    const auto *legend = find<QWidget>("overlayLegend");
    QVERIFY(legend->isVisible());
    QCOMPARE(legend->accessibleDescription(), QStringLiteral("Drift: from 0 to 48 levels of 255"));
    find<QAction>("shareAction")->trigger();
    settle();
    QVERIFY(legend->accessibleDescription().startsWith(QStringLiteral("Layers replayed: from none to all")));
    drift->trigger();
    find<QAction>("shareAction")->trigger();
    settle();
    QVERIFY(!legend->isVisible());
    drift->trigger();
    window_->selection().chooseFrame(0);
    settle();
    QCOMPARE(*std::ranges::max_element(videos().view(0).scene().drift), 0.0f); // frame 1 is dense in both
    window_->settings().setSeed(6);
    click("generateButton");
    QVERIFY(!drift->isEnabled());
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Done; }, 60000));
}

void TestViewer::theLegendOfScoresIsThereWithTheirColours()
{
    run(1, 2);
    settle();
    auto *heatmap = find<QAction>("heatmapAction");
    const auto *legend = find<QWidget>("tasLegend");
    const int height = videos().height();
    QVERIFY(heatmap->isChecked());
    QVERIFY(legend->isVisible());
    heatmap->trigger();
    settle();
    QVERIFY(!legend->isVisible());
    QCOMPARE(videos().height(), height); // the picture stays as it is
    heatmap->trigger();
    settle();
    QVERIFY(legend->isVisible());
}

/// Its frames are those of both sides, which somebody looks at.
void TestViewer::aRunThatIsComparedDoesNotBeginToPlay()
{
    run(1, 2);
    find<QAction>("comparePageAction")->trigger();
    find<QAction>("generateAction")->trigger();
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().running(); }, 20000));
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Done; }, 60000));
    QVERIFY(window_->selection().following());
    settle();
    QSignalSpy moved(&window_->selection(), &Selection::frameChanged);
    QTest::qWait(400); // some frames of playback
    QCOMPARE(moved.count(), 0);
}

void TestViewer::buttonsInOneLineAreOfOneSize()
{
    run(1, 2);
    const QSize one = find<QWidget>("positionStripButton")->size();
    for (const char *name :
         {"heatmapButton", "shareButton", "driftButton", "maskButton", "gridButton", "opacityButton"})
        QVERIFY2(find<QWidget>(name)->size() == one, name);
    for (const char *table : {"decisionTableButton", "heatmapTableButton"}) {
        const bool decisions = QByteArrayView(table).startsWith("decision");
        window_->docks().reveal(decisions ? QStringLiteral("decisionsDock") : QStringLiteral("heatmapsDock"));
        QCoreApplication::processEvents();
        const auto *menu = find<QWidget>(decisions ? "decisionMenu" : "heatmapMenu");
        QCOMPARE(menu->height(), find<QWidget>(table)->height());
    }
}

/// Qt leaves all that it has too much on the right of them.
void TestViewer::wordsBesideAnIconStandInTheMiddle()
{
    run(1, 2);
    window_->docks().choose(TaskLayout::Hardware); // where there is room for words
    auto *button = find<QToolButton>("gridButton");
    QTRY_COMPARE(button->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
    settle();
    const QImage image = button->grab().toImage();
    const QRgb ground = image.pixel(4, 4);
    const auto hasInk = [&](int x) {
        for (int y = 4; y < image.height() - 4; ++y)
            if (image.pixel(x, y) != ground)
                return true;
        return false;
    };
    int left = 4, right = 4; // inside the frame
    while (!hasInk(left))
        ++left;
    while (!hasInk(image.width() - 1 - right))
        ++right;
    QVERIFY2(std::abs(left - right) <= 3, qPrintable(QStringLiteral("%1 and %2").arg(left).arg(right)));
}

QTEST_MAIN(TestViewer)
#include "test_viewer.moc"
