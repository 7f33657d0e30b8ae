// SPDX-License-Identifier: Apache-2.0
//
// Runs of the library where they are met besides its panel: gone on with by another program, in a file that
// is dropped, in the menus above a comparison.
#include "tests/ui/kept_runs_window.h"
#include "ui/compare/compare_view.h"

#include <QDialog>

using namespace fastcar;
using namespace fastcar::ui;

class TestKeptRunsElsewhere : public QObject, private KeptRunsWindow {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("FASTCAR_MODEL");
        applyTheme(*qApp, ThemeName::Dark);
    }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
};

QTEST_MAIN(TestKeptRunsElsewhere)
#include "test_kept_runs_elsewhere.moc"
