// SPDX-License-Identifier: Apache-2.0
//
// What is exported is opened again and held against the run, value by value; and the real dialog, by the
// names of its controls.
#include "engine/media/frame_geometry.h"
#include "engine/media/video_file.h"
#include "engine/quality/loaded_run.h"
#include "engine/trace/trace_file.h"
#include "tests/ui/made_run.h"
#include "tests/ui/named_control.h"
#include "ui/export/export_dialog.h"
#include "ui/export/export_forms.h"
#include "ui/export/picture_preview.h"
#include "ui/models/preferences.h"
#include "ui/theme/theme.h"
#include "ui/video/raster_video.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace fastcar;
using namespace fastcar::ui;
using What = ExportChoice::What;

namespace {

bool goOn(double)
{
    return true;
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

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
    void plotsSayWhatTheTraceSays();
    void plotsAreDrawnAndPainted();
    void driftNeedsAnotherRun();
    void whatIsCancelledLeavesNothing();
    void everyControlHasANameForAssistiveTechnology();
    void theDialogWritesWhatItShows();
    void anExistingFileIsAskedAbout();
    void choicesAreThereAgainNextTime();
    void whatCannotBeWrittenIsExplained();
    void escapeCancelsBeforeItCloses();

private:
    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*dialog_, name);
    }
    QString path(const char *name) const { return folder_.filePath(QLatin1String(name)); }
    QStringList files() const
    {
        return QDir(folder_.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    std::vector<SharedFrame> read(const QString &file);
    void write(const ExportChoice &choice, const QString &file);
    void open();
    bool waitForMessage()
    {
        return QTest::qWaitFor([&] { return !find<QLabel>("exportMessageLabel")->text().isEmpty(); }, 20000);
    }

    QTemporaryDir folder_;
    std::unique_ptr<Preferences> preferences_;
    std::shared_ptr<ExportMaterial> material_;
    std::unique_ptr<ExportDialog> dialog_;
};

void TestExport::initTestCase()
{
    applyTheme(*qApp, ThemeName::Dark);
}

/// Three frames of 12 x 8 pixels, each of its own colour but for a corner.
void TestExport::init()
{
    preferences_ = std::make_unique<Preferences>(
        std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat));
    preferences_->set(preference::saveFolder, folder_.path());
    MadeRun run;
    run.settings.prompt = "A made run, für immer";
    run.settings.seed = 99;
    RunRecord record;
    record.begin(run.config, run.settings);
    record.take(run.upTo(MadeRun::stride * MadeRun::frames));
    Selection selection;
    selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    selection.setVisibleFrames(MadeRun::frames);
    selection.chooseFrame(1);
    VideoOverlays overlays;
    overlays.grid = true;
    material_ = std::make_shared<ExportMaterial>(
        takeMaterial({record, run.settings, selection, overlays, 5, nullptr}));
    for (std::size_t frame = 0; frame < material_->frames.size(); ++frame) {
        const auto level = static_cast<std::uint8_t>(40 * frame + 30);
        auto picture =
            std::make_shared<Frame>(*MadeRun::picture(level, 10, static_cast<std::uint8_t>(200 - level)));
        picture->rgb[0] = picture->rgb[1] = picture->rgb[2] = 255;
        material_->frames[frame] = picture;
        material_->scenes[frame].picture = picture;
    }
}

void TestExport::cleanup()
{
    dialog_.reset();
    for (const QString &name : files())
        QFile::remove(folder_.filePath(name));
}

std::vector<SharedFrame> TestExport::read(const QString &file)
{
    auto frames = readVideo(file.toStdString());
    if (!frames)
        qFatal("%s", frames.error().message.c_str());
    return *frames;
}

void TestExport::write(const ExportChoice &choice, const QString &file)
{
    const auto written = writeExport({choice, material_, file}, goOn);
    QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
}

void TestExport::open()
{
    dialog_ = std::make_unique<ExportDialog>(*material_, *preferences_);
    dialog_->show();
    QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
}

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

void TestExport::plotsSayWhatTheTraceSays()
{
    const ReplayStatistics replay = material_->trace->statistics();
    const auto lines = [&](PlotKind kind) {
        ExportChoice choice;
        choice.what = What::Plot;
        choice.plot = kind;
        choice.plotEnding = QStringLiteral("csv");
        write(choice, path("plot.csv"));
        QFile file(path("plot.csv"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("It is not there.");
        return QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
    };
    const QStringList layers = lines(PlotKind::RatioByLayer);
    QCOMPARE(layers.size(), 1 + MadeRun::layers);
    for (int layer = 0; layer < MadeRun::layers; ++layer) {
        const QStringList cells = layers[layer + 1].split(QLatin1Char(','));
        const ReplayCount count = replay.ofLayer(layer);
        QCOMPARE(cells[0].toInt(), layer + 1);
        QCOMPARE(cells[1].toLongLong(), qlonglong(count.replayed));
        QCOMPARE(cells[2].toLongLong(), qlonglong(count.eligible));
        QCOMPARE(cells[4].isEmpty(), count.eligible == 0);
        QVERIFY(std::abs(cells[5].toDouble() - count.ofAll()) < 1e-9);
    }
    QCOMPARE(lines(PlotKind::RatioByFrame).size(), 1 + MadeRun::frames);
    qlonglong replayed = 0, computed = 0;
    for (const QString &line : lines(PlotKind::TasHistogram).mid(1)) {
        replayed += line.split(QLatin1Char(','))[2].toLongLong();
        computed += line.split(QLatin1Char(','))[3].toLongLong();
    }
    QCOMPARE(replayed, qlonglong(replay.all().replayed));
    const int scored = material_->trace->steps() - MadeRun::stride; // from frame 2 on
    QCOMPARE(replayed + computed, qlonglong(scored * MadeRun::layers * MadeRun::rows));
}

void TestExport::plotsAreDrawnAndPainted()
{
    ExportChoice choice;
    choice.what = What::Plot;
    choice.plot = PlotKind::TasHistogram;
    write(choice, path("plot.png"));
    const QImage picture(path("plot.png"));
    QCOMPARE(picture.size(), QSize(1280, 760));
    const QRgb orange = colorsOf(ThemeName::Light).replay.rgb();
    int found = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            found += picture.pixel(x, y) == orange;
    QVERIFY(found > 500);
    choice.plotEnding = QStringLiteral("svg");
    write(choice, path("plot.svg"));
    QSvgRenderer drawing(path("plot.svg"));
    QVERIFY(drawing.isValid());
    QCOMPARE(drawing.viewBox().size(), QSize(640, 380));
}

void TestExport::driftNeedsAnotherRun()
{
    ExportChoice choice;
    choice.what = What::Plot;
    choice.plot = PlotKind::Drift;
    const auto refused = writeExport({choice, material_, path("drift.png")}, goOn);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.find("compare") != std::string::npos);
    LoadedRun a, b;
    a.videos = {{MadeRun::picture(10, 10, 10), MadeRun::picture(10, 10, 10)}};
    b.videos = {{MadeRun::picture(10, 10, 10), MadeRun::picture(16, 10, 10)}};
    material_->comparison = std::make_shared<const LoadedComparison>(*compareRuns(a, b));
    choice.plotEnding = QStringLiteral("csv");
    write(choice, path("drift.csv"));
    QFile file(path("drift.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto lines = file.readAll().split('\n');
    QVERIFY(lines[1].startsWith("1,0,inf,1,,"));
    QVERIFY(lines[2].startsWith("2,2,"));
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

void TestExport::everyControlHasANameForAssistiveTechnology()
{
    open();
    for (auto *widget : dialog_->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool control = button || qobject_cast<QComboBox *>(widget) ||
                             qobject_cast<QSpinBox *>(widget) || qobject_cast<QProgressBar *>(widget) ||
                             qobject_cast<QLineEdit *>(widget);
        if (!control || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
        QVERIFY(!widget->objectName().isEmpty());
    }
}

void TestExport::theDialogWritesWhatItShows()
{
    open();
    // Where the last video was saved.
    QCOMPARE(find<QLineEdit>("exportFileEdit")->text(),
             folder_.filePath(QStringLiteral("a-made-run-für-immer.mp4")));
    preferences_->set(preference::saveFolder, QString());
    auto *format = find<QComboBox>("videoFormatCombo");
    format->setCurrentIndex(format->findData(QStringLiteral("mkv")));
    QVERIFY(find<QLineEdit>("exportFileEdit")->text().endsWith(QStringLiteral("a-made-run-für-immer.mkv")));
    find<QSpinBox>("videoScaleSpin")->setValue(6);
    find<QComboBox>("videoOverlayCombo")->setCurrentIndex(1);
    find<QLineEdit>("exportFileEdit")->setText(path("shown.mkv"));
    const PictureLook look{.scale = 6, .overlay = PictureLook::Overlay::Burned};
    QTRY_COMPARE(find<PicturePreview>("exportPreview")->picture(), exportedImage(*material_, 1, look));
    QVERIFY(find<QLabel>("exportFactsLabel")
                ->text()
                .startsWith(QStringLiteral("72 × 48 pixels, 3 frames, 0.60 s")));
    QSignalSpy written(dialog_.get(), &ExportDialog::written);
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(written.wait(20000));
    QCOMPARE(written.front().front().toStringList(), QStringList{path("shown.mkv")});
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("shown.mkv")));
    const auto frames = read(path("shown.mkv"));
    for (int frame = 0; frame < 3; ++frame)
        QVERIFY(frames[static_cast<std::size_t>(frame)]->rgb == exportedFrame(*material_, frame, look)->rgb);
    QCOMPARE(preferences_->get(preference::saveFolder), folder_.path());
    const auto settings = nlohmann::json::parse(inspectVideo(path("shown.mkv").toStdString())->settingsJson);
    QCOMPARE(settings["pictures"].get<std::string>(), std::string("overlay"));
}

void TestExport::anExistingFileIsAskedAbout()
{
    open();
    dialog_->choose(What::Stills);
    find<QComboBox>("stillsCombo")->setCurrentIndex(1);
    find<QLineEdit>("exportFileEdit")->setText(path("s.png"));
    QFile old(path("s-0002.png"));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("precious") == 8);
    old.close();
    QStringList asked;
    bool agreed = false;
    dialog_->askToReplace = [&](const QStringList &there) {
        asked = there;
        return agreed;
    };
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QCOMPARE(asked, QStringList{path("s-0002.png")});
    QVERIFY(!QFileInfo::exists(path("s-0001.png")));
    QCOMPARE(QFileInfo(path("s-0002.png")).size(), 8);
    agreed = true;
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(waitForMessage());
    QVERIFY(read(path("s-0002.png")).front()->width == 48);
}

void TestExport::choicesAreThereAgainNextTime()
{
    open();
    dialog_->choose(What::Sheet);
    find<QSpinBox>("columnsSpin")->setValue(3);
    find<QComboBox>("paperCombo")->setCurrentIndex(1);
    dialog_->reject();
    open();
    QVERIFY(find<QPushButton>("exportSheet")->isChecked());
    QCOMPARE(find<QSpinBox>("columnsSpin")->value(), 3);
    QCOMPARE(find<QComboBox>("paperCombo")->currentIndex(), 1);
    QCOMPARE(find<QSpinBox>("exportPaceSpin")->value(), 5); // the clip's own
    // Whatever somebody has written into the settings.
    const ExportChoice odd =
        ExportChoice::fromJson(QStringLiteral(R"({"what": 77, "columns": -4, "video": 3})"));
    QVERIFY(odd.what == What::Plot);
    QCOMPARE(odd.sheet.columns, 1);
}

void TestExport::whatCannotBeWrittenIsExplained()
{
    open();
    find<QLineEdit>("exportFileEdit")->setText(path("no/such/clip.mp4"));
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(waitForMessage());
    QVERIFY2(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("no/such/clip.")),
             qPrintable(find<QLabel>("exportMessageLabel")->text()));
    QVERIFY(find<QPushButton>("exportButton")->isEnabled());
    find<QLineEdit>("exportFileEdit")->clear();
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("Say which file")));
}

void TestExport::escapeCancelsBeforeItCloses()
{
    material_->frames.resize(1);
    material_->scenes.resize(1);
    while (material_->frames.size() < 400) { // enough to be caught at
        material_->frames.push_back(material_->frames.front());
        material_->scenes.push_back(material_->scenes.front());
    }
    open();
    find<QSpinBox>("videoScaleSpin")->setValue(16);
    find<QLineEdit>("exportFileEdit")->setText(path("long.mp4"));
    QTest::mouseClick(find<QPushButton>("exportButton"), Qt::LeftButton);
    QVERIFY(find<QProgressBar>("exportProgress")->isVisible());
    QTest::keyClick(dialog_.get(), Qt::Key_Escape);
    QVERIFY(dialog_->isVisible());
    QVERIFY(waitForMessage());
    QVERIFY(find<QLabel>("exportMessageLabel")->text().contains(QStringLiteral("Cancelled")));
    QVERIFY(!QFileInfo::exists(path("long.mp4")));
    QTest::keyClick(dialog_.get(), Qt::Key_Escape);
    QVERIFY(!dialog_->isVisible());
}

QTEST_MAIN(TestExport)
#include "test_export.moc"
