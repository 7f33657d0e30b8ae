// SPDX-License-Identifier: Apache-2.0
//
// Pictures and traces that are exported are opened again and held against the run, value by value.
#include "engine/media/frame_geometry.h"
#include "engine/quality/loaded_run.h"
#include "engine/trace/trace_file.h"
#include "tests/ui/exported_run.h"
#include "ui/theme/theme.h"
#include "ui/video/raster_video.h"

#include <QApplication>
#include <QFileInfo>
#include <QPainter>

#include <nlohmann/json.hpp>

using namespace fastcar;
using namespace fastcar::ui;
using What = ExportChoice::What;

class TestExport : public QObject, private ExportedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeMaterial(); }
    void cleanup() { removeFiles(); }

    void aClipHasTheRunsPixelsAndSettings();
    void theOverlayIsThatOfTheViewer();
    void besideThePictureIsThePictureWithItsOverlay();
    void smoothPixelsLieBetweenTheirNeighbours();
    void stillsAreNumberedAndWhole();
    void theShownFrameAloneHasTheFilesName();
    void aSheetHoldsItsFramesInTheirPlaces();
    void aSheetWithLittleRoomShowsFramesAtEqualDistances();
    void aSheetIsNotTakenForTheRunsPictures();
    void tracesComeBackAsTheyWere();
    void whatIsCancelledLeavesNothing();
};

void TestExport::aClipHasTheRunsPixelsAndSettings()
{
    ExportChoice choice;
    choice.videoEnding = QStringLiteral("mkv");
    choice.video.scale = 3;
    choice.framesPerSecond = 5;
    write(choice, path("clip.mkv"));
    const auto frames = read(path("clip.mkv"));
    QCOMPARE(frames.size(), std::size_t{3});
    for (std::size_t frame = 0; frame < 3; ++frame)
        QVERIFY(frames[frame]->rgb == enlarged(*material_->frames[frame], 3).rgb);
    const auto info = inspectVideo(path("clip.mkv").toStdString());
    QCOMPARE(info->title, std::string("A made run, für immer"));
    QVERIFY(qAbs(info->framesPerSecond - 5.0) < 0.01);
    QVERIFY(*runSettingsFromJson(info->settingsJson) == material_->settings);
    QVERIFY(!nlohmann::json::parse(info->settingsJson).contains("pictures")); // they are the model's own
}

void TestExport::theOverlayIsThatOfTheViewer()
{
    PictureLook look{.scale = 8, .overlay = PictureLook::Overlay::Burned};
    for (int frame = 0; frame < 3; ++frame) {
        const QImage burned = exportedImage(*material_, frame, look);
        QImage viewer(12 * 8, 8 * 8, QImage::Format_RGB32);
        QPainter painter(&viewer);
        paintScene(painter, material_->scenes[static_cast<std::size_t>(frame)], viewer.size(), 1.0);
        painter.end();
        QCOMPARE(burned, viewer);
        look.overlay = PictureLook::Overlay::None;
        QVERIFY((exportedImage(*material_, frame, look) != viewer)); // the grid, at the least
        look.overlay = PictureLook::Overlay::Burned;
    }
}

void TestExport::besideThePictureIsThePictureWithItsOverlay()
{
    PictureLook look{.scale = 4, .overlay = PictureLook::Overlay::Beside};
    const QImage both = exportedImage(*material_, 1, look);
    QCOMPARE(both.size(), QSize(96, 32));
    QCOMPARE(both.size(), exportedSize({12, 8}, look));
    look.overlay = PictureLook::Overlay::None;
    QCOMPARE(both.copy(0, 0, 48, 32), exportedImage(*material_, 1, look));
    look.overlay = PictureLook::Overlay::Burned;
    QCOMPARE(both.copy(48, 0, 48, 32), exportedImage(*material_, 1, look));
}

void TestExport::smoothPixelsLieBetweenTheirNeighbours()
{
    PictureLook look{.scale = 8};
    const QImage squares = exportedImage(*material_, 0, look);
    look.smooth = true;
    const QImage smooth = exportedImage(*material_, 0, look);
    QCOMPARE(smooth.size(), squares.size());
    const auto greens = [](const QImage &image) {
        QSet<int> found;
        for (int x = 0; x < image.width(); ++x)
            found.insert(image.pixelColor(x, 4).green());
        return found;
    };
    QCOMPARE(greens(squares), (QSet<int>{255, 10}));
    QVERIFY(greens(smooth).size() > 4);
}

void TestExport::stillsAreNumberedAndWhole()
{
    ExportChoice choice;
    choice.what = What::Stills;
    choice.allStills = true;
    choice.stills.scale = 2;
    QCOMPARE(filesOf({choice, material_, path("still.png")}),
             (QStringList{path("still-0001.png"), path("still-0002.png"), path("still-0003.png")}));
    write(choice, path("still.png"));
    QCOMPARE(files().filter(QStringLiteral("still")).size(), 3);
    for (int frame = 0; frame < 3; ++frame) {
        const QString file = path(qPrintable(QStringLiteral("still-000%1.png").arg(frame + 1)));
        QVERIFY(read(file).front()->rgb ==
                enlarged(*material_->frames[static_cast<std::size_t>(frame)], 2).rgb);
        QVERIFY(*runSettingsFromJson(inspectVideo(file.toStdString())->settingsJson) == material_->settings);
    }
}

void TestExport::theShownFrameAloneHasTheFilesName()
{
    ExportChoice choice;
    choice.what = What::Stills;
    choice.stills.scale = 1;
    write(choice, path("one.png"));
    QVERIFY(read(path("one.png")).front()->rgb == material_->frames[1]->rgb); // frame 2 was looked at
}

void TestExport::aSheetHoldsItsFramesInTheirPlaces()
{
    ExportChoice choice;
    choice.what = What::Sheet;
    choice.sheet.columns = 2;
    choice.sheet.rows = 2;
    choice.sheet.picture.scale = 8;
    write(choice, path("sheet.png"));
    const QImage sheet(path("sheet.png"));
    QCOMPARE(sheet, contactSheet(*material_, choice.sheet));
    // Every frame is on it, whole, at a place of its own; the first two beside each other.
    QList<QPoint> places;
    for (int frame = 0; frame < 3; ++frame) {
        const QImage picture = exportedImage(*material_, frame, choice.sheet.picture);
        for (int y = 0; y + picture.height() <= sheet.height(); ++y)
            for (int x = 0; x + picture.width() <= sheet.width(); ++x)
                if (sheet.pixel(x, y) == picture.pixel(0, 0) &&
                    sheet.pixel(x + 10, y) == picture.pixel(10, 0) &&
                    sheet.copy(x, y, picture.width(), picture.height()) == picture)
                    places += QPoint(x, y);
    }
    QCOMPARE(places.size(), 3);
    QCOMPARE(places[0].y(), places[1].y());
    QVERIFY(places[1].x() >= places[0].x() + 96);
    QCOMPARE(places[2].x(), places[0].x());
    QVERIFY(places[2].y() >= places[0].y() + 64);
    // Without words there is less of it.
    choice.sheet.caption = choice.sheet.numbers = false;
    QVERIFY(contactSheet(*material_, choice.sheet).height() < sheet.height());
}

void TestExport::aSheetWithLittleRoomShowsFramesAtEqualDistances()
{
    SheetLook look;
    look.columns = 3;
    look.rows = 2;
    QVERIFY(framesOnSheet(11, look) == (std::vector<int>{0, 2, 4, 6, 8, 10}));
    QVERIFY(framesOnSheet(4, look) == (std::vector<int>{0, 1, 2, 3}));
    look.columns = look.rows = 1;
    QVERIFY(framesOnSheet(11, look) == std::vector<int>{0});
}

void TestExport::aSheetIsNotTakenForTheRunsPictures()
{
    ExportChoice choice;
    choice.what = What::Sheet;
    choice.sheet.columns = 3;
    choice.sheet.rows = 1;
    write(choice, path("sheet.png"));
    const auto run = loadRun(path("sheet.png").toStdString());
    QVERIFY(run.ok());
    QVERIFY(*run->settings == material_->settings);
    QCOMPARE(run->frames(0).size(), std::size_t{1});
    QVERIFY(!run->notes.empty() && run->notes.front().find("contact sheet") != std::string::npos);
}

void TestExport::tracesComeBackAsTheyWere()
{
    ExportChoice choice;
    choice.what = What::Trace;
    write(choice, path("run.fctrace"));
    const auto read = readTrace(path("run.fctrace").toStdString());
    QVERIFY(read.ok());
    const Trace &trace = *material_->trace;
    QVERIFY(read->shape() == trace.shape());
    QVERIFY(read->settings() == trace.settings());
    QCOMPARE(read->tokens(), trace.tokens());
    for (int token = 0; token < trace.tokens(); ++token) {
        QCOMPARE(read->timeNs(token), trace.timeNs(token));
        for (int depth = 0; depth < 2; ++depth)
            QCOMPARE(read->code(token, 0, depth), trace.code(token, 0, depth));
    }
    for (int step = 0; step < trace.steps(); ++step)
        for (int layer = 0; layer < MadeRun::layers; ++layer)
            for (int row = 0; row < MadeRun::rows; ++row) {
                const LayerOutcome ours = trace.outcome(step, layer, row),
                                   theirs = read->outcome(step, layer, row);
                QCOMPARE(theirs.decision, ours.decision);
                QVERIFY(theirs.tas == ours.tas || (std::isnan(theirs.tas) && std::isnan(ours.tas)));
            }
    for (const char *ending : {"npz", "csv", "json"}) {
        choice.traceEnding = QLatin1String(ending);
        write(choice, path("run.") + choice.traceEnding);
        QVERIFY(QFileInfo(path("run.") + choice.traceEnding).size() > 100);
    }
    QFile csv(path("run.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 1 + trace.steps() * MadeRun::layers * MadeRun::rows);
}

void TestExport::whatIsCancelledLeavesNothing()
{
    for (const What what : {What::Video, What::Stills, What::Trace}) {
        ExportChoice choice;
        choice.what = what;
        choice.allStills = true;
        int calls = 0;
        const auto stopped = writeExport({choice, material_, path("no.") + choice.ending()},
                                         [&](double) { return ++calls < (what == What::Trace ? 1 : 2); });
        QVERIFY(!stopped.ok());
        QVERIFY(stopped.error().kind == ErrorKind::Cancelled);
        QCOMPARE(files().filter(QStringLiteral("no")).size(), 0);
        QCOMPARE(files().filter(QStringLiteral("fastcar")).size(), 0);
    }
}

QTEST_MAIN(TestExport)
#include "test_export.moc"
