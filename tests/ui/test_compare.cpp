// SPDX-License-Identifier: Apache-2.0
//
// The real comparison page with the real engine and the golden checkpoint, by the names of its controls.
#include "engine/library/run_folder.h"
#include "engine/media/frame_geometry.h"
#include "engine/media/video_file.h"
#include "engine/trace/trace_writing.h"
#include "tests/decode/golden.h"
#include "tests/ui/named_control.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"
#include "ui/compare/frame_plot.h"
#include "ui/compare/token_strip.h"
#include "ui/models/preferences.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <limits>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

namespace {

constexpr float always = -std::numeric_limits<float>::infinity();

SharedFrame plain(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    auto frame = std::make_shared<Frame>();
    frame->width = width;
    frame->height = height;
    for (int i = 0; i < width * height; ++i)
        frame->rgb.insert(frame->rgb.end(), {red, green, blue});
    return frame;
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void everyControlHasANameForAssistiveTechnology();
    void withoutRunsThePageSaysWhatToDo();
    void twoRunsInARowAreComparedAtOnce();
    void sameSeedDenseIsMadeAndCompared();
    void sameSeedWithThePanelsReplayIsMadeAndCompared();
    void aTwinIsHeldAgainstTheRunThatItIsOf();
    void aRunOfTheLibraryBringsItsPictures();
    void theFirstOtherCodeIsChosenInAllViews();
    void theTableBehindTheTokensHasTheStripsNumbers();
    void aPlotWithoutNumbersSaysWhatWouldFillIt();
    void aDroppedTraceIsDecoded();
    void twoDroppedVideosAreAAndB();
    void aNewerRequestTakesThePlaceOfAnOlderOne();
    void theDividerIsMovedByMouseAndKeys();
    void theDifferenceIsPaintedInTheLegendsColours();
    void flickerShowsTheOtherByKeyAndByItself();
    void zoomAndPanAreShared();
    void aPositionIsFoundUnderThePointerInBothPanes();
    void shiftAndArrowsMoveAAgainstB();
    void exchangeTurnsItAround();
    void whatCannotBeReadIsExplained();
    void howThingsAreShownIsThereAgainNextTime();

private:
    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*page_, name);
    }
    const ComparisonModel &comparison() const { return page_->comparison(); }
    bool settled()
    {
        return QTest::qWaitFor([&] { return !comparison().busy() && comparison().result(); }, 30000);
    }
    void open();
    void makeRun(std::optional<float> threshold, int frames = 2);
    void makeVideo(const char *name, const std::vector<SharedFrame> &frames);
    void drop(const QStringList &names, QPointF at);
    void compareVideos();
    QString cell(const char *row, int column) const;
    /// The colour of a point of the view, as it is painted.
    QColor colourAt(double x, double y);

    QTemporaryDir folder_;
    std::unique_ptr<Preferences> preferences_;
    std::unique_ptr<RunRecord> record_;
    std::unique_ptr<RunController> controller_;
    std::unique_ptr<RunSettingsModel> settings_;
    std::unique_ptr<Selection> selection_;
    std::unique_ptr<Playback> playback_;
    std::unique_ptr<ComparePage> page_;
};

void TestCompare::initTestCase()
{
    applyTheme(*qApp, ThemeName::Dark);
}

void TestCompare::init()
{
    QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
    open();
}

void TestCompare::open()
{
    preferences_ = std::make_unique<Preferences>(
        std::make_unique<QSettings>(folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat));
    record_ = std::make_unique<RunRecord>();
    controller_ = std::make_unique<RunController>(*record_);
    settings_ = std::make_unique<RunSettingsModel>();
    settings_->setModel(golden::model());
    settings_->setPrompt(QStringLiteral("A red kite."));
    settings_->setSeed(7);
    settings_->setSeedLocked(true);
    selection_ = std::make_unique<Selection>();
    playback_ = std::make_unique<Playback>(record_->frames(), *selection_);
    page_ = std::make_unique<ComparePage>(
        ComparePage::Models{*record_, *controller_, *settings_, *selection_, *playback_, *preferences_});
    // What the viewer does in the window.
    connect(record_.get(), &RunRecord::began, this, [this] {
        const TraceShape &shape = record_->trace().shape();
        selection_->setLimits(shape.layers, shape.rows, shape.stride, shape.videos);
    });
    connect(&record_->frames(), &FrameStore::frameChanged, this,
            [this] { selection_->setVisibleFrames(record_->frames().visibleFrames()); });
    connect(page_.get(), &ComparePage::runAsked, this, [this](const RunSettings &settings) {
        controller_->start(golden::model().checkpoint->config(), settings);
    });
    page_->resize(1100, 760);
    page_->show();
    QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
}

void TestCompare::cleanup()
{
    page_.reset();
    playback_.reset();
    controller_.reset();
    record_.reset();
}

/// A run of the panel's settings, replayed above `threshold` in all layers, or dense.
void TestCompare::makeRun(std::optional<float> threshold, int frames)
{
    settings_->setFrames(frames);
    RunSettings settings = settings_->takeForRun();
    settings.replay.thresholds.clear();
    if (threshold)
        settings.replay.thresholds.assign(4, *threshold);
    controller_->start(golden::model().checkpoint->config(), settings);
    QVERIFY(QTest::qWaitFor([&] { return controller_->state() == State::Done; }, 60000));
}

void TestCompare::makeVideo(const char *name, const std::vector<SharedFrame> &frames)
{
    QVERIFY(writeVideo(folder_.filePath(QLatin1String(name)).toStdString(), frames, {.scale = 1}).ok());
}

/// Files on a point of the page, as a file manager drops them.
void TestCompare::drop(const QStringList &names, QPointF at)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &name : names)
        urls += QUrl::fromLocalFile(folder_.filePath(name));
    data.setUrls(urls);
    QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page_.get(), &event);
}

/// A red, B blue; in frame 2 B is a little lighter than A.
void TestCompare::compareVideos()
{
    makeVideo("red.mkv", {plain(32, 32, 200, 0, 0), plain(32, 32, 40, 40, 40), plain(32, 32, 9, 9, 9)});
    makeVideo("blue.mkv", {plain(32, 32, 0, 0, 200), plain(32, 32, 43, 43, 43), plain(32, 32, 9, 9, 9)});
    drop({QStringLiteral("red.mkv"), QStringLiteral("blue.mkv")}, {10, 300});
    QVERIFY(settled());
    QCOMPARE(comparison().frames(), 3);
    QTest::qWait(0);
}

QString TestCompare::cell(const char *row, int column) const
{
    auto *table = page_->findChild<QTableView *>(QStringLiteral("comparisonTable"));
    const auto *model = qobject_cast<ComparisonTable *>(table->model());
    return model->index(model->rowOf(QLatin1String(row)), column).data().toString();
}

QColor TestCompare::colourAt(double x, double y)
{
    QTest::qWait(1); // what was asked for is drawn
    const QImage image = page_->view().grab().toImage();
    return image.pixelColor(static_cast<int>(x * image.width()), static_cast<int>(y * image.height()));
}

void TestCompare::everyControlHasANameForAssistiveTechnology()
{
    int controls = 0;
    for (auto *widget : page_->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
                             qobject_cast<QAbstractSlider *>(widget) || qobject_cast<QTableView *>(widget);
        if (!control || widget->objectName().startsWith(QLatin1String("qt_")) ||
            widget->inherits("QScrollBar") || widget->inherits("QTableCornerButton"))
            continue;
        ++controls;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                     !widget->isVisibleTo(page_.get()),
                 qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
    }
    QVERIFY(controls > 20);
}

void TestCompare::withoutRunsThePageSaysWhatToDo()
{
    QVERIFY(!comparison().result());
    QTRY_VERIFY(page_->view().scene().whyNoA.contains(QStringLiteral("drop a trace or a video")));
    QVERIFY(!find<QPushButton>("sameSeedButton")->isEnabled());
    QVERIFY(!find<QAction>("chooseShownA")->isEnabled());
    QVERIFY(!find<QPushButton>("firstDifferenceButton")->isVisible());
}

void TestCompare::twoRunsInARowAreComparedAtOnce()
{
    page_->hide();
    makeRun(std::nullopt);
    const auto dense = controller_->result()->codes;
    makeRun(always);
    const auto replayed = controller_->result()->codes;
    page_->show();
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A) == RunSource::before());
    QVERIFY(comparison().source(Side::B) == RunSource::shown());
    int equal = 0, first = -1;
    const int depth = controller_->result()->depth;
    for (std::size_t i = 0; i < dense[0].size(); ++i) {
        equal += dense[0][i] == replayed[0][i];
        if (dense[0][i] != replayed[0][i] && first < 0)
            first = static_cast<int>(i) / depth;
    }
    QVERIFY(first >= 16); // frame 1 is always computed
    QCOMPARE(find<TokenStrip>("tokenStrip")->firstDifference(), first);
    QCOMPARE(comparison().result()->runs.codes->codes.equal, std::int64_t{equal});
    QCOMPARE(cell("Equal codes", 1),
             QStringLiteral("%1 %").arg(100.0 * equal / static_cast<double>(dense[0].size()), 0, 'f', 1));
    QCOMPARE(cell("Replayed, of eligible", 1), QStringLiteral("–"));
    QCOMPARE(cell("Replayed, of eligible", 2), QStringLiteral("100.0 %"));
    QCOMPARE(cell("Equal frames", 1), QStringLiteral("1 of 2"));
    QVERIFY(!cell("replay.thresholds", 2).isEmpty());
    QTRY_COMPARE(page_->view().scene().nameA, QStringLiteral("dense"));
}

void TestCompare::sameSeedDenseIsMadeAndCompared()
{
    makeRun(std::nullopt);
    const auto dense = controller_->result()->codes;
    makeRun(always);
    const auto replayed = controller_->result()->codes;
    makeRun(0.0f); // what stands before and after it does not matter
    makeRun(always);
    settings_->setSeed(99);                             // of the next run, not of this one
    auto *button = find<QPushButton>("sameSeedButton"); // of a run with replay: dense
    QCOMPARE(button->text(), QStringLiteral("Same seed, dense"));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(controller_->running());
    QVERIFY(!find<QPushButton>("sameSeedButton")->isEnabled());
    QVERIFY(QTest::qWaitFor([&] { return controller_->state() == State::Done; }, 60000));
    QVERIFY(settled());
    QCOMPARE(controller_->result()->codes, dense);
    const Trace &a = *comparison().run(Side::A)->trace, &b = *comparison().run(Side::B)->trace;
    QVERIFY(a.settings().replay.thresholds.empty());
    QCOMPARE(a.settings().seed, std::uint64_t{7});
    QCOMPARE(b.code(31, 0, 0), replayed[0][static_cast<std::size_t>(31 * controller_->result()->depth)]);
    const auto &differences = *comparison().result()->runs.settings;
    QCOMPARE(differences.size(), std::size_t{1});
    QCOMPARE(differences.front().name, std::string("replay.thresholds"));
}

void TestCompare::sameSeedWithThePanelsReplayIsMadeAndCompared()
{
    makeRun(std::nullopt);
    auto *button = find<QPushButton>("sameSeedButton"); // of a dense run: with replay
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(QStringLiteral("replay is off")));
    settings_->replay().chooseAll();
    QVERIFY(find<QAction>("sameSeedReplayAction")->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return controller_->state() == State::Done; }, 60000));
    QVERIFY(settled());
    QCOMPARE(comparison().run(Side::A)->trace->statistics().all().replayed, 0);
    QCOMPARE(comparison().run(Side::B)->trace->statistics().all().ofEligible(), 1.0);
}

void TestCompare::aTwinIsHeldAgainstTheRunThatItIsOf()
{
    makeRun(always);
    page_->disconnect(this); // as if others waited in the queue
    RunSettings asked;
    connect(page_.get(), &ComparePage::runAsked, this,
            [&](const RunSettings &settings) { asked = settings; });
    QTest::mouseClick(find<QPushButton>("sameSeedButton"), Qt::LeftButton);
    settings_->setSeed(5);
    makeRun(0.0f); // somebody else's
    controller_->start(golden::model().checkpoint->config(), asked);
    QVERIFY(QTest::qWaitFor([&] { return controller_->state() == State::Done; }, 60000));
    QVERIFY(settled());
    QCOMPARE(comparison().run(Side::A)->trace->statistics().all().replayed, 0);
    QCOMPARE(comparison().run(Side::B)->settings->seed, std::uint64_t{7});
    QCOMPARE(comparison().result()->runs.settings->size(), std::size_t{1});
}

void TestCompare::aRunOfTheLibraryBringsItsPictures()
{
    makeRun(always);
    const RunFolder folder(std::filesystem::path(folder_.filePath(QStringLiteral("run")).toStdString()));
    QVERIFY(folder.create().ok());
    QVERIFY(writeTrace(folder.trace(), record_->trace()).ok());
    // Others than the codes stand for, to tell the two apart.
    for (int frame = 0; frame < 2; ++frame)
        QVERIFY(folder.writeFrame(0, frame, plain(32, 32, 7, 7, 7)).ok());
    page_->choose(
        Side::A, RunSource::ofFile(QString::fromStdString(folder.trace().string()), QStringLiteral("run 3")));
    page_->choose(Side::B, RunSource::shown());
    QVERIFY(QTest::qWaitFor([&] { return !comparison().busy() && comparison().run(Side::A); }, 20000));
    QCOMPARE(comparison().run(Side::A)->frames(0).size(), std::size_t{2});
    QCOMPARE(int(comparison().run(Side::A)->frames(0).front()->rgb.front()), 7);
    QVERIFY(find<QToolButton>("sourceA")->text().contains(QStringLiteral("run 3")));
}

void TestCompare::theFirstOtherCodeIsChosenInAllViews()
{
    makeRun(std::nullopt, 3);
    makeRun(always, 3);
    page_->choose(Side::A, RunSource::before());
    page_->choose(Side::B, RunSource::shown());
    QVERIFY(settled());
    auto *strip = find<TokenStrip>("tokenStrip");
    const int first = strip->firstDifference();
    const auto isChosen = [&] {
        return selection_->frame() == first / 16 && selection_->position() == first % 16;
    };
    const auto moveAway = [&] {
        selection_->chooseFrame(0);
        selection_->choosePosition(-1);
        QVERIFY(!isChosen());
    };
    moveAway();
    QTest::mouseClick(find<QPushButton>("firstDifferenceButton"), Qt::LeftButton);
    QVERIFY(isChosen());
    moveAway();
    // Near the mark it is the mark that is meant.
    QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(static_cast<int>(strip->xOf(first)) + 4, 20));
    QVERIFY(isChosen());
    moveAway();
    QTest::keyClick(&page_->view(), Qt::Key_F);
    QVERIFY(isChosen());
    QTRY_COMPARE(strip->value(), first);
    QTRY_COMPARE(page_->view().scene().selected, first % 16);
    QVERIFY(find<QLabel>("compareFactsLabel")->text().contains(QStringLiteral("codes A")));
    // And what is chosen in the viewer is chosen here.
    selection_->chooseFrame(2);
    selection_->choosePosition(5);
    QTRY_COMPARE(strip->value(), 37);
}

void TestCompare::theTableBehindTheTokensHasTheStripsNumbers()
{
    makeRun(std::nullopt, 3);
    makeRun(always, 3);
    page_->choose(Side::A, RunSource::before());
    page_->choose(Side::B, RunSource::shown());
    QVERIFY(settled());
    auto *table = find<CsvTableView>("tokenTable");
    QVERIFY(!table->isVisible());
    find<QPushButton>("tokensChip")->click();
    QVERIFY(table->isVisible());
    QCOMPARE(selection_->position(), -1); // the cell that a table begins with is nobody's choice
    const TokenComparison &tokens = *comparison().result()->tokens;
    const QAbstractItemModel &model = *table->model();
    QCOMPARE(model.rowCount(), static_cast<int>(tokens.tokens.size()));
    int differ = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const TokenDifference &token = tokens.tokens[static_cast<std::size_t>(row)];
        QCOMPARE(model.index(row, TokenTable::Codes).data().toInt(), token.codes);
        QCOMPARE(model.index(row, TokenTable::Decisions).data().toInt(), token.decisions);
        differ += token.codes;
    }
    QVERIFY(differ > 0);
    QVERIFY(table->csv().startsWith(QStringLiteral(",Codes,Decisions\n\"frame 1, position 1\",")));
    // Table, strip and views share the token.
    table->setCurrentIndex(model.index(18, TokenTable::Decisions));
    QCOMPARE(selection_->frame(), 1);
    QCOMPARE(selection_->position(), 2);
    QTRY_COMPARE(find<TokenStrip>("tokenStrip")->value(), 18);
    selection_->chooseToken(2, 5); // frame and position at once
    QCOMPARE(selection_->position(), 5);
    QTRY_COMPARE(table->currentIndex().row(), 37);
    QVERIFY(
        table->currentIndex().data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Token 38")));
    find<QPushButton>("figuresChip")->click();
    QVERIFY(find<QTableView>("comparisonTable")->isVisible());
}

void TestCompare::aPlotWithoutNumbersSaysWhatWouldFillIt()
{
    auto *plot = find<FramePlot>("framePlot");
    const auto says = [plot](const char *words) {
        return plot->accessibleDescription().contains(QLatin1String(words));
    };
    QVERIFY2(says("as soon as two runs are chosen"), qPrintable(plot->accessibleDescription()));
    compareVideos(); // which have no traces
    auto *figure = find<QComboBox>("frameFigureCombo");
    figure->setCurrentIndex(figure->findData(static_cast<int>(FrameFigure::EqualCodes)));
    QVERIFY2(says("need a trace"), qPrintable(plot->accessibleDescription()));
    figure->setCurrentIndex(figure->findData(static_cast<int>(FrameFigure::Drift)));
    QVERIFY2(says("Frame 1"), qPrintable(plot->accessibleDescription()));
    page_->choose(Side::A, RunSource::ofFile(folder_.filePath(QStringLiteral("none.mkv"))));
    QTRY_VERIFY(!comparison().problem().isEmpty());
    QVERIFY2(says("cannot be compared"), qPrintable(plot->accessibleDescription()));
}

void TestCompare::aDroppedTraceIsDecoded()
{
    makeRun(always);
    QVERIFY(writeTrace(folder_.filePath(QStringLiteral("run.fctrace")).toStdString(), record_->trace()).ok());
    page_->choose(Side::B, RunSource::shown());
    drop({QStringLiteral("run.fctrace")}, {10, 300}); // the left half is A's
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A).kind == RunSource::Kind::File);
    QCOMPARE(comparison().run(Side::A)->frames(0).size(), std::size_t{2});
    for (std::size_t frame = 0; frame < 2; ++frame)
        QVERIFY(comparison().run(Side::A)->frames(0)[frame]->rgb ==
                record_->frames().at(0, static_cast<int>(frame)).picture->rgb);
    QCOMPARE(cell("PSNR", 1), QStringLiteral("∞ dB"));
    QCOMPARE(cell("First other code", 1), QStringLiteral("there is none"));
}

void TestCompare::twoDroppedVideosAreAAndB()
{
    compareVideos();
    QVERIFY(comparison().source(Side::A).file.endsWith(QStringLiteral("red.mkv")));
    QCOMPARE(cell("Equal frames", 1), QStringLiteral("1 of 3"));
    QCOMPARE(cell("Drift", 1), QStringLiteral("45.444 of 255")); // (400 / 3 + 3) / 3
    QCOMPARE(cell("Frame 2", 1), QStringLiteral("3.00 of 255")); // the plot's numbers
    QCOMPARE(cell("Frame 3", 1), QStringLiteral("0.00 of 255"));
    auto *plot = find<FramePlot>("framePlot");
    QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() - 20, 30));
    QTRY_VERIFY(page_->view().scene().b && page_->view().scene().b->rgb.front() == 9);
}

void TestCompare::aNewerRequestTakesThePlaceOfAnOlderOne()
{
    makeVideo("long.mkv", std::vector<SharedFrame>(60, plain(256, 256, 1, 2, 3)));
    makeVideo("other.mkv", std::vector<SharedFrame>(60, plain(256, 256, 1, 2, 9)));
    makeVideo("short.mkv", {plain(256, 256, 1, 2, 3)});
    const auto source = [&](const char *name) {
        return RunSource::ofFile(folder_.filePath(QLatin1String(name)));
    };
    QSignalSpy changed(&comparison(), &ComparisonModel::changed);
    page_->choose(Side::A, source("long.mkv"));
    page_->choose(Side::B, source("other.mkv"));
    page_->choose(Side::A, source("short.mkv"));
    page_->choose(Side::B, source("short.mkv"));
    QVERIFY(find<QLabel>("comparingLabel")->isVisible());
    QVERIFY(settled());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(comparison().result()->runs.pictures->equalFrames(), 1);
    QVERIFY(!find<QLabel>("comparingLabel")->isVisible());
}

void TestCompare::theDividerIsMovedByMouseAndKeys()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_2);
    CompareView &view = page_->view();
    const auto divider = [&] {
        return dividerOf(view.scene(), view.pictures()) / view.width(); // of the view
    };
    QTRY_VERIFY(view.scene().way == CompareWay::Wipe);
    QCOMPARE(colourAt(divider() - 0.03, 0.7), QColor(200, 0, 0));
    QCOMPARE(colourAt(divider() + 0.03, 0.7), QColor(0, 0, 200));

    const QRectF picture = view.pictures().picture(0);
    const auto xOf = [&](double share) { return static_cast<int>(picture.left() + share * picture.width()); };
    const int y = view.height() * 3 / 4;
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(xOf(0.5), y));
    QTest::mouseMove(&view, QPoint(xOf(0.6), y));
    QTest::mouseMove(&view, QPoint(xOf(0.8), y));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(xOf(0.8), y));
    QTRY_VERIFY(std::abs(view.scene().wipe - 0.8) < 0.01);
    QCOMPARE(view.zoom(), CompareZoom{}); // it was not a pan
    QCOMPARE(colourAt(0.5 * picture.width() / view.width() + picture.left() / view.width(), 0.7),
             QColor(200, 0, 0));

    const double before = view.scene().wipe;
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&view, Qt::Key_Comma);
    QTest::keyClick(&view, Qt::Key_Less, Qt::ShiftModifier);
    QTRY_VERIFY(std::abs(view.scene().wipe - (before - 0.13)) < 1e-9);
    auto *slider = find<QSlider>("wipeSlider");
    QCOMPARE(slider->value(), static_cast<int>(std::lround(1000 * (before - 0.13))));
    slider->setValue(0);
    QTRY_COMPARE(view.scene().wipe, 0.0);
    QCOMPARE(colourAt(0.5, 0.7), QColor(0, 0, 200));
}

void TestCompare::theDifferenceIsPaintedInTheLegendsColours()
{
    compareVideos();
    QTest::mouseClick(find<QPushButton>("wayDifference"), Qt::LeftButton);
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_Right); // frame 2: B is 3 levels lighter
    auto *gain = find<QComboBox>("gainCombo");
    gain->setCurrentIndex(gain->findData(32));
    emit gain->activated(gain->currentIndex());
    DifferenceLook look;
    look.gain = 32;
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(3.0, look)));
    auto *sign = find<QComboBox>("signCombo");
    sign->setCurrentIndex(1);
    emit sign->activated(1);
    look.isSigned = true;
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(3.0, look)));
    QTest::mouseClick(find<QToolButton>("exchangeButton"), Qt::LeftButton);
    QVERIFY(settled());
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(-3.0, look)));
    // The map: dark where nothing differs, and lighter with every step.
    QVERIFY(QColor::fromRgb(differenceColor(0.0, {})).lightness() < 20);
    double before = -1.0;
    for (int level = 0; level <= 63; level += 3) {
        const QColor colour = QColor::fromRgb(differenceColor(level, {}));
        const double luma = 0.2126 * colour.red() + 0.7152 * colour.green() + 0.0722 * colour.blue();
        QVERIFY(luma > before);
        before = luma;
    }
}

void TestCompare::flickerShowsTheOtherByKeyAndByItself()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_X);
    QTRY_VERIFY(page_->view().scene().way == CompareWay::Flicker);
    QVERIFY(!find<QToolButton>("automaticButton")->isChecked());
    const QColor one = colourAt(0.5, 0.7);
    QTest::keyClick(&page_->view(), Qt::Key_X);
    const QColor other = colourAt(0.5, 0.7);
    QVERIFY(one != other);
    QVERIFY((one == QColor(200, 0, 0) || one == QColor(0, 0, 200)));
    QTest::mouseClick(find<QToolButton>("showOtherButton"), Qt::LeftButton);
    QCOMPARE(colourAt(0.5, 0.7), one);
    const bool showsB = page_->view().scene().showsB;
    find<QToolButton>("automaticButton")->setChecked(true);
    QTRY_VERIFY(page_->view().scene().showsB != showsB);
    QTRY_VERIFY(page_->view().scene().showsB == showsB);
}

void TestCompare::zoomAndPanAreShared()
{
    compareVideos();
    CompareView &view = page_->view();
    QTest::keyClick(&view, Qt::Key_1);
    QTRY_COMPARE(view.scene().panes(), 2);
    const auto share = [&](int pane) { // of the picture that is seen, from where
        const CompareGeometry geometry = view.pictures();
        const QRectF all = geometry.picture(pane), seen = geometry.shown(pane);
        return QRectF((seen.left() - all.left()) / all.width(), (seen.top() - all.top()) / all.height(),
                      seen.width() / all.width(), seen.height() / all.height());
    };
    QCOMPARE(share(0).width(), 1.0);
    const QPointF at = QRectF(view.pictures().pane(1)).center() + QPointF(40, 0);
    const auto under = [&](QPointF point) {
        const QRectF all = view.pictures().picture(1);
        return QPointF((point.x() - all.left()) / all.width(), (point.y() - all.top()) / all.height());
    };
    const QPointF before = under(at);
    for (int i = 0; i < 6; ++i) {
        QWheelEvent wheel(at, view.mapToGlobal(at.toPoint()), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
    }
    QVERIFY(view.zoom().factor > 3.0);
    QVERIFY(std::abs(under(at).x() - before.x()) < 0.005);
    QVERIFY(share(0).width() < 0.8);
    for (const auto &[a, b] : {std::pair(share(0).left(), share(1).left()),
                               {share(0).top(), share(1).top()},
                               {share(0).width(), share(1).width()}})
        QVERIFY(std::abs(a - b) < 0.01);
    const double left = share(1).left();
    QTest::mousePress(&view, Qt::LeftButton, {}, at.toPoint());
    QTest::mouseMove(&view, at.toPoint() + QPoint(30, 0));
    QTest::mouseMove(&view, at.toPoint() + QPoint(60, 0));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at.toPoint() + QPoint(60, 0));
    QVERIFY(share(1).left() < left);
    QVERIFY(std::abs(share(0).left() - share(1).left()) < 0.01);
    QTest::mouseClick(find<QPushButton>("fitButton"), Qt::LeftButton);
    QCOMPARE(view.zoom(), CompareZoom{});
}

void TestCompare::aPositionIsFoundUnderThePointerInBothPanes()
{
    makeRun(std::nullopt);
    makeRun(always);
    page_->choose(Side::A, RunSource::before());
    page_->choose(Side::B, RunSource::shown());
    QVERIFY(settled());
    QTest::keyClick(&page_->view(), Qt::Key_1);
    QTRY_COMPARE(page_->view().scene().grid, QSize(4, 4));
    CompareView &view = page_->view();
    for (const int pane : {0, 1}) {
        for (const int position : {0, 6, 15}) {
            const QPointF middle = view.pictures().cell(pane, position, {4, 4}).center();
            QTest::mouseClick(&view, Qt::LeftButton, {}, middle.toPoint());
            QCOMPARE(selection_->position(), position);
            QTest::mouseClick(&view, Qt::LeftButton, {}, middle.toPoint());
            QCOMPARE(selection_->position(), -1); // again: no longer
        }
    }
}

void TestCompare::shiftAndArrowsMoveAAgainstB()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(settled());
    QCOMPARE(comparison().offset(), 1);
    QTRY_COMPARE(page_->view().scene().a->rgb.front(), 40); // A's second frame
    QCOMPARE(page_->view().scene().b->rgb.front(), 0);      // beside B's first one
    QCOMPARE(comparison().result()->runs.pictures->frames().size(), std::size_t{2});
    auto *undo = find<QPushButton>("offsetButton");
    QVERIFY(undo->isVisible());
    QVERIFY(undo->text().contains(QStringLiteral("+1")));
    QTest::keyClick(&page_->view(), Qt::Key_End);
    QTRY_VERIFY(!page_->view().scene().a); // A has no frame beside B's last one
    QTest::mouseClick(undo, Qt::LeftButton);
    QVERIFY(settled());
    QTRY_VERIFY(page_->view().scene().a);
    QVERIFY(!undo->isVisible());
}

void TestCompare::exchangeTurnsItAround()
{
    compareVideos();
    const auto before = comparison().result()->runs.pictures->frames()[1].flicker;
    QTest::mouseClick(find<QToolButton>("exchangeButton"), Qt::LeftButton);
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A).file.endsWith(QStringLiteral("blue.mkv")));
    const auto after = comparison().result()->runs.pictures->frames()[1].flicker;
    QCOMPARE(after->a, before->b);
    QCOMPARE(after->b, before->a);
}

void TestCompare::whatCannotBeReadIsExplained()
{
    QFile file(folder_.filePath(QStringLiteral("no.mkv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no video");
    file.close();
    page_->askForRunFile = [&] { return file.fileName(); };
    find<QAction>("chooseFileB")->trigger();
    QVERIFY(QTest::qWaitFor([&] { return !comparison().busy(); }, 20000));
    QVERIFY(!comparison().result());
    QVERIFY2(comparison().problem().contains(QStringLiteral("no.mkv")), qPrintable(comparison().problem()));
    QTRY_VERIFY(page_->view().scene().whyNoB.contains(QStringLiteral("no.mkv")));
    page_->askForRunFile = [] { return QString(); }; // thought better of it
    find<QAction>("chooseFileA")->trigger();
    QVERIFY(comparison().source(Side::A).kind == RunSource::Kind::None);
}

void TestCompare::howThingsAreShownIsThereAgainNextTime()
{
    QTest::keyClick(&page_->view(), Qt::Key_3);
    find<QToolButton>("marksButton")->setChecked(true);
    cleanup();
    open();
    QVERIFY(find<QPushButton>("wayDifference")->isChecked());
    QVERIFY(find<QToolButton>("marksButton")->isChecked());
}

QTEST_MAIN(TestCompare)
#include "test_compare.moc"
