// SPDX-License-Identifier: Apache-2.0
//
// The library's panel over real libraries, by the names of its controls.
#include "tests/library/kept_runs.h"
#include "tests/ui/named_control.h"
#include "ui/library/library_model.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_gallery.h"
#include "ui/library/run_tile_delegate.h"
#include "ui/library/run_words.h"
#include "ui/library/star_rating.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace fastcar;
using namespace fastcar::kept_runs;
using namespace fastcar::ui;

class TestLibraryPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> place_;
    std::unique_ptr<RunSettingsModel> settings_;
    std::unique_ptr<LibraryPanel> panel_;

    std::filesystem::path folder() const { return place_->filePath("library").toStdString(); }
    Library library() const { return must(Library::open(folder())); }

    template <typename T>
    T *find(const char *name) const
    {
        return namedControl<T>(*panel_, name);
    }
    RunGallery &gallery() const { return *find<RunGallery>("libraryGallery"); }
    LibraryModel &model() const { return *qobject_cast<LibraryModel *>(gallery().model()); }
    void click(const char *button) const { QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton); }
    void choose(RunId run) const { panel_->choose(run); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }

    RunId keep(const char *prompt, int tokens = wholeTokens) const
    {
        Library kept = library();
        RunSettings settings = events::settings();
        settings.prompt = prompt;
        const auto run = must(kept.begin(events::shape, settings, "made"));
        feed(*run, 0, tokens);
        must(run->end(tokens == wholeTokens ? RunState::Done : RunState::Cancelled));
        return run->id();
    }

    /// The panel over what is in the library, when it has counted it.
    void open()
    {
        panel_ = std::make_unique<LibraryPanel>(*settings_);
        panel_->resize(300, 760);
        QSignalSpy refreshed(&model(), &LibraryModel::refreshed);
        QSignalSpy failed(&model(), &LibraryModel::failed);
        panel_->open(folder());
        panel_->show();
        QVERIFY(QTest::qWaitFor([&] { return refreshed.count() + failed.count() > 0; }));
    }

    /// What is asked for is done, and the panel shows it.
    void settle() const
    {
        QSignalSpy refreshed(&model(), &LibraryModel::refreshed);
        QVERIFY(refreshed.wait());
        QVERIFY(QTest::qWaitFor(
            [this] { return model().rowCount() == 0 || model().entry(model().index(0)) != nullptr; }));
        QCoreApplication::processEvents();
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }

    void init()
    {
        place_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<RunSettingsModel>();
    }
    void cleanup() { panel_.reset(); }

    void tilesAreAsMuchLargerAsTheirText()
    {
        open();
        const auto *gallery = panel_->findChild<QListView *>(QStringLiteral("libraryGallery"));
        const QSize usual = gallery->gridSize();
        applyTheme(*qApp, ThemeName::Dark, 1.3);
        const QSize larger = gallery->gridSize();
        applyTheme(*qApp, ThemeName::Dark);
        QVERIFY(larger.height() > 1.25 * usual.height());
        QCOMPARE(gallery->gridSize(), usual);
    }

    void anEmptyLibrarySaysWhatWouldFillIt()
    {
        open();
        QVERIFY(text("libraryEmptyTitle").contains("Nothing has been made"));
        QVERIFY(text("libraryEmptyText").contains("Generate"));
        QVERIFY(!find<QPushButton>("libraryEmptyClearButton")->isVisible());
        const RunId run = keep("a cat");
        panel_->refresh(run);
        settle();
        QVERIFY(gallery().isVisible());
        QVERIFY(text("libraryUse").startsWith("1 run"));
    }

    void whatIsDoneWithARunStaysInSight()
    {
        keep("a cat");
        open();
        panel_->resize(300, 560);
        QTRY_VERIFY(find<QPushButton>("runShowButton")->isVisible());
        QCoreApplication::processEvents();
        for (const char *button :
             {"runShowButton", "runUseSettingsButton", "runUseSeedButton", "runDeleteButton"})
            QCOMPARE(find<QPushButton>(button)->visibleRegion().boundingRect().size(),
                     find<QPushButton>(button)->size());
    }

    void whatIsKnownOfARunHasMoreRoomThanItsButtons()
    {
        keep("a cat");
        open();
        panel_->resize(300, 700);
        QTRY_VERIFY(find<QPushButton>("runShowButton")->isVisible());
        QCoreApplication::processEvents();
        std::set<int> lines;
        for (const auto *button : find<QWidget>("runDetails")->findChildren<QPushButton *>())
            if (button->isVisible())
                lines.insert(button->mapTo(panel_.get(), button->rect().center()).y());
        QCOMPARE(lines.size(), std::size_t{2});
    }

    void aTargetIsToldAsOne()
    {
        RunSettings run, now;
        run.replay.target = ReplayTarget{.ratio = 0.4f};
        for (const SettingWords &line : settingWords(run, now))
            if (line.name == QLatin1String("Replay"))
                QVERIFY2(line.value.startsWith(QLatin1String("target 40 %")), qPrintable(line.value));
    }

    void everyControlHasANameForAssistiveTechnology()
    {
        keep("a cat");
        open();
        for (const QWidget *control : panel_->findChildren<QWidget *>()) {
            if (control->focusPolicy() == Qt::NoFocus || control->objectName().startsWith("qt_"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(control);
            const bool named = !control->accessibleName().isEmpty() ||
                               (button && !button->text().isEmpty()) || control->inherits("QScrollArea") ||
                               control->inherits("QSplitter") ||
                               control->parentWidget()->inherits("QAbstractSpinBox") ||
                               control->parentWidget()->inherits("QComboBox") ||
                               control->inherits("QComboBoxListView") || // named by its box
                               control->parentWidget()->inherits("QLineEdit");
            QVERIFY2(named, qPrintable(control->objectName() + " " + control->metaObject()->className()));
        }
    }

    void aChosenRunIsDescribedAndTouchesNothing()
    {
        const RunId cat = keep("a cat on a beach");
        keep("a dog");
        open();
        QCOMPARE(model().rowCount(), 2);
        settings_->setPrompt("what I am writing");
        settings_->setSeed(77);
        const RunSettings before = settings_->settings();
        choose(cat);
        QTRY_VERIFY(text("runPrompt").contains("a cat on a beach"));
        QVERIFY(text("runFacts").contains("made"));
        QVERIFY(text("runSettings").contains("(now 77)")); // the seed is another one
        QVERIFY(!find<QPushButton>("runContinueButton")->isVisible());
        QVERIFY(settings_->settings() == before);

        QSignalSpy wanted(panel_.get(), &LibraryPanel::settingsWanted);
        click("runUseSettingsButton");
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<RunSettings>().prompt, std::string("a cat on a beach"));
        QSignalSpy seed(panel_.get(), &LibraryPanel::seedWanted);
        click("runUseSeedButton");
        QCOMPARE(seed[0][0].toULongLong(), quint64{events::settings().seed});
        QSignalSpy shown(panel_.get(), &LibraryPanel::showAsked);
        click("runShowButton");
        QCOMPARE(shown[0][0].value<RunId>(), cat);
        QSignalSpy compared(panel_.get(), &LibraryPanel::compareAsked);
        click("runCompareButton");
        QCOMPARE(compared[0][0].value<RunId>(), cat);
    }

    void wordsAndFiltersNarrow()
    {
        const RunId cat = keep("a cat on a beach");
        keep("a dog");
        const RunId half = keep("a bird", 8);
        must(library().rate(cat, 4));
        open();
        QCOMPARE(model().rowCount(), 3);
        QTest::keyClicks(find<QLineEdit>("librarySearch"), "beach ca");
        settle();
        QCOMPARE(model().rowCount(), 1);
        QCOMPARE(model().idOf(model().index(0)), cat);
        find<QLineEdit>("librarySearch")->setText("nothing of that kind");
        settle();
        QVERIFY(text("libraryEmptyTitle").contains("No run is like that"));
        click("libraryEmptyClearButton");
        settle();
        QCOMPARE(model().rowCount(), 3);

        click("libraryFiltersButton");
        find<QComboBox>("libraryState")->setCurrentText("Can go on");
        settle();
        QCOMPARE(model().rowCount(), 1);
        QCOMPARE(model().idOf(model().index(0)), half);
        QVERIFY(find<QToolButton>("libraryFiltersButton")->text().contains("1"));
        find<QComboBox>("libraryState")->setCurrentIndex(0);
        find<QComboBox>("libraryStars")->setCurrentIndex(1);
        settle();
        QCOMPARE(model().rowCount(), 1);
        click("libraryClearButton");
        find<QComboBox>("libraryOrder")->setCurrentText("By prompt");
        settle();
        QTRY_COMPARE(model().idOf(model().index(0)), half);
    }

    void theFootSaysHowManyOfThemAreFound()
    {
        const RunId cat = keep("a cat on a beach");
        keep("a dog");
        keep("a bird");
        open();
        QVERIFY(text("libraryUse").startsWith("3 runs, "));
        find<QLineEdit>("librarySearch")->setText("beach");
        settle();
        QCOMPARE(text("libraryUse"), QStringLiteral("1 of 3 runs"));
        QVERIFY(find<QLabel>("libraryUse")->toolTip().startsWith("3 runs, "));
        panel_->remove(cat);
        settle();
        QCOMPARE(text("libraryUse"), QStringLiteral("0 of 2 runs"));
        find<QComboBox>("libraryState")->setCurrentText("Deleted");
        settle();
        QVERIFY(text("libraryUse").startsWith("1 deleted run, "));
        find<QLineEdit>("librarySearch")->setText("dog");
        settle();
        QCOMPARE(text("libraryUse"), QStringLiteral("0 of 1 deleted run"));
        click("libraryEmptyClearButton");
        settle();
        QVERIFY(text("libraryUse").startsWith("2 runs, "));
    }

    void unseenItAsksNothingOfTheLibrary()
    {
        keep("a cat");
        open();
        QSignalSpy refreshed(&model(), &LibraryModel::refreshed);
        const auto hideAndShow = [&](auto hide, auto show) {
            hide();
            const RunId more = keep("a dog");
            for (int i = 0; i < 20; ++i)
                panel_->refresh(more);
            panel_->choose(more);
            QTest::qWait(300);
            QCOMPARE(refreshed.count(), 0);
            show();
            QVERIFY(refreshed.wait());
            QCOMPARE(gallery().current(), more);
            refreshed.clear();
        };
        hideAndShow([&] { panel_->hide(); }, [&] { panel_->show(); });
        hideAndShow([&] { panel_->setInFront(false); }, [&] { panel_->setInFront(true); });
        QCOMPARE(model().rowCount(), 3);
    }

    void aRunThatSaysMuchIsReadNowAndThen()
    {
        const RunId run = keep("a cat");
        open();
        QSignalSpy refreshed(&model(), &LibraryModel::refreshed);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 600) {
            panel_->refresh(run);
            QTest::qWait(10);
        }
        // Every 250 ms, and the first one at once.
        QVERIFY2(refreshed.count() >= 1 && refreshed.count() <= 4,
                 qPrintable(QString::number(refreshed.count())));
    }

    void keysAndClicksRate()
    {
        const RunId run = keep("a cat");
        open();
        choose(run);
        QTRY_VERIFY(model().entry(model().index(0)));
        QTest::keyClick(&gallery(), Qt::Key_4);
        settle();
        QCOMPARE(must(library().entry(run)).rating, 4);
        QTRY_COMPARE(find<StarRating>("runStars")->stars(), 4);

        const QRect tile = gallery().visualRect(model().index(0));
        QPoint second;
        for (int x = tile.left(); x < tile.right() && second.isNull(); ++x)
            for (int y = tile.top(); y < tile.bottom() && second.isNull(); ++y)
                if (RunTileDelegate::starAt(tile, {x, y}) == 2)
                    second = {x + 3, y + 5};
        QTest::mouseClick(gallery().viewport(), Qt::LeftButton, {}, second);
        settle();
        QCOMPARE(must(library().entry(run)).rating, 2);
        QTest::keyClick(find<StarRating>("runStars"), Qt::Key_5);
        settle();
        QCOMPARE(must(library().entry(run)).rating, 5);
        QTest::keyClick(&gallery(), Qt::Key_0);
        settle();
        QCOMPARE(must(library().entry(run)).rating, 0);
    }

    void aNoteIsKept()
    {
        const RunId run = keep("a cat");
        open();
        choose(run);
        QTRY_VERIFY(find<QLineEdit>("runNote")->isVisible());
        QTest::keyClicks(find<QLineEdit>("runNote"), "for the talk");
        QTest::keyClick(find<QLineEdit>("runNote"), Qt::Key_Return);
        settle();
        QCOMPARE(must(library().entry(run)).note, std::string("for the talk"));
    }

    void aDeletedRunComesBack()
    {
        const RunId cat = keep("a cat");
        const RunId dog = keep("a dog");
        open();
        choose(cat);
        QTest::keyClick(&gallery(), Qt::Key_Delete);
        settle();
        QCOMPARE(model().rowCount(), 1);
        QVERIFY(text("libraryUndoText").contains("1 run deleted"));
        find<QWidget>("libraryUndoButton")->setFocus();
        click("libraryUndoButton");
        settle();
        QCOMPARE(model().rowCount(), 2);
        QVERIFY(!find<QWidget>("libraryUndo")->isVisible());
        QCOMPARE(gallery().window()->focusWidget(), &gallery()); // and not the clean-up

        choose(cat);
        QTest::keyClick(&gallery(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(gallery().chosen(), (std::vector<RunId>{dog, cat}));
        QVERIFY(text("runPrompt").contains("and 1 more"));
        click("runDeleteButton");
        settle();
        QCOMPARE(model().rowCount(), 0);
        find<QComboBox>("libraryState")->setCurrentText("Deleted");
        settle();
        QCOMPARE(model().rowCount(), 2);
        choose(dog);
        QTRY_VERIFY(find<QPushButton>("runRestoreButton")->isVisible());
        click("runRestoreButton");
        settle();
        QCOMPARE(must(library().count({})), 1);
    }

    void anUnfinishedRunOffersToGoOn()
    {
        const RunId run = keep("a cat", 8);
        open();
        choose(run);
        QTRY_VERIFY(find<QPushButton>("runContinueButton")->isVisible());
        QVERIFY(text("runState").contains("Cancelled at 8 of 24 tokens"));
        QSignalSpy asked(panel_.get(), &LibraryPanel::continueAsked);
        panel_->setRunning(true);
        QVERIFY(!find<QPushButton>("runContinueButton")->isEnabled());
        QVERIFY(!find<QPushButton>("runShowButton")->isEnabled());
        panel_->setRunning(false);
        click("runContinueButton");
        QCOMPARE(asked[0][0].value<RunId>(), run);
    }

    void theChosenRunStaysChosenWhenOthersAppear()
    {
        const RunId cat = keep("a cat");
        open();
        choose(cat);
        QSignalSpy reset(&model(), &QAbstractItemModel::modelReset);
        panel_->refresh(keep("a dog"));
        settle();
        QCOMPARE(model().rowCount(), 2);
        QCOMPARE(gallery().current(), cat);
        QCOMPARE(model().indexOf(cat).row(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void aCleanUpTakesAwayWhatItSaid()
    {
        keep("a cat");
        const RunId rated = keep("a dog");
        must(library().rate(rated, 3));
        open();
        click("libraryCleanUpButton");
        auto *dialog = find<QDialog>("cleanUpDialog");
        auto *plan = dialog->findChild<QLabel *>("cleanPlan");
        auto *clean = dialog->findChild<QPushButton *>("cleanButton");
        QTRY_VERIFY(plan->text().contains("nothing"));
        QVERIFY(!clean->isEnabled());
        dialog->findChild<QCheckBox *>("cleanOld")->setChecked(true);
        dialog->findChild<QSpinBox *>("cleanDays")->setValue(0);
        QTRY_VERIFY(plan->text().contains("1 run"));
        clean->click();
        settle();
        QCOMPARE(model().rowCount(), 1);
        QVERIFY(!std::filesystem::exists(RunFolder(folder(), 1).path()));
        QCOMPARE(must(library().entry(rated)).rating, 3);
    }

    void aDamagedLibraryIsExplained()
    {
        std::filesystem::create_directories(folder());
        QFile database(QString::fromStdString(libraryDatabase(folder()).string()));
        QVERIFY(database.open(QIODevice::WriteOnly));
        database.write(QByteArray(4096, 'x'));
        database.close();
        open();
        QVERIFY(text("libraryEmptyTitle").contains("cannot be used"));
        QVERIFY(text("libraryEmptyText").contains("is damaged"));
        QVERIFY(!find<QToolButton>("libraryCleanUpButton")->isEnabled());
    }

    void tenThousandRunsAreReadAsTheyAreSeen()
    {
        constexpr int many = 10'000;
        keep("a cat");
        {
            auto database = must(Database::open(libraryDatabase(folder()), Database::Access::Write));
            must(database.runAll(
                "WITH RECURSIVE more(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < " +
                std::to_string(many) +
                ") INSERT INTO runs (id, made_ms, state, prompt, settings, model_name, "
                "model_digest, device, videos, total_tokens) SELECT n, n, 'done', 'run ' || n, "
                "'{}', 'made', '', 'cpu', 1, 24 FROM more"));
        }
        open();
        QCOMPARE(model().rowCount(), many);
        QTRY_VERIFY(model().entry(model().index(0)));
        QVERIFY(!model().entry(model().index(many / 2)));
        QTest::qWait(1); // that wish is taken back when the view asks for others
        gallery().verticalScrollBar()->setValue(gallery().verticalScrollBar()->maximum());
        QTRY_VERIFY(model().entry(model().index(many - 1)));
        QCOMPARE(model().entry(model().index(many - 1))->id, 2);
        QVERIFY(!model().entry(model().index(many / 4)));
    }
};

QTEST_MAIN(TestLibraryPanel)
#include "test_library_panel.moc"
