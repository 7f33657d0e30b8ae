// SPDX-License-Identifier: Apache-2.0
//
// How the window looks, as far as numbers tell: whether its colours can be read, whether each layout fits a
// small screen, and whether all words have the room that they take; in each language, and with larger text.
#include "fpga/host/fpga_devices.h"
#include "tests/ui/cut_words.h"
#include "tests/ui/studio_window.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/heatmap/heatmap_grid.h"
#include "ui/models/paced_refresh.h"
#include "ui/models/preferences.h"
#include "ui/preferences/language.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"
#include "ui/window/viewer_page.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QScreen>
#include <QScrollArea>
#include <QStyleOptionComboBox>
#include <QStyleOptionFrame>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

#include <array>
#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

const QSize smallScreen(1280, 768); // what a panel and a title leave of 1280 × 800

/// WCAG 2.1.
double luminance(const QColor &colour)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

bool scrolls(const QWidget *widget)
{
    for (const QWidget *around = widget->parentWidget(); around; around = around->parentWidget())
        if (qobject_cast<const QAbstractScrollArea *>(around))
            return true;
    return false;
}

int widthOf(const QFontMetrics &metrics, const QString &text)
{
    return metrics.size(Qt::TextShowMnemonic, text).width();
}

/// Empty, or what is wrong with it.
QString lackOf(const QWidget &widget)
{
    const auto lacks = [&](int needs, int has, const QString &text) {
        return needs <= has ? QString()
                            : QStringLiteral("%1 “%2” has %3 of %4 pixels")
                                  .arg(widget.objectName(), text)
                                  .arg(has)
                                  .arg(needs);
    };
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (qobject_cast<const ToldLine *>(label) || label->text().isEmpty())
            return {}; // which says by dots that there is more, and has it in its tool tip
        if (label->wordWrap())
            return lacks(label->heightForWidth(label->width()), label->height(), label->text());
        return lacks(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text())
                         ? widthOf(label->fontMetrics(), label->text())
                         : label->sizeHint().width(),
                     label->contentsRect().width(), label->text());
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        const auto *tool = qobject_cast<const QToolButton *>(button);
        const bool words = !tool || tool->toolButtonStyle() != Qt::ToolButtonIconOnly;
        return button->text().isEmpty() || !words
                   ? QString()
                   : lacks(button->sizeHint().width(), button->width(), button->text());
    }
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        QStyleOptionComboBox option;
        option.initFrom(combo);
        option.editable = false;
        const QRect room =
            combo->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, combo);
        return lacks(widthOf(combo->fontMetrics(), combo->currentText()), room.width(), combo->currentText());
    }
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget);
        header && header->orientation() == Qt::Horizontal && header->model()) {
        for (int section = 0; section < header->count(); ++section) {
            const QString title = header->model()->headerData(section, Qt::Horizontal).toString();
            const QString lack =
                lacks(widthOf(header->fontMetrics(), title), header->sectionSize(section), title);
            if (!lack.isEmpty() && !header->isSectionHidden(section))
                return lack;
        }
        return {};
    }
    if (const auto *spin = qobject_cast<const QAbstractSpinBox *>(&widget)) {
        const auto *line = spin->findChild<QLineEdit *>();
        return lacks(line->fontMetrics().horizontalAdvance(line->text()) + 2, line->width(), line->text());
    }
    return {};
}

/// What has come is laid out, and what that asks for.
void settle()
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
}

bool isOurs(const QWidget &widget)
{
    return QByteArrayView(widget.metaObject()->className()).startsWith("fastcar");
}

/// Of ours, or the inner part of one that scrolls.
bool paintsItself(const QWidget &widget)
{
    const auto *around = qobject_cast<const QAbstractScrollArea *>(widget.parentWidget());
    return isOurs(widget) || (around && isOurs(*around) && around->viewport() == &widget);
}

QString nameOf(const QWidget &widget)
{
    return widget.objectName().isEmpty() || isOurs(*widget.parentWidget())
               ? widget.parentWidget()->objectName()
               : widget.objectName();
}

/// What makes a window as large as it is at least.
QStringList partsOf(const QMainWindow &window)
{
    QStringList parts;
    const auto add = [&](const QString &name, const QWidget &part) {
        parts += QStringLiteral("%1 %2 × %3")
                     .arg(name)
                     .arg(part.minimumSizeHint().width())
                     .arg(part.minimumSizeHint().height());
    };
    for (const auto *dock : window.findChildren<QDockWidget *>())
        if (dock->isVisible())
            add(dock->objectName(), *dock);
    add(QStringLiteral("middle"), *window.centralWidget());
    return parts;
}

QStringList lacksIn(const QWidget &window)
{
    QStringList lacks;
    for (auto *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue; // behind a tab
        if (const QString lack = lackOf(*widget); !lack.isEmpty())
            lacks += lack;
        if (paintsItself(*widget))
            for (const QString &words : cutWordsOf(*widget))
                lacks += QStringLiteral("%1 cuts “%2”").arg(nameOf(*widget), words);
        const bool speaks = qobject_cast<const QLabel *>(widget) ||
                            qobject_cast<const QAbstractButton *>(widget) ||
                            qobject_cast<const QComboBox *>(widget);
        if (speaks && !scrolls(widget) && !widget->visibleRegion().contains(widget->rect()) &&
            widget->visibleRegion().boundingRect() != widget->rect())
            lacks += QStringLiteral("%1 is cut").arg(widget->objectName());
    }
    return lacks;
}

} // namespace

class TestLooks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void whatIsWrittenCanBeRead_data();
    void whatIsWrittenCanBeRead();
    void everyLayoutFitsALaptopsScreen_data();
    void everyLayoutFitsALaptopsScreen();
    void whatIsToldOfATokenHasRoom_data() { everyLayoutFitsALaptopsScreen_data(); }
    void whatIsToldOfATokenHasRoom();
    void aSmallMiddleKeepsItsControls_data() { everyLayoutFitsALaptopsScreen_data(); }
    void aSmallMiddleKeepsItsControls();
    void barsKeepTheirLinesInALowWindow_data() { everyLayoutFitsALaptopsScreen_data(); }
    void barsKeepTheirLinesInALowWindow();
    void aDialogIsNoHigherThanItsScreen();
    void aMessageHasRoomForItsWords();
    void anIconIsDrawnOnceForEachColour();
    void cleanup();

private:
    struct Opened {
        QString language = QStringLiteral("en");
        int textPercent = 100;
        // The one that the program opens by itself has all that a small one lacks: thresholds, prompts, a
        // name.
        QString model = QStringLiteral(FASTCAR_SOURCE_DIR "/resources/models/default");
    };
    void open(const Opened &opened);
    void makeRun();

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<MainWindow> window_;
};

void TestLooks::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    fpga::registerFpgaDevices(); // as the program does: their names need room, too
}

void TestLooks::open(const Opened &opened)
{
    speak(*qApp, opened.language);
    folder_ = std::make_unique<QTemporaryDir>();
    MainWindow::Options options = windowOptions(folder_->path());
    options.store->setValue(QLatin1String(preference::textPercent.key), opened.textPercent);
    options.modelFolder = opened.model;
    window_ = openWindow(std::move(options), smallScreen);
}

void TestLooks::makeRun()
{
    window_->settings().setPrompt(QStringLiteral("a cat"));
    window_->settings().setFrames(2);
    window_->findChild<QAction *>(QStringLiteral("generateAction"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), RunController::State::Done, 20000);
}

void TestLooks::cleanup()
{
    window_.reset();
    qDeleteAll(qApp->findChildren<QTranslator *>()); // English again
}

void TestLooks::whatIsWrittenCanBeRead_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<double>("least");
    constexpr double ofWords = 4.5, ofMarks = 3.0; // WCAG 2.1, AA
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
        const ThemeColors &c = colorsOf(theme);
        const auto add = [&](const char *what, const QColor &ink, const QColor &ground, double least) {
            QTest::addRow("%s, %s", what, theme == ThemeName::Dark ? "dark" : "light")
                << ink << ground << least;
        };
        struct Ground {
            const char *name;
            QColor colour;
        };
        for (const Ground &ground :
             {Ground{"window", c.window}, Ground{"panel", c.panel}, Ground{"field", c.field},
              Ground{"raised", c.raised}, Ground{"hover", c.hover}, Ground{"canvas", c.canvas}}) {
            const QByteArray on = QByteArray(" on ") + ground.name;
            add((QByteArray("text") + on).constData(), c.text, ground.colour, ofWords);
            add((QByteArray("muted") + on).constData(), c.muted, ground.colour, ofWords);
        }
        for (const Ground &ground : {Ground{"window", c.window}, Ground{"panel", c.panel},
                                     Ground{"field", c.field}, Ground{"raised", c.raised}}) {
            const QByteArray on = QByteArray(" on ") + ground.name;
            add((QByteArray("accent") + on).constData(), c.accent, ground.colour, ofMarks);
            add((QByteArray("danger") + on).constData(), c.danger, ground.colour, ofWords);
            add((QByteArray("replay") + on).constData(), c.replay, ground.colour, 2.2);
        }
        add("words on the accent", c.onAccent, c.accent, ofWords);
        add("words on a failure", c.text, c.dangerPanel, ofWords);
        add("words on a success", c.text, c.goodPanel, ofWords);
        add("muted on a failure", c.muted, c.dangerPanel, ofWords);
        add("muted on a success", c.muted, c.goodPanel, ofWords);
        add("replay beside compute", c.replay, c.compute, 1.3);
    }
}

void TestLooks::whatIsWrittenCanBeRead()
{
    QFETCH(const QColor, ink);
    QFETCH(const QColor, ground);
    QFETCH(const double, least);
    const double found = contrast(ink, ground);
    QVERIFY2(found >= least, qPrintable(QStringLiteral("%1:1").arg(found, 0, 'f', 2)));
}

void TestLooks::everyLayoutFitsALaptopsScreen_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("textPercent");
    for (const Language &language : availableLanguages())
        for (const int percent : {100, 130})
            QTest::addRow("%s, %d %%", qPrintable(language.code), percent) << language.code << percent;
}

/// Nothing is wider than the screen, and what is seen has room for its words.
void TestLooks::everyLayoutFitsALaptopsScreen()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    QStringList wrong;
    const auto check = [&](const QString &what) {
        const auto *hardware = window_->findChild<HardwarePanel *>();
        const bool timed = hardware->isVisible() && window_->record().hasRun();
        if (timed)
            QTRY_VERIFY_WITH_TIMEOUT(hardware->shownStep() >= 0, 20000);
        settle();
        const QSize least = window_->layout()->totalMinimumSize();
        if (least.width() > smallScreen.width() || least.height() > smallScreen.height())
            wrong += QStringLiteral("%1 takes %2 × %3 (%4)")
                         .arg(what)
                         .arg(least.width())
                         .arg(least.height())
                         .arg(partsOf(*window_).join(QStringLiteral(", ")));
        // What needs more for a moment makes a window larger for good.
        if (window_->width() > smallScreen.width() || window_->height() > smallScreen.height())
            wrong += QStringLiteral("%1 made the window %2 × %3")
                         .arg(what)
                         .arg(window_->width())
                         .arg(window_->height());
        window_->resize(smallScreen);
        settle();
        for (const QString &lack : lacksIn(*window_))
            wrong += QStringLiteral("%1: %2").arg(what, lack);
    };
    const auto checkAll = [&](const QString &when) {
        for (const TaskLayout layout : taskLayouts) {
            window_->docks().choose(layout);
            check(when + keyOf(layout));
            for (const char *dock : {"queueDock", "decisionsDock", "heatmapsDock", "hardwareDock",
                                     "libraryDock", "replayDock", "generateDock"}) {
                window_->docks().reveal(QLatin1String(dock));
                check(when + keyOf(layout) + QLatin1Char(' ') + QLatin1String(dock));
            }
            window_->docks().reset();
        }
        window_->docks().choose(TaskLayout::Compare);
        for (const char *way : {"wayWipe", "wayDifference", "wayFlicker", "waySideBySide"}) {
            window_->findChild<QAbstractButton *>(QLatin1String(way))->click();
            check(when + QLatin1String(way));
        }
    };
    check(QStringLiteral("at first"));
    checkAll(QStringLiteral("before a run, "));
    makeRun();
    checkAll(QStringLiteral("after a run, "));
    // Two runs that part somewhere, so that there is something to be told of a token in both.
    window_->settings().setSeedLocked(true);
    makeRun();
    window_->findChild<QAbstractButton *>(QStringLiteral("fastPreset"))->click();
    makeRun();
    window_->docks().choose(TaskLayout::Compare);
    auto *part = window_->findChild<QAbstractButton *>(QStringLiteral("firstDifferenceButton"));
    QTRY_VERIFY_WITH_TIMEOUT(part->isVisible(), 20000);
    part->click();
    for (const char *chip : {"tokensChip", "figuresChip"}) {
        window_->findChild<QAbstractButton *>(QLatin1String(chip))->click();
        check(QStringLiteral("two runs, ") + QLatin1String(chip));
    }
    wrong.removeDuplicates();
    for (const QString &each : wrong)
        qWarning("%s", qPrintable(each)); // a message of QVERIFY2 is cut
    QCOMPARE(wrong.size(), 0);
}

/// Buttons ask for it whenever they are painted.
void TestLooks::anIconIsDrawnOnceForEachColour()
{
    const auto drawn = [](QIcon::Mode mode, QIcon::State state) {
        return icon(QStringLiteral("play")).pixmap(QSize(16, 16), 1.0, mode, state).cacheKey();
    };
    const qint64 usual = drawn(QIcon::Normal, QIcon::Off);
    QCOMPARE(drawn(QIcon::Normal, QIcon::Off), usual);
    QVERIFY(drawn(QIcon::Disabled, QIcon::Off) != usual);
    QVERIFY(drawn(QIcon::Normal, QIcon::On) != usual);
}

/// On a laptop's screen no line that tells of a token ends in dots.
void TestLooks::whatIsToldOfATokenHasRoom()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    window_->settings().setSeedLocked(true);
    makeRun();
    window_->findChild<QAbstractButton *>(QStringLiteral("fastPreset"))->click();
    makeRun();
    window_->findChild<QAction *>(QStringLiteral("driftAction"))->trigger();
    window_->selection().chooseToken(1, 20);
    QStringList wrong;
    const auto check = [&](const QString &where) {
        QTest::qWait(PacedRefresh::ofARunMs + 5);
        for (const auto *line : window_->findChildren<ToldLine *>())
            if (line->isVisible() && !line->visibleRegion().isEmpty() && line->text().endsWith(QChar(0x2026)))
                wrong += where + QStringLiteral(": ") + line->text();
    };
    check(QStringLiteral("generate"));
    window_->docks().choose(TaskLayout::Tune);
    for (const char *dock : {"decisionsDock", "heatmapsDock"}) {
        window_->docks().reveal(QLatin1String(dock));
        check(QLatin1String(dock));
    }
    window_->docks().reveal(QStringLiteral("decisionsDock"));
    const int stride = window_->record().trace().shape().stride;
    int position = stride - 2; // of frame 2, replayed
    while (position >= 0 && window_->record().decisions().chain(stride + position, 0, 0) == 0)
        --position;
    QVERIFY(position >= 0);
    window_->selection().chooseToken(1, position);
    window_->selection().chooseLayer(0);
    check(QStringLiteral("replayed"));
    window_->docks().reveal(QStringLiteral("heatmapsDock"));
    auto *kind = window_->findChild<QComboBox *>(QStringLiteral("heatmapKindCombo"));
    auto *value = window_->findChild<QComboBox *>(QStringLiteral("heatmapValueCombo"));
    auto *row = window_->findChild<QComboBox *>(QStringLiteral("heatmapRowCombo"));
    kind->setCurrentIndex(1); // of which there is everything
    emit kind->activated(1);
    const auto checkValue = [&](int what) {
        value->setCurrentIndex(what);
        emit value->activated(what);
        check(value->currentText() + QStringLiteral(", ") + row->currentText());
    };
    for (int of = 0; of < row->count(); ++of) {
        row->setCurrentIndex(of);
        emit row->activated(of);
        window_->selection().chooseToken(1, position);
        for (int what = 0; what < value->count(); ++what)
            checkValue(what);
        window_->selection().chooseToken(1, stride - 1); // the last one, which has no step: the most words
        checkValue(value->findData(static_cast<int>(HeatmapValue::LayersReplayed)));
    }
    window_->docks().choose(TaskLayout::Compare);
    auto *part = window_->findChild<QAbstractButton *>(QStringLiteral("firstDifferenceButton"));
    QTRY_VERIFY_WITH_TIMEOUT(part->isVisible(), 20000);
    part->click();
    check(QStringLiteral("compare"));
    wrong.removeDuplicates();
    for (const QString &each : wrong)
        qWarning("%s", qPrintable(each));
    QCOMPARE(wrong.size(), 0);
}

/// However high the panels below it are drawn. Its transport stands in further lines, and these are seen.
void TestLooks::aSmallMiddleKeepsItsControls()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    makeRun();
    window_->docks().choose(TaskLayout::Tune);
    auto *below = window_->findChild<QDockWidget *>(QStringLiteral("decisionsDock"));
    auto *beside = window_->findChild<QDockWidget *>(QStringLiteral("replayDock"));
    const auto cut = [&] {
        QStringList names;
        for (const char *name : {"previousFrameButton", "playButton", "nextFrameButton", "loopButton",
                                 "followButton", "speedCombo", "paceSpin", "zoomButton"}) {
            const auto *control = window_->viewer().findChild<QWidget *>(QLatin1String(name));
            if (control->visibleRegion().boundingRect() != control->rect())
                names += QLatin1String(name);
        }
        return names;
    };
    const auto check = [&] {
        window_->resizeDocks({below}, {smallScreen.height()}, Qt::Vertical);
        QTRY_COMPARE(cut(), QStringList()); // the zoom is written when it is due
        QVERIFY2(window_->height() <= smallScreen.height(),
                 qPrintable(QStringLiteral("%1: %2")
                                .arg(window_->height())
                                .arg(partsOf(*window_).join(QStringLiteral(", ")))));
    };
    for (const int width : {320, 420, 520}) {
        window_->resizeDocks({beside}, {width}, Qt::Horizontal);
        check();
    }
    window_->findChild<QAction *>(QStringLiteral("comparePageAction"))->trigger();
    window_->resizeDocks({below}, {smallScreen.height()}, Qt::Vertical);
    settle();
    window_->findChild<QAction *>(QStringLiteral("viewerPageAction"))->trigger();
    check();
}

/// As low as the window can be, and as narrow as makes them need more lines than one.
void TestLooks::barsKeepTheirLinesInALowWindow()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    makeRun();
    const auto check = [&](TaskLayout layout, const QByteArrayList &names) {
        window_->docks().choose(layout);
        settle();
        for (const int width : {1280, 1000, 0}) {
            window_->resize(width, 0);
            const auto cut = [&] {
                QStringList list;
                for (const QByteArray &name : names) {
                    const auto *control = window_->findChild<QWidget *>(QLatin1String(name));
                    if (control->isVisible() && control->visibleRegion().boundingRect() != control->rect())
                        list += QLatin1String(name);
                }
                return list;
            };
            QTRY_COMPARE(cut(), QStringList());
            QVERIFY(window_->height() <= smallScreen.height());
        }
        window_->resize(smallScreen);
        settle();
    };
    check(TaskLayout::Hardware,
          {"cardCombo", "drsStatic", "drsDeal", "drsSplit", "compareCombo", "figuresButton", "timelineMenu"});
    auto *compare = window_->findChild<QWidget *>(QStringLiteral("comparePage"));
    window_->docks().choose(TaskLayout::Compare);
    for (const char *way : {"waySideBySide", "wayDifference"}) {
        compare->findChild<QAbstractButton *>(QLatin1String(way))->click();
        check(TaskLayout::Compare, {"waySideBySide", "wayWipe", "wayDifference", "wayFlicker", "signCombo",
                                    "gainCombo", "marksButton", "fitButton"});
    }
}

void TestLooks::aDialogIsNoHigherThanItsScreen()
{
    open({.textPercent = 150});
    for (const char *action : {"keysAction", "preferencesAction"}) {
        window_->findChild<QAction *>(QLatin1String(action))->trigger();
        QDialog *dialog = nullptr;
        for (QDialog *each : window_->findChildren<QDialog *>())
            if (each->isVisible())
                dialog = each;
        QVERIFY2(dialog, action);
        QVERIFY2(dialog->height() < dialog->screen()->availableSize().height(), action);
        dialog->close();
    }
}

void TestLooks::aMessageHasRoomForItsWords()
{
    open({});
    auto *banner = window_->findChild<MessageBanner *>();
    const QString words = QStringLiteral("It came to token 28 of 512. Kept: 0 frames; frame 1 had 28 of 64.");
    for (int offers = 0; offers <= 3; ++offers) {
        std::vector<MessageBanner::Offer> made;
        for (int i = 0; i < offers; ++i)
            made.push_back({QStringLiteral("Continue"), QStringLiteral("offer%1").arg(i), [] {}});
        banner->showMessage(MessageBanner::Kind::Info, QStringLiteral("Cancelled."), words, std::move(made));
        QCoreApplication::processEvents();
        const auto *label = banner->findChild<QLabel *>(QStringLiteral("messageText"));
        QVERIFY2(
            label->width() > banner->width() * 6 / 10,
            qPrintable(
                QStringLiteral("%1 of %2, with %3").arg(label->width()).arg(banner->width()).arg(offers)));
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
}

QTEST_MAIN(TestLooks)
#include "test_looks.moc"
