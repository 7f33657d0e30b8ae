// SPDX-License-Identifier: Apache-2.0
//
// The real window with the real engine and the golden checkpoint: every run is kept while it goes, survives
// the end of the program, and is found again.
#include "engine/library/library.h"
#include "tests/decode/failing_device.h"
#include "tests/ui/studio_window.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_view.h"
#include "ui/library/library_model.h"
#include "ui/library/library_panel.h"
#include "ui/models/run_queue.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"

#include <QAction>
#include <QDialog>
#include <QDropEvent>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestKeptRuns : public QObject, private StudioWindow {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> place_;
    FailingDevice shaky_{"shaky"}; // as good as cpu; holds where it is told to

    static constexpr int stride = 16; // of the golden checkpoint

    std::filesystem::path folder(const char *name = "library") const
    {
        return place_->filePath(QLatin1String(name)).toStdString();
    }
    QString banner() const
    {
        auto *banner = find<MessageBanner>("messageBanner");
        return banner->isVisible() ? banner->text() : QString();
    }

    void open(const std::filesystem::path &library)
    {
        window_.reset();
        MainWindow::Options options = windowOptions(place_->path());
        options.theme = ThemeName::Dark;
        options.library = library;
        window_ = openWindow(std::move(options));
    }

    void start(int frames, std::uint64_t seed = 5)
    {
        setPrompt("a red kite");
        window_->settings().setSeed(seed);
        window_->settings().setSeedLocked(true);
        window_->settings().setDevice("shaky");
        find<QSpinBox>("framesSpin")->setValue(frames);
        click("generateButton");
    }
    /// Starts a run that holds when it has `tokens` tokens.
    void startAndHold(int frames, int tokens, std::uint64_t seed = 5)
    {
        shaky_.holdsAt = tokens - 1;
        start(frames, seed);
        QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == tokens; }, 60000));
    }
    std::vector<std::int32_t> codes() const
    {
        std::vector<std::int32_t> all;
        const Trace &trace = window_->record().trace();
        for (int token = 0; token < trace.tokens(); ++token)
            for (int depth = 0; depth < trace.shape().depth; ++depth)
                all.push_back(trace.code(token, 0, depth));
        return all;
    }
    RunQueue &queue() const { return *qobject_cast<RunQueue *>(find<QListView>("queueList")->model()); }
    /// The newest run, as soon as `fits` holds for it.
    template <typename Fits>
    std::optional<RunEntry> waitForEntry(Fits fits) const
    {
        std::optional<RunEntry> entry;
        (void)QTest::qWaitFor(
            [&] {
                const auto library = Library::openToRead(folder());
                const auto found = library ? library->find({}, 0, 1) : library.error();
                entry = found && !found->empty() ? std::optional(found->front()) : std::nullopt;
                return entry && fits(*entry);
            },
            20000);
        return entry && fits(*entry) ? entry : std::nullopt;
    }
    std::optional<RunEntry> waitForEntry(RunState state) const
    {
        return waitForEntry([state](const RunEntry &entry) { return entry.state == state; });
    }

    /// What a program that is killed now leaves: its files as they are, and nobody holds them.
    void leaveFilesAsKilled()
    {
        const int tokens = window_->record().trace().tokens();
        QVERIFY(QTest::qWaitFor([&] {
            const auto trace = readTrace(RunFolder(folder(), 1).trace());
            return trace && trace->tokens() == tokens;
        }));
        std::filesystem::copy(folder(), folder("killed"), std::filesystem::copy_options::recursive);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
    }
    void leaveAsKilled()
    {
        leaveFilesAsKilled();
        open(folder("killed"));
    }

    void stopAt(int tokens, std::uint64_t seed = 5)
    {
        startAndHold(3, tokens, seed);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
        QVERIFY(waitForEntry(RunState::Cancelled).has_value());
    }
    /// Another program with the same library goes on with run 1.
    void finishElsewhere()
    {
        MainWindow::Options options = windowOptions(place_->filePath("elsewhere"));
        options.library = folder();
        const auto other = openWindow(std::move(options));
        emit namedControl<LibraryPanel>(*other, "libraryPanel")->continueAsked(1);
        QVERIFY(QTest::qWaitFor([&] { return other->controller().state() == State::Done; }, 60000));
    }
    void comeBack() const
    {
        QEvent back(QEvent::WindowActivate);
        QCoreApplication::sendEvent(window_.get(), &back);
    }
    void drop(const QString &file) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent let(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &let);
    }

    /// Of two and of three frames, both whole and written; the second one is shown.
    void keepTwoRuns()
    {
        for (const int frames : {2, 3}) {
            start(frames);
            QVERIFY(waitFor(State::Done));
            QVERIFY(waitForEntry([&](const RunEntry &entry) {
                        return entry.id == frames - 1 && entry.state == RunState::Done;
                    }).has_value());
        }
    }
    /// As when it is opened; what stands in it is read then.
    void openMenuOf(const char *source) const
    {
        find<QAction>("comparePageAction")->trigger();
        emit find<QToolButton>(source)->menu()->aboutToShow();
        (void)QTest::qWaitFor([&] { return window_->findChild<QAction *>("chooseKept1A") != nullptr; }, 500);
    }
    const ComparisonModel &comparison() const { return find<ComparePage>("comparePage")->comparison(); }
    bool compared() const
    {
        return QTest::qWaitFor([&] { return !comparison().busy() && comparison().result(); }, 20000);
    }

private slots:
    void initTestCase()
    {
        qunsetenv("FASTCAR_MODEL");
        applyTheme(*qApp, ThemeName::Dark);
    }
    void init()
    {
        place_ = std::make_unique<QTemporaryDir>();
        shaky_.failsAt = shaky_.holdsAt = FailingDevice::never;
        open(folder());
    }
    void cleanup()
    {
        shaky_.holdsAt = FailingDevice::never;
        window_.reset();
    }

    void aRunThatAnotherProgramWentOnWithIsToldOf()
    {
        stopAt(stride + 5);
        QCOMPARE(queue().size(), 1);
        QVERIFY(find<QAction>("continueAction")->isEnabled());
        finishElsewhere();
        comeBack();
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("went on in another program"), 20000);
        QVERIFY2(banner().contains("“a red kite” is done: run 1 of the library"), qPrintable(banner()));
        QCOMPARE(queue().size(), 0);
        QVERIFY(!find<QAction>("continueAction")->isEnabled());
        click("showElsewhereButton");
        QVERIFY(waitFor(State::Recorded));
        QCOMPARE(window_->record().trace().tokens(), 3 * stride);
        comeBack();
        QTest::qWait(100);
        QVERIFY(banner().isEmpty()); // it was told once
    }

    void aRunOfLastTimeThatIsDoneMeanwhileLeavesTheQueue()
    {
        stopAt(stride + 5);
        window_.reset();
        finishElsewhere();
        open(folder());
        comeBack();
        QTRY_COMPARE_WITH_TIMEOUT(queue().size(), 0, 20000);
        QVERIFY(banner().contains("is done: run 1 of the library"));
    }

    void whoComesBackForNothingIsToldNothing()
    {
        stopAt(stride + 5);
        click("messageClose");
        comeBack();
        QTest::qWait(200);
        QVERIFY(banner().isEmpty());
        QCOMPARE(queue().size(), 1);
        QVERIFY(find<QAction>("continueAction")->isEnabled());
    }

    /// It is not the library's: whatever was shown before it stays as it is there.
    void aRunOfAFileGoesOnByItself()
    {
        stopAt(stride + 5);
        const QString file = place_->filePath("stopped.fctrace");
        QVERIFY(QFile::copy(QString::fromStdString(RunFolder(folder(), 1).trace().string()), file));
        { // it is taken away, and only its file is left
            auto library = *Library::open(folder(), {.lookForInterrupted = false});
            QVERIFY(library.erase({1}).ok());
        }
        stopAt(stride + 5, 6);
        drop(file);
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("stopped.fctrace"), 20000);
        click("showDroppedButton");
        QVERIFY(waitFor(State::Recorded));
        QVERIFY(banner().isEmpty()); // there is nothing left to show
        window_->goOn();
        QVERIFY(waitFor(State::Done));
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("not kept any further"), 20000);
        window_.reset();
        const Library library = *Library::openToRead(folder());
        QCOMPARE(*library.count({}), 1);
        QCOMPARE(library.entry(2)->state, RunState::Cancelled);
        QCOMPARE(library.entry(2)->tokens, stride + 5);
        QCOMPARE(library.trace(2)->tokens(), stride + 5);
    }

    void aDroppedVideoIsFoundInTheLibrary()
    {
        keepTwoRuns(); // of two frames and of three
        const QString file = place_->filePath("kite.mkv");
        window_->askForVideoFile = [&](const QString &) { return file; };
        window_->saveVideo();
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("Saved"), 20000);
        drop(file);
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("the run that is shown"), 20000);
        QVERIFY(!window_->findChild<QAbstractButton *>("showDroppedButton"));
        emit find<LibraryPanel>("libraryPanel")->showAsked(1);
        QVERIFY(waitFor(State::Recorded));
        drop(file);
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("run 2 of the library"), 20000);
        click("compareDroppedButton");
        QVERIFY(compared());
        QCOMPARE(comparison().source(Side::A).title, QStringLiteral("run 2 of the library"));
        QVERIFY(comparison().run(Side::A)->trace);
        QCOMPARE(comparison().source(Side::B).kind, RunSource::Kind::Shown);
        drop(file);
        QTRY_VERIFY_WITH_TIMEOUT(banner().contains("run 2 of the library"), 20000);
        click("showDroppedButton");
        QTRY_COMPARE_WITH_TIMEOUT(window_->record().trace().tokens(), 3 * stride, 20000);
    }

    void theRunThatIsShownIsNotOfferedOnceMore()
    {
        keepTwoRuns();
        openMenuOf("sourceA");
        QVERIFY(find<QAction>("chooseKept1A"));
        QVERIFY(!window_->findChild<QAction *>("chooseKept2A"));
        emit find<LibraryPanel>("libraryPanel")->showAsked(1);
        QVERIFY(waitFor(State::Recorded));
        QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<QAction *>("chooseKept2A"), 20000);
        QVERIFY(!window_->findChild<QAction *>("chooseKept1A"));
    }

    void everyRunIsKept()
    {
        start(3);
        QVERIFY(waitFor(State::Done));
        const auto entry = waitForEntry(RunState::Done);
        QVERIFY(entry.has_value());
        QCOMPARE(entry->prompt, std::string("a red kite"));
        QCOMPARE(entry->tokens, 3 * stride);
        QCOMPARE(entry->device, std::string("shaky"));
        QVERIFY(!entry->modelDigest.empty());
        QVERIFY(!entry->modelName.empty());
        const Library library = *Library::openToRead(folder());
        const Trace trace = *library.trace(entry->id);
        QVERIFY(trace.settings() == window_->record().trace().settings());
        const auto frames = library.frames(*entry);
        const auto shown = window_->record().frames().wholePictures(0);
        QCOMPARE(frames.front().size(), shown.size());
        for (std::size_t frame = 0; frame < shown.size(); ++frame)
            QVERIFY(frames.front()[frame]->rgb == shown[frame]->rgb);
        window_->docks().reveal("libraryDock");
        auto *gallery = find<QListView>("libraryGallery");
        QTRY_COMPARE(gallery->model()->rowCount(), 1);
    }

    void withoutALibraryNothingIsKept()
    {
        open({});
        start(2);
        QVERIFY(waitFor(State::Done));
        window_.reset();
        const auto library = Library::openToRead(folder()); // of the window before
        QVERIFY(!library || *library->count({}) == 0);
    }

    void aCancelledRunGoesOnAsTheSameRun()
    {
        start(3);
        QVERIFY(waitFor(State::Done));
        const auto whole = codes();
        startAndHold(3, 2 * stride + 3);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
        const auto stopped = waitForEntry(RunState::Cancelled);
        QVERIFY(stopped.has_value());
        QCOMPARE(stopped->tokens, 2 * stride + 3);
        window_->goOn();
        QVERIFY(waitFor(State::Done));
        QCOMPARE(codes(), whole);
        const auto done = waitForEntry(
            [&](const RunEntry &entry) { return entry.id == stopped->id && entry.state == RunState::Done; });
        QVERIFY(done.has_value());
        QCOMPARE(done->tokens, 3 * stride);
        const Library library = *Library::openToRead(folder());
        QCOMPARE(*library.count({}), 2);
        QCOMPARE(library.trace(done->id)->settings().continued.size(), 1U);
        QCOMPARE(library.frames(*done).front().size(), 3U);
    }

    void aRunWhoseProgramWasKilledGoesOn()
    {
        start(3);
        QVERIFY(waitFor(State::Done));
        const auto whole = codes();
        QVERIFY(waitForEntry(RunState::Done).has_value());
        window_.reset();
        std::filesystem::remove_all(folder());
        open(folder());
        startAndHold(3, stride + 5);
        leaveAsKilled();
        QTRY_VERIFY(banner().contains("A run was going on when the program ended"));
        QVERIFY(banner().contains("a red kite"));
        QVERIFY(banner().contains("21 of 48 tokens"));
        click("continueInterruptedButton");
        QVERIFY(waitFor(State::Done));
        QCOMPARE(codes(), whole);
        QCOMPARE(window_->record().frames().wholeFrames(), 3);
        window_.reset(); // and all of it is written
        const Library library = *Library::openToRead(folder("killed"));
        QCOMPARE(*library.count({}), 1);
        QCOMPARE(library.entry(1)->state, RunState::Done);
        QCOMPARE(library.frames(*library.entry(1)).front().size(), 3U);
    }

    void theQueuesEntryGoesOnWithItsRunOfTheLibrary()
    {
        startAndHold(3, stride + 5);
        leaveAsKilled();
        QTRY_VERIFY(banner().contains("when the program ended"));
        QCOMPARE(queue().size(), 1); // of last time, which did not come to its end
        click("continueInterruptedButton");
        QVERIFY(waitFor(State::Done));
        QCOMPARE(queue().size(), 0);
    }

    void theQueuesEntryOfAnotherRunStays()
    {
        startAndHold(3, stride + 5);
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
        const auto first = waitForEntry(RunState::Cancelled);
        QVERIFY(first.has_value());
        queue().remove(0);
        shaky_.holdsAt = stride + 6;
        window_->settings().setSeed(6);
        click("generateButton");
        QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == stride + 7; }, 60000));
        click("cancelButton");
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
        QCOMPARE(queue().size(), 1);
        emit find<LibraryPanel>("libraryPanel")->continueAsked(first->id);
        QVERIFY(waitFor(State::Done));
        QCOMPARE(window_->record().trace().settings().seed, std::uint64_t{5});
        QCOMPARE(queue().size(), 1);
        QCOMPARE(queue().at(0).settings.seed, std::uint64_t{6});
    }

    void aRunWhoseProgramWasKilledIsKeptOrDiscarded()
    {
        startAndHold(3, stride + 5);
        leaveAsKilled();
        QTRY_VERIFY(banner().contains("when the program ended"));
        click("discardInterruptedButton");
        QVERIFY(banner().isEmpty());
        auto *gallery = find<QListView>("libraryGallery");
        QTRY_COMPARE(gallery->model()->rowCount(), 0);
        QVERIFY(find<QWidget>("libraryUndo")->isVisibleTo(find<LibraryPanel>("libraryPanel")));
        click("libraryUndoButton");
        QTRY_COMPARE(gallery->model()->rowCount(), 1);
        open(folder("killed")); // it is offered once
        window_->docks().reveal("libraryDock");
        QTRY_COMPARE(find<QListView>("libraryGallery")->model()->rowCount(), 1);
        QVERIFY(banner().isEmpty());
    }

    /// `fastcar library list` finds the run first; what becomes of it is still the window's to ask.
    void theOfferOutlivesOtherProgramsUntilItIsAnswered()
    {
        startAndHold(3, stride + 5);
        leaveFilesAsKilled();
        QVERIFY(Library::open(folder("killed")).ok());
        for (int start = 0; start < 2; ++start) { // and a window that is closed without an answer
            open(folder("killed"));
            QTRY_VERIFY(banner().contains("when the program ended"));
        }
        click("messageClose");
        open(folder("killed"));
        window_->docks().reveal("libraryDock");
        QTRY_COMPARE(find<QListView>("libraryGallery")->model()->rowCount(), 1);
        QVERIFY(banner().isEmpty());
    }

    void aKeptRunIsShownInPlaceOfTheOneThatIsThere()
    {
        start(3);
        QVERIFY(waitFor(State::Done));
        const auto first = codes();
        const auto pictures = window_->record().frames().wholePictures(0);
        window_->settings().setSeed(6);
        click("generateButton");
        QVERIFY(QTest::qWaitFor([&] { return window_->controller().running(); }));
        QVERIFY(waitFor(State::Done));
        QVERIFY(codes() != first);

        auto *panel = find<LibraryPanel>("libraryPanel");
        auto *gallery = find<QListView>("libraryGallery");
        window_->docks().reveal("libraryDock");
        QTRY_COMPARE(gallery->model()->rowCount(), 2);
        panel->choose(1);
        QTRY_VERIFY(find<QPushButton>("runShowButton")->isEnabled());
        click("runShowButton");
        QVERIFY(waitFor(State::Recorded));
        QCOMPARE(codes(), first);
        QCOMPARE(window_->record().frames().wholeFrames(), 3);
        QVERIFY(window_->record().frames().wholePictures(0)[2]->rgb == pictures[2]->rgb);
        QVERIFY(!window_->findChild<QAction *>("continueAction")->isEnabled());
        QVERIFY(window_->findChild<QAction *>("saveVideoAction")->isEnabled());

        click("runUseSettingsButton");
        QCOMPARE(window_->settings().seed(), std::uint64_t{5});
    }

    void whileARunGoesOnNothingElseIsShown()
    {
        start(2);
        QVERIFY(waitFor(State::Done));
        startAndHold(3, stride);
        auto *panel = find<LibraryPanel>("libraryPanel");
        emit panel->showAsked(1); // as by Enter
        QVERIFY(banner().contains("A run is going on"));
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Done));
        QCOMPARE(window_->record().trace().tokens(), 3 * stride);
    }

    void closingTheWindowKeepsWhatThereIs()
    {
        startAndHold(3, stride + 2);
        shaky_.holdsAt = FailingDevice::never; // the window waits for its engine
        window_.reset();
        const Library library = *Library::openToRead(folder());
        const RunEntry entry = *library.entry(1);
        QVERIFY(entry.state == RunState::Cancelled);
        QVERIFY(entry.tokens >= stride + 2);
    }

    void aDiskThatRefusesEndsTheKeepingNotTheRun()
    {
        startAndHold(4, stride + 2);
        const auto frames = RunFolder(folder(), 1).path() / "frames";
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(frames / "1-0001.png"), 60000);
        std::filesystem::remove_all(frames);
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Done));
        QTRY_VERIFY(banner().contains("not kept any further"));
        QCOMPARE(window_->record().frames().wholeFrames(), 4);
        const auto entry = waitForEntry(RunState::Interrupted);
        QVERIFY(entry.has_value());
        QVERIFY(!entry->reason.empty());
    }

    void theMenusAboveAComparisonOfferTheLibrarysRuns()
    {
        keepTwoRuns();
        open(folder()); // nothing is shown
        openMenuOf("sourceA");
        const auto *second = find<QAction>("chooseKept2A");
        QVERIFY2(second->text().startsWith("Run 2: a red kite · dense\tToday"), qPrintable(second->text()));
        find<QAction>("chooseKept1A")->trigger();
        find<QAction>("chooseKept2B")->trigger(); // read by the other menu
        QVERIFY(compared());
        QCOMPARE(comparison().source(Side::A).title, QStringLiteral("run 1 of the library"));
        QCOMPARE(comparison().run(Side::A)->settings->frames, 2);
        QCOMPARE(comparison().run(Side::B)->settings->frames, 3);
        QVERIFY(find<QToolButton>("sourceB")->accessibleDescription().contains("run 2 of the library"));
    }

    void aDamagedRunIsToldOfOnItsSide()
    {
        keepTwoRuns();
        open(folder()); // nothing is shown
        std::filesystem::resize_file(RunFolder(folder(), 1).trace(), 100);
        openMenuOf("sourceA");
        find<QAction>("chooseKept1A")->trigger();
        find<QAction>("chooseKept2B")->trigger();
        QVERIFY(QTest::qWaitFor([&] { return !comparison().busy() && comparison().run(Side::B); }, 20000));
        const QString told = comparison().unread(Side::A);
        QVERIFY2(told.contains("run 1 of the library") && told.contains("cut off or damaged"),
                 qPrintable(told));
        QVERIFY(comparison().unread(Side::B).isEmpty());
        QTRY_COMPARE(find<ComparePage>("comparePage")->view().scene().whyNoA, told);
        find<QAction>("chooseKept2A")->trigger();
        QVERIFY(compared());
        QVERIFY(comparison().unread(Side::A).isEmpty());
    }

    void anyRunOfTheLibraryIsLookedFor()
    {
        keepTwoRuns();
        find<QAction>("comparePageAction")->trigger();
        find<QAction>("chooseLibraryB")->trigger();
        auto *chooser = find<QDialog>("runChooser");
        QVERIFY(QTest::qWaitForWindowExposed(chooser));
        auto *choose = chooser->findChild<QPushButton *>("runChooserChoose");
        auto *gallery = chooser->findChild<QListView *>("libraryGallery");
        QTRY_COMPARE(gallery->model()->rowCount(), 2);
        QVERIFY(!choose->isEnabled());
        gallery->setCurrentIndex(gallery->model()->index(1, 0)); // the older one
        QTRY_VERIFY(choose->isEnabled());
        QTest::mouseClick(choose, Qt::LeftButton);
        QCOMPARE(comparison().source(Side::B).title, QStringLiteral("run 1 of the library"));
        QTRY_VERIFY(!window_->findChild<QDialog *>("runChooser"));
    }

    void withoutALibraryTheMenusOfferNone()
    {
        open({});
        openMenuOf("sourceA");
        QVERIFY(!find<QAction>("chooseLibraryA")->isVisible());
        QVERIFY(!window_->findChild<QAction *>("keptNoteA"));

        std::filesystem::create_directory(folder("damaged"));
        QFile database(QString::fromStdString(libraryDatabase(folder("damaged")).string()));
        QVERIFY(database.open(QIODevice::WriteOnly) && database.write(QByteArray(8192, 'x')) == 8192);
        database.close();
        open(folder("damaged"));
        openMenuOf("sourceA");
        QTRY_COMPARE(find<QAction>("keptNoteA")->text(), QStringLiteral("The library cannot be read"));
        QVERIFY(find<QAction>("keptNoteA")->toolTip().size() > 20); // with the reason
    }

    void aLibraryThatCannotBeOpenedIsExplained()
    {
        QFile file(place_->filePath("file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        open(folder("file"));
        QTRY_VERIFY(banner().contains("Runs are not kept"));
        start(2);
        QVERIFY(waitFor(State::Done));
    }
};

QTEST_MAIN(TestKeptRuns)
#include "test_kept_runs.moc"
