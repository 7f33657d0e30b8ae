// SPDX-License-Identifier: Apache-2.0
//
// The real window from outside: by its keys, its palette, its preferences, and after it was killed.
#include "tests/ui/watched_window.h"
#include "ui/commands/action_catalog.h"
#include "ui/commands/action_keys.h"
#include "ui/commands/command_list.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/fuzzy_match.h"
#include "ui/commands/key_view.h"
#include "ui/models/preferences.h"
#include "ui/video/video_view.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"
#include "ui/window/viewer_page.h"
#include "ui/window/window_commands.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QScreen>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleOptionFrame>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <array>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

namespace {

const QString killedPrompt = QStringLiteral("a prompt that has to outlive its program");

/// What the child process does: opens the window, changes what a person would, and waits to be killed.
int runStudio(int argc, char **argv)
{
    QApplication application(argc, argv);
    MainWindow::Options options = windowOptions(QString::fromLocal8Bit(argv[2]));
    options.device = watchedDevice();
    const auto window = openWindow(std::move(options));
    namedControl<QPlainTextEdit>(*window, "promptEdit")->setPlainText(killedPrompt);
    window->settings().setFrames(3);
    window->settings().setSeed(4711);
    window->settings().setSeedLocked(true);
    window->docks().choose(TaskLayout::Tune);
    window->docks().dock(QStringLiteral("replayDock"))->close();
    return QApplication::exec();
}

} // namespace

class TestShellWindow : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { verifyNothingWasWrong(device_.get()); }
    void init();
    void cleanup() { window_.reset(); }

    void everyActionOfAMenuIsKnown();
    void noTwoActionsShareAKey();
    void thePaletteDoesWhatIsTyped();
    void thePaletteListsWhatIsThere();
    void ctrlEnterWorksWhicheverPanelHasTheFocus();
    void keysAreTextWhileOneTypes();
    void theWholeSeedIsSeenInANarrowDock();
    void popupsOpenWhollyOnTheScreen();
    void aLaptopsScreenHasRoomForTheWindow();
    void theLibraryStandsInFrontWhereRunsAreCompared();
    void keysOfAPanelInAWindowOfItsOwnReachTheMainWindow();
    void theSheetShowsTheKeysAsTheyAre();
    void theSheetDropsAnActionWhoseKeysWereTaken();
    void aKeyCanBeChangedAndTakenFromAnother();
    void preferencesHoldAtOnce();
    void theTitleTellsPromptAndProgress();
    void closingAsksWhileARunGoesOn();
    void recentModelsAreOffered();
    void settingsAndLayoutOutliveAKilledProgram();

private:
    void open() { openWith(windowOptions(folder_->path())); }
    void openWith(MainWindow::Options options);
    ActionCatalog &catalog() { return window_->commands().catalog(); }

    std::shared_ptr<ViewDevice> device_;
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestShellWindow::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    device_ = watchedDevice();
}

void TestShellWindow::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    open();
}

void TestShellWindow::openWith(MainWindow::Options options)
{
    options.device = device_;
    window_ = openWindow(std::move(options));
    QApplication::setActiveWindow(window_.get());
}

void TestShellWindow::everyActionOfAMenuIsKnown()
{
    const std::function<void(const QMenu &)> check = [&](const QMenu &menu) {
        for (QAction *action : menu.actions()) {
            if (action->menu() && action->menu()->isEmpty())
                continue; // filled when it opens
            if (action->menu())
                check(*action->menu());
            else if (!action->isSeparator())
                QVERIFY2(catalog().find(action->objectName()), qPrintable(action->text()));
        }
    };
    for (const QAction *top : window_->menuBar()->actions())
        check(*top->menu());
}

void TestShellWindow::noTwoActionsShareAKey()
{
    for (const ActionCatalog::Entry &entry : catalog().entries()) {
        const QAction *other = catalog().holder(entry.keys, *entry.action);
        QVERIFY2(!other,
                 qPrintable(entry.title + QLatin1String(" and ") + (other ? other->text() : QString())));
    }
}

void TestShellWindow::thePaletteDoesWhatIsTyped()
{
    QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = find<CommandPalette>("commandPalette");
    QVERIFY(palette->isVisible());
    auto *edit = find<QLineEdit>("paletteEdit");
    QTest::keyClicks(edit, QStringLiteral("lay hardw"));
    QCOMPARE(find<QListView>("paletteList")->currentIndex().data(CommandList::keysRole).toString(),
             QStringLiteral("Ctrl+3"));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QTRY_COMPARE(window_->docks().layout(), TaskLayout::Hardware);

    find<QAction>("paletteAction")->trigger();
    QTest::keyClicks(edit, QStringLiteral("zzzzqq"));
    QVERIFY(find<QLabel>("paletteNothing")->isVisible());
    QTest::keyClick(edit, Qt::Key_Return); // nothing to do
    QVERIFY(palette->isVisible());
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TestShellWindow::thePaletteListsWhatIsThere()
{
    find<QAction>("paletteAction")->trigger();
    auto *edit = find<QLineEdit>("paletteEdit");
    const auto *list = find<QListView>("paletteList");
    const auto best = [&](const QString &typed) {
        edit->setText(typed);
        return list->currentIndex().data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(best(QStringLiteral("device cpu")), QStringLiteral("Device: cpu"));
    QVERIFY(best(QStringLiteral("checkpoint model")).startsWith(QStringLiteral("Open model: /")));
    QCOMPARE(best(QStringLiteral("theme light")), QStringLiteral("Theme: Light"));
    QCOMPARE(best(QStringLiteral("drs")), QStringLiteral("DRS: Static"));
    QCOMPARE(best(QStringLiteral("drs deal")), QStringLiteral("DRS: Deal"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(edit, Qt::Key_Up); // round the end
    QVERIFY(list->currentIndex().isValid());
}

void TestShellWindow::ctrlEnterWorksWhicheverPanelHasTheFocus()
{
    window_->docks().reveal(QStringLiteral("hardwareDock"));
    auto *generate = find<QAction>("generateAction");
    disconnect(generate, &QAction::triggered, nullptr, nullptr); // the key alone counts
    generate->setEnabled(true);
    QSignalSpy triggered(generate, &QAction::triggered);
    int widgets = 0;
    for (auto *widget : window_->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || !widget->isEnabled())
            continue;
        widget->setFocus();
        if (!widget->hasFocus())
            continue;
        QTest::keyClick(widget, Qt::Key_Return, Qt::ControlModifier);
        ++widgets;
        QVERIFY2(triggered.count() == widgets,
                 qPrintable(widget->objectName() + QLatin1Char(' ') + widget->metaObject()->className()));
    }
    QVERIFY(widgets > 20);
}

void TestShellWindow::keysAreTextWhileOneTypes()
{
    // Letters, digits and brackets are keys of the window, of overlays, layers, zoom and pages.
    const QString typed = QStringLiteral("hlrmgpv 12[]?HV");
    QList<QAction *> triggered;
    for (auto *action : window_->findChildren<QAction *>())
        connect(action, &QAction::triggered, this, [&triggered, action] { triggered += action; });
    auto *prompt = find<QPlainTextEdit>("promptEdit");
    prompt->clear();
    QTest::mouseClick(prompt->viewport(), Qt::LeftButton);
    QVERIFY(prompt->hasFocus());
    QTest::keyClicks(prompt, typed);
    QCOMPARE(prompt->toPlainText(), typed);
    auto *seed = find<QLineEdit>("seedEdit");
    seed->setFocus();
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("12"));
    QCOMPARE(window_->settings().seed(), 12u);
    QVERIFY2(triggered.isEmpty(), triggered.isEmpty() ? "" : qPrintable(triggered.front()->objectName()));

    auto *picture = find<QWidget>("videoGrid");
    picture->setFocus();
    const bool shown = find<QAction>("heatmapAction")->isChecked();
    QTest::keyClick(window_.get(), Qt::Key_H);
    QCOMPARE(find<QAction>("heatmapAction")->isChecked(), !shown);
}

void TestShellWindow::theWholeSeedIsSeenInANarrowDock()
{
    auto *dock = window_->docks().dock(QStringLiteral("generateDock"));
    window_->resizeDocks({dock}, {100}, Qt::Horizontal); // as narrow as it gets
    window_->settings().setSeed(9999999999);             // the longest that is drawn
    QCoreApplication::processEvents();
    const auto *seed = find<QLineEdit>("seedEdit");
    QStyleOptionFrame option;
    option.initFrom(seed);
    option.lineWidth = 1;
    const QRect inside = seed->style()->subElementRect(QStyle::SE_LineEditContents, &option, seed);
    QVERIFY2(seed->fontMetrics().horizontalAdvance(seed->text()) + 4 <= inside.width(),
             qPrintable(QStringLiteral("%1 of %2 pixels")
                            .arg(inside.width())
                            .arg(seed->fontMetrics().horizontalAdvance(seed->text()))));
}

void TestShellWindow::popupsOpenWhollyOnTheScreen()
{
    const QRect screen = window_->screen()->availableGeometry();
    const std::array corners{screen.topLeft(), screen.bottomRight() - QPoint(320, 400)};
    for (const QPoint &corner : corners) {
        window_->move(corner);
        for (const auto &[button, popup] :
             {std::pair("historyButton", "historyPopup"), std::pair("presetsButton", "presetPopup")}) {
            find<QAbstractButton>(button)->click();
            auto *open = find<QWidget>(popup);
            QVERIFY(open->isVisible());
            QVERIFY2(screen.contains(open->geometry()), popup);
            open->close();
        }
    }
}

void TestShellWindow::aLaptopsScreenHasRoomForTheWindow()
{
    const QSize room(1280, 768); // what a panel and a title leave of 1280 × 800
    window_->settings().setPrompt(QStringLiteral("a cat"));
    window_->settings().setFrames(2);
    find<QAction>("generateAction")->trigger();
    QTRY_COMPARE(window_->controller().state(), State::Done);
    const auto check = [&](const QString &what) {
        QCoreApplication::processEvents();
        const QSize least = window_->layout()->totalMinimumSize();
        QVERIFY2(
            least.width() <= room.width() && least.height() <= room.height(),
            qPrintable(QStringLiteral("%1 takes %2 × %3").arg(what).arg(least.width()).arg(least.height())));
    };
    for (const TaskLayout layout :
         {TaskLayout::Generate, TaskLayout::Tune, TaskLayout::Hardware, TaskLayout::Compare}) {
        window_->docks().choose(layout);
        check(keyOf(layout));
        for (const char *dock : {"queueDock", "heatmapsDock", "libraryDock"}) {
            window_->docks().reveal(QLatin1String(dock));
            check(keyOf(layout) + QLatin1Char(' ') + QLatin1String(dock));
        }
        window_->docks().reset();
    }
}

void TestShellWindow::theLibraryStandsInFrontWhereRunsAreCompared()
{
    for (const TaskLayout before : {TaskLayout::Generate, TaskLayout::Tune, TaskLayout::Generate}) {
        window_->docks().choose(before);
        window_->docks().choose(TaskLayout::Compare);
        QTRY_VERIFY(!find<QDockWidget>("libraryDock")->visibleRegion().isEmpty());
        QVERIFY(find<QDockWidget>("generateDock")->visibleRegion().isEmpty());
        QCOMPARE(window_->docks().layout(), TaskLayout::Compare);
    }
    window_->docks().choose(TaskLayout::Generate);
    QTRY_VERIFY(!find<QDockWidget>("generateDock")->visibleRegion().isEmpty());
}

void TestShellWindow::keysOfAPanelInAWindowOfItsOwnReachTheMainWindow()
{
    window_->docks().reveal(QStringLiteral("hardwareDock"));
    auto *dock = window_->docks().dock(QStringLiteral("hardwareDock"));
    dock->setFloating(true);
    QSignalSpy pressed(find<QAction>("layerAboveAction"), &QAction::triggered);
    QTest::keyClick(dock, Qt::Key_BracketRight);
    QCOMPARE(pressed.count(), 1);
}

void TestShellWindow::theSheetShowsTheKeysAsTheyAre()
{
    QTest::keyClick(window_.get(), Qt::Key_F1);
    auto *sheet = find<QDialog>("keySheet");
    QVERIFY(sheet->isVisible());
    auto *view = sheet->findChild<KeyView *>();
    auto *search = sheet->findChild<QLineEdit *>(QStringLiteral("keySearch"));
    const int all = view->count();
    QVERIFY(all > 15);
    search->setText(QStringLiteral("Ctrl+R"));
    QVERIFY(view->count() >= 1 && view->count() < all);
    search->setText(QStringLiteral("next frame"));
    QCOMPARE(view->count(), 1);
}

void TestShellWindow::theSheetDropsAnActionWhoseKeysWereTaken()
{
    find<QAction>("keysAction")->trigger();
    auto *view = find<QDialog>("keySheet")->findChild<KeyView *>();
    const int before = view->count();
    for (const char *name : {"saveVideoAction", "nextFrameAction"}) // one of each kind of key
        catalog().setKeys(*find<QAction>(name), {});
    QCOMPARE(view->count(), before - 2);
    window_->close();
    window_.reset();
    open();
    find<QAction>("keysAction")->trigger();
    QCOMPARE(find<QDialog>("keySheet")->findChild<KeyView *>()->count(), before - 2);
}

void TestShellWindow::aKeyCanBeChangedAndTakenFromAnother()
{
    find<QAction>("keysAction")->trigger();
    click("changeKeysButton");
    auto *dialog = find<QDialog>("preferencesDialog");
    QVERIFY(dialog->isVisible());
    auto *view = dialog->findChild<KeyView *>();
    view->choose(find<QAction>("saveVideoAction"));
    auto *edit = find<QKeySequenceEdit>("keyEdit");
    edit->setKeySequence(QKeySequence(QStringLiteral("Ctrl+R")));
    QVERIFY2(find<QLabel>("keyConflict")->text().contains(QStringLiteral("Continue")),
             qPrintable(find<QLabel>("keyConflict")->text()));
    QCOMPARE(find<QAction>("saveVideoAction")->shortcut(), QKeySequence(QStringLiteral("Ctrl+S"))); // not yet
    click("useKeysButton");
    QCOMPARE(find<QAction>("saveVideoAction")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QVERIFY(find<QAction>("continueAction")->shortcut().isEmpty());
    noTwoActionsShareAKey();

    view->choose(find<QAction>("nextFrameAction")); // one whose keys give way
    edit->setKeySequence(QKeySequence(QStringLiteral("N")));
    click("useKeysButton");
    QSignalSpy pressed(find<QAction>("nextFrameAction"), &QAction::triggered);
    QTest::keyClick(window_.get(), Qt::Key_N);
    QCOMPARE(pressed.count(), 1);

    window_->close();
    window_.reset();
    open();
    QCOMPARE(find<QAction>("saveVideoAction")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QCOMPARE(keysOf(*find<QAction>("nextFrameAction")).value(0), QKeySequence(QStringLiteral("N")));
    window_->preferences().reset();
    QCOMPARE(find<QAction>("saveVideoAction")->shortcut(), QKeySequence(QStringLiteral("Ctrl+S")));
    QCOMPARE(find<QAction>("continueAction")->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
}

void TestShellWindow::preferencesHoldAtOnce()
{
    find<QAction>("preferencesAction")->trigger();
    const auto choose = [&](const char *box, int index) {
        auto *combo = find<QComboBox>(box);
        combo->setCurrentIndex(index);
        emit combo->activated(index);
    };
    choose("themeCombo", 2);
    QCOMPARE(currentTheme(), ThemeName::Light);
    const double before = QApplication::font().pointSizeF();
    const double heading = find<QLabel>("emptyTitle")->font().pointSizeF();
    find<QSpinBox>("textSpin")->setValue(150);
    QVERIFY(qAbs(QApplication::font().pointSizeF() - 1.5 * before) < 0.01);
    QVERIFY(qAbs(find<QLabel>("emptyTitle")->font().pointSizeF() - 1.5 * heading) < 0.01);
    choose("drawingCombo", 1);
    QCOMPARE(find<QLabel>("backendLabel")->text(), QStringLiteral("QPainter"));
    window_->settings().setDevice(QStringLiteral("cpu"));
    choose("deviceAtStartCombo", 0);
    click("resetPreferencesButton");
    QCOMPARE(currentTheme(), ThemeName::Dark);
    QCOMPARE(find<QSpinBox>("textSpin")->value(), 100);
    QCOMPARE(find<QComboBox>("themeCombo")->currentIndex(), 1);
    QVERIFY(qAbs(QApplication::font().pointSizeF() - before) < 0.01);
}

void TestShellWindow::theTitleTellsPromptAndProgress()
{
    QCOMPARE(window_->windowTitle(), QStringLiteral("FastCar Studio"));
    window_->settings().setPrompt(QStringLiteral("a cat"));
    window_->settings().setFrames(4);
    QStringList titles;
    connect(window_.get(), &QWidget::windowTitleChanged, this,
            [&](const QString &title) { titles += title; });
    find<QAction>("generateAction")->trigger();
    QTRY_COMPARE(window_->controller().state(), State::Done);
    QVERIFY2(titles.first().startsWith(QStringLiteral("0 %, a cat")), qPrintable(titles.first()));
    QCOMPARE(window_->windowTitle(), QStringLiteral("a cat – FastCar Studio"));
}

void TestShellWindow::closingAsksWhileARunGoesOn()
{
    int asked = 0;
    bool answer = false;
    window_->askWhetherToClose = [&] {
        ++asked;
        return answer;
    };
    window_->settings().setPrompt(QStringLiteral("a cat"));
    window_->settings().setFrames(1000);
    find<QAction>("generateAction")->trigger();
    window_->controller().pause();
    QTRY_COMPARE(window_->controller().state(), State::Paused);
    QVERIFY(!window_->close());
    QVERIFY(window_->isVisible());
    QCOMPARE(window_->controller().state(), State::Paused); // nothing was lost
    answer = true;
    QVERIFY(window_->close());
    QCOMPARE(asked, 2);
}

void TestShellWindow::recentModelsAreOffered()
{
    auto *menu = find<QMenu>("recentModelsMenu");
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QVERIFY(menu->actions().front()->text().endsWith(QStringLiteral("golden/checkpoint")));
    window_.reset();
    openWith(windowOptionsWithoutAModel(folder_->path()));
    QVERIFY(!window_->hasModel());
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    menu = find<QMenu>("recentModelsMenu");
    emit menu->aboutToShow();
    menu->actions().front()->trigger();
    QVERIFY(settled.wait(20000));
    QVERIFY(window_->hasModel());
}

void TestShellWindow::settingsAndLayoutOutliveAKilledProgram()
{
    window_.reset();
    folder_ = std::make_unique<QTemporaryDir>();
    QProcess studio;
    studio.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    studio.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--studio"), folder_->path()});
    QVERIFY(studio.waitForStarted());
    const auto kept = [this] {
        QFile file(folder_->filePath(QStringLiteral("settings.ini")));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(killedPrompt.toUtf8());
    };
    QVERIFY(QTest::qWaitFor(kept, 30000));
    studio.kill(); // SIGKILL: nothing of the program gets to say a last word
    QVERIFY(studio.waitForFinished());
    QCOMPARE(studio.exitStatus(), QProcess::CrashExit);

    open();
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), killedPrompt);
    QCOMPARE(window_->settings().frames(), 3);
    QCOMPARE(window_->settings().seed(), 4711u);
    QVERIFY(window_->settings().seedLocked());
    QCOMPARE(window_->docks().layout(), TaskLayout::Tune);
    QVERIFY(window_->docks().dock(QStringLiteral("replayDock"))->isHidden());
    window_->docks().choose(TaskLayout::Generate);
    QVERIFY(window_->docks().dock(QStringLiteral("replayDock"))->isVisible());
}

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--studio") == 0)
        return runStudio(argc, argv);
    QApplication application(argc, argv);
    TestShellWindow test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "test_shell_window.moc"
