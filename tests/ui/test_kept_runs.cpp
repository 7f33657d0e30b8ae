// SPDX-License-Identifier: Apache-2.0
//
// Every run is kept while it goes, survives the end of the program, and is found again.
#include "tests/ui/kept_runs_window.h"
#include "ui/library/library_model.h"
#include "ui/window/panel_docks.h"

using namespace fastcar;
using namespace fastcar::ui;

class TestKeptRuns : public QObject, private KeptRunsWindow {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("FASTCAR_MODEL");
        applyTheme(*qApp, ThemeName::Dark);
    }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
