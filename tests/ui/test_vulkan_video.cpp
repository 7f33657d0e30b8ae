// SPDX-License-Identifier: Apache-2.0
//
// The Vulkan painter against known colours and against its QPainter twin, with the validation layer watching.
#include "tests/ui/made_run.h"
#include "ui/theme/theme.h"
#include "ui/video/raster_video.h"
#include "ui/video/video_view.h"

#include <QPainter>
#include <QScreen>
#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

class TestVulkanVideo : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aRedFrameIsRed();
    void bothPaintersAgree_data();
    void bothPaintersAgree();
    void anotherPictureSizeIsTaken();
    void resizingIsFollowed();
    void hidingAndShowingIsSurvived();
    void twoViewsShareADevice();
    void positionsAreHitByTheMouse();
    void cleanupTestCase();

private:
    /// What stands on the screen where the view is.
    static QImage shot(QWidget &view)
    {
        QTest::qWait(150);
        return view.screen()
            ->grabWindow(view.window()->winId())
            .toImage()
            .convertToFormat(QImage::Format_RGB32);
    }

    static VideoScene scene();
    /// Every overlay has something to show.
    static VideoScene everything();

    std::shared_ptr<ViewDevice> device_;
};

void TestVulkanVideo::initTestCase()
{
    auto made = ViewDevice::create({.validation = true});
    QVERIFY2(made.ok(), made.ok() ? "" : made.error().message.c_str());
    device_ = std::move(made).value();
}

VideoScene TestVulkanVideo::scene()
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

void TestVulkanVideo::aRedFrameIsRed()
{
    VideoView view(device_);
    view.resize(300, 240);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QVERIFY(view.backend().startsWith(QStringLiteral("Vulkan")));
    view.setScene(scene());
    const QImage image = shot(view);
    QCOMPARE(image.pixelColor(150, 120), QColor(255, 0, 0));
    QCOMPARE(image.pixelColor(150, 2), themeColors().canvas);
}

VideoScene TestVulkanVideo::everything()
{
    auto all = scene();
    // Stripes: a texel that is shown too wide or too narrow is seen.
    auto stripes = std::make_shared<Frame>(*all.picture);
    for (std::size_t i = 0; i < stripes->rgb.size(); ++i)
        stripes->rgb[i] = static_cast<std::uint8_t>((i * 37) % 251);
    all.picture = stripes;
    all.tas = {0.0f, 0.2f, 0.4f, 0.6f, 1.0f, std::nanf("")};
    all.range = {0.0f, 1.0f};
    all.replayed = {0, 1, 0, 1, 0, 0};
    all.share = {0.3f, 1.0f, 0.0f, 0.55f, std::nanf(""), 0.8f};
    all.drift = {0.0f, 0.1f, 0.5f, 1.0f, 0.9f, 0.2f};
    all.overlays.grid = true;
    all.drawn = 5;
    all.current = 5;
    all.selected = 1;
    all.hovered = 2;
    return all;
}

void TestVulkanVideo::bothPaintersAgree_data()
{
    QTest::addColumn<double>("factor");
    QTest::addColumn<QPointF>("center");
    QTest::addColumn<bool>("share");
    QTest::addColumn<bool>("drift");
    QTest::newRow("fit") << 0.0 << QPointF(0.5, 0.5) << false << false;
    QTest::newRow("all overlays") << 0.0 << QPointF(0.5, 0.5) << true << true;
    QTest::newRow("zoomed in") << 48.0 << QPointF(0.3, 0.9) << true << false;
    QTest::newRow("between whole factors") << 7.3 << QPointF(0.5, 0.5) << false << true;
    QTest::newRow("smaller") << 0.5 << QPointF(0.5, 0.5) << true << true;
}

void TestVulkanVideo::bothPaintersAgree()
{
    QFETCH(double, factor);
    QFETCH(QPointF, center);
    QFETCH(bool, share);
    QFETCH(bool, drift);
    VideoScene all = everything();
    all.zoom = {.factor = factor, .center = center};
    all.overlays.share = share;
    all.overlays.drift = drift;
    const QSize size(360, 260);
    VideoView view(device_);
    view.resize(size);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setScene(all);
    const QImage vulkan = shot(view);
    QImage raster(size, QImage::Format_RGB32);
    QPainter painter(&raster);
    paintScene(painter, all, size, 1.0);
    painter.end();
    QCOMPARE(vulkan.size(), size);
    int different = 0;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const QColor a = vulkan.pixelColor(x, y);
            const QColor b = raster.pixelColor(x, y);
            const int distance =
                std::max({qAbs(a.red() - b.red()), qAbs(a.green() - b.green()), qAbs(a.blue() - b.blue())});
            different += distance > 4;
        }
    }
    QVERIFY2(different < size.width() * size.height() / 200, qPrintable(QString::number(different)));
}

void TestVulkanVideo::anotherPictureSizeIsTaken()
{
    VideoView view(device_);
    view.resize(300, 240);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setScene(scene());
    QTest::qWait(60);
    auto other = scene();
    auto picture = std::make_shared<Frame>();
    picture->width = picture->height = 16;
    for (int i = 0; i < 256; ++i)
        picture->rgb.insert(picture->rgb.end(), {0, 0, 255});
    other.picture = picture;
    other.pictureWidth = other.pictureHeight = 16;
    other.gridWidth = other.gridHeight = 4;
    other.drawn = 16;
    other.tas.assign(16, std::nanf(""));
    other.replayed.assign(16, 0);
    view.setScene(other);
    QCOMPARE(shot(view).pixelColor(150, 120), QColor(0, 0, 255));
}

void TestVulkanVideo::resizingIsFollowed()
{
    VideoView view(device_);
    view.resize(300, 240);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setScene(scene());
    QTest::qWait(60);
    view.resize(500, 300);
    QTest::qWait(100);
    const QImage image = shot(view);
    QCOMPARE(image.size(), QSize(500, 300));
    QCOMPARE(image.pixelColor(250, 150), QColor(255, 0, 0));
    QCOMPARE(image.pixelColor(4, 150), themeColors().canvas);
}

void TestVulkanVideo::hidingAndShowingIsSurvived()
{
    VideoView view(device_);
    view.resize(300, 240);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setScene(scene());
    QTest::qWait(60);
    view.hide();
    view.setScene(scene());
    QTest::qWait(60);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(shot(view).pixelColor(150, 120), QColor(255, 0, 0));
}

void TestVulkanVideo::twoViewsShareADevice()
{
    VideoView first(device_);
    VideoView second(device_);
    for (auto *view : {&first, &second}) {
        view->resize(240, 200);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view));
        view->setScene(scene());
    }
    second.move(400, 300);
    QCOMPARE(shot(second).pixelColor(120, 100), QColor(255, 0, 0));
}

void TestVulkanVideo::positionsAreHitByTheMouse()
{
    VideoView view(device_);
    view.resize(360, 240); // the picture fills it, 120 x 120 each position
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setScene(scene());
    QTest::qWait(60);
    std::vector<int> clicked;
    connect(&view, &VideoView::clicked, this, [&](int position) { clicked.push_back(position); });
    auto *window = qApp->allWindows().constFirst();
    for (auto *candidate : qApp->allWindows())
        if (candidate->surfaceType() == QSurface::VulkanSurface)
            window = candidate;
    QTest::mouseClick(window, Qt::LeftButton, {}, QPoint(180, 180));
    QTRY_COMPARE(clicked.size(), 1U);
    QCOMPARE(clicked.front(), 4);
}

void TestVulkanVideo::cleanupTestCase()
{
    if (!device_)
        return;
    for (const std::string &message : device_->validationMessages())
        qWarning("%s", message.c_str());
    QVERIFY(device_->validationMessages().empty());
}

QTEST_MAIN(TestVulkanVideo)
#include "test_vulkan_video.moc"
