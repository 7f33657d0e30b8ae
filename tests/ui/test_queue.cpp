// SPDX-License-Identifier: Apache-2.0
//
// The queue: first as a model, then through the controls of the real window with the golden checkpoint.
#include "tests/ui/cut_words.h"
#include "tests/ui/queue_window.h"
#include "ui/compare/compare_page.h"
#include "ui/prompt/prompt_edit.h"
#include "ui/queue/queue_delegate.h"
#include "ui/window/message_banner.h"
#include "ui/window/panel_docks.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <filesystem>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestQueue : public QObject, private QueueWindow {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeFolder(); }
    void cleanup() { window_.reset(); }

    void aTargetIsToldAsOne();
    void settingsThatNeedTwoLinesShareThem();
    void aLongPromptHasTwoLines();
    void runsWaitInTheirOrder();
    void theQueueOutlivesTheProgram();
    void aQueueThatCannotBeReadIsKeptAside();
    void whatIsDoneAsOneChangeIsToldOfOnce();

    void theSeedOfTheRunIsTaken();
    void greedyLeavesNothingToDraw();
    void severalRunsHaveSeedsThatFollow();
    void aRunThatBeginsAtOnceNeverWaits();
    void ctrlEnterAddsToTheQueueWhileARunGoes();
    void theOrderIsChangedByKeysAndByDragging();
    void cancelHoldsAndRemoveGoesOn();
    void startingOverIsOneClick();
    void aRunThatCannotBeginStaysWithItsReason();
    void aRunOfAnotherModelIsMadeWhenItsTurnComes();
    void afterARestartTheQueueWaitsToBeToldToGoOn();
    void aRunThatIsAddedToAHeldQueueIsToldOf();

private:
    /// Starts a run that is long enough to do something meanwhile, and holds it.
    void startLongRun();
    void openWithALastTimesQueue();
    QStringList prompts()
    {
        QStringList list;
        for (int row = 0; row < queue().size(); ++row)
            list += QString::fromStdString(queue().at(row).settings.prompt);
        return list;
    }
};

void TestQueue::startLongRun()
{
    window_->settings().setPrompt(QStringLiteral("long"));
    find<QSpinBox>("framesSpin")->setValue(1000);
    click("generateButton");
    click("pauseButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Paused; }, 60000));
    find<QSpinBox>("framesSpin")->setValue(1);
}

/// A run was going on when the window closed, and "later" waited behind it.
void TestQueue::openWithALastTimesQueue()
{
    open();
    startLongRun();
    window_->settings().setPrompt(QStringLiteral("later"));
    click("generateButton");
    window_->close();
    open();
}

void TestQueue::aTargetIsToldAsOne()
{
    RunSettings settings;
    settings.seed = 7;
    QVERIFY(settingsLine(settings).startsWith(QStringLiteral("seed 7 · dense")));
    settings.replay.target = ReplayTarget{.ratio = 0.4f};
    QVERIFY2(settingsLine(settings).contains(QStringLiteral("target 40 %")),
             qPrintable(settingsLine(settings)));
}

/// No word stands alone in the second one, and the first does not end in what parts them.
void TestQueue::settingsThatNeedTwoLinesShareThem()
{
    const QFontMetrics metrics(qApp->font());
    const QString text = QStringLiteral("seed 4711471103 · τ by layer · 8 frames · cpu:f16");
    const int all = metrics.horizontalAdvance(text);
    QCOMPARE(inEvenLines(text, metrics, all), text);
    QCOMPARE(inEvenLines(text, metrics, all - 1),
             QStringLiteral("seed 4711471103 · τ by layer\n8 frames · cpu:f16"));
    const int longest = metrics.horizontalAdvance(QStringLiteral("seed 4711471103"));
    QCOMPARE(inEvenLines(text, metrics, longest), text); // broken between words as it is painted
}

/// Runs are told apart by their prompts.
void TestQueue::aLongPromptHasTwoLines()
{
    open();
    startLongRun();
    queue().add(named("a small ghost moves to the left on the grass, and a red car follows"));
    auto *list = find<QListView>("queueList");
    window_->docks().reveal(QStringLiteral("queueDock"));
    QTRY_VERIFY(list->isVisible() && list->visualRect(queue().index(1)).isValid());
    const QString words = wordsOf(*list->viewport()).join(QLatin1Char(' '));
    QVERIFY2(words.contains(QStringLiteral("follows")), qPrintable(words));
    QVERIFY2(!words.contains(QChar(0x2026)), qPrintable(words));
    QCOMPARE(cutWordsOf(*list->viewport()), QStringList());
    click("queueClear");
    click("cancelButton");
    waitUntilNothingRuns();
}

void TestQueue::runsWaitInTheirOrder()
{
    RunQueue queue({});
    queue.add(named("a"), 3);
    queue.add(named("b"));
    queue.add(named("first"), 1, true);
    QCOMPARE(queue.waiting(), 5);
    QCOMPARE(queue.at(*queue.next()).settings.prompt, std::string("first"));
    QCOMPARE(queue.at(1).settings.seed + 2, queue.at(3).settings.seed);
    queue.start(0);
    QVERIFY(queue.running());
    QVERIFY(!queue.move(0, 1)); // it is going on
    QVERIFY(queue.move(4, -3));
    QCOMPARE(queue.at(1).settings.prompt, std::string("b"));
    QVERIFY(!queue.move(1, -1)); // before the one that is going on there is no place
    QVERIFY(queue.move(1, 99) || queue.move(1, 3));
    QCOMPARE(queue.at(4).settings.prompt, std::string("b"));
    queue.end(RunQueue::State::Failed, QStringLiteral("no room"));
    QCOMPARE(queue.size(), 5);
    QCOMPARE(queue.at(4).reason, QStringLiteral("no room"));
    QVERIFY(!queue.running());
    queue.start(0);
    queue.finish(); // done: it leaves
    QCOMPARE(queue.size(), 4);
    queue.retry(3);
    QCOMPARE(queue.waiting(), 4);
    QVERIFY(queue.at(3).reason.isEmpty());
    queue.removeWaiting();
    QCOMPARE(queue.size(), 0);
    QVERIFY(!queue.next());
}

void TestQueue::theQueueOutlivesTheProgram()
{
    {
        RunQueue queue(file("queue.json"));
        RunSettings settings = named("going on");
        settings.seed = 18'446'744'073'709'551'615ULL; // no figure of it may be lost
        settings.replay.thresholds = {0.5f, std::nullopt};
        queue.add(settings);
        queue.add(named("waits"));
        queue.add(named("failed"));
        queue.start(2);
        queue.end(RunQueue::State::Failed, QStringLiteral("the card fell out"));
        queue.start(0);
    } // as if the program had crashed here: nothing was said to the queue
    RunQueue again(file("queue.json"));
    QCOMPARE(again.size(), 3);
    QVERIFY(!again.running());
    QCOMPARE(again.at(0).settings.prompt, std::string("waits"));
    QCOMPARE(again.at(1).state, RunQueue::State::Interrupted);
    QCOMPARE(again.at(1).settings.seed, 18'446'744'073'709'551'615ULL);
    QVERIFY(!again.at(1).reason.isEmpty());
    QCOMPARE(again.at(2).reason, QStringLiteral("the card fell out"));
}

void TestQueue::whatIsDoneAsOneChangeIsToldOfOnce()
{
    RunQueue queue(file("queue.json"));
    QSignalSpy changed(&queue, &RunQueue::changed);
    {
        const RunQueue::OneChange outer(queue);
        queue.add(named("first"));
        {
            const RunQueue::OneChange inner(queue);
            queue.start(0);
        }
        QCOMPARE(changed.count(), 0);
    }
    QCOMPARE(changed.count(), 1);
    QCOMPARE(RunQueue(file("queue.json")).at(0).state, RunQueue::State::Interrupted); // it was written
    {
        const RunQueue::OneChange nothing(queue);
    }
    QCOMPARE(changed.count(), 1);
}

void TestQueue::aQueueThatCannotBeReadIsKeptAside()
{
    QFile broken(file("queue.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("[{\"settings\":");
    broken.close();
    RunQueue queue(file("queue.json"));
    QCOMPARE(queue.size(), 0);
    QVERIFY(queue.loadError().contains(QStringLiteral("queue.json.unreadable")));
    queue.add(named("new"));
    QVERIFY(QFile::exists(file("queue.json.unreadable")));
    QCOMPARE(RunQueue(file("queue.json")).size(), 1);
}

void TestQueue::theSeedOfTheRunIsTaken()
{
    open();
    QVERIFY(!find<QToolButton>("seedOfRun")->isEnabled());
    window_->settings().setSeedLocked(false);
    click("generateButton");
    waitUntilNothingRuns();
    const auto seed = window_->controller().settings().seed;
    click("seedRandom");
    QVERIFY(window_->settings().seed() != seed);
    click("seedOfRun");
    QCOMPARE(window_->settings().seed(), seed);
    QVERIFY(window_->settings().seedLocked());
    const auto *lock = find<QToolButton>("seedLock");
    const qint64 closed = lock->icon().cacheKey();
    click("seedLock");
    QVERIFY(lock->icon().cacheKey() != closed); // the lock is seen to be open
}

void TestQueue::greedyLeavesNothingToDraw()
{
    open();
    click("greedyCheck");
    QVERIFY(window_->settings().sampler().greedy);
    QVERIFY(!find<QWidget>("temperatureSpin")->isEnabled());
    click("generateButton");
    waitUntilNothingRuns();
    const auto codes = window_->controller().result()->codes;
    window_->settings().setSeed(12345);
    click("generateButton");
    waitUntilNothingRuns();
    QCOMPARE(window_->controller().result()->codes, codes);
}

void TestQueue::severalRunsHaveSeedsThatFollow()
{
    open();
    std::vector<std::uint64_t> seeds;
    connect(&window_->record(), &RunRecord::began, this,
            [&] { seeds.push_back(window_->record().trace().settings().seed); });
    find<QSpinBox>("runsSpin")->setValue(3);
    click("generateButton");
    QCOMPARE(queue().size(), 3);
    waitUntilNothingRuns();
    QCOMPARE(seeds, (std::vector<std::uint64_t>{40, 41, 42}));
    QCOMPARE(queue().size(), 0);
}

/// A line of the panel that comes and goes again lays the window out twice, while the run begins.
void TestQueue::aRunThatBeginsAtOnceNeverWaits()
{
    open();
    int changes = 0, waited = 0;
    connect(&queue(), &RunQueue::changed, window_.get(), [&] {
        ++changes;
        waited += queue().waiting();
    });
    click("generateButton");
    QCOMPARE(changes, 1);
    QCOMPARE(waited, 0);
    QVERIFY(queue().running());
    waitUntilNothingRuns();
}

void TestQueue::ctrlEnterAddsToTheQueueWhileARunGoes()
{
    open();
    startLongRun();
    window_->settings().setPrompt(QStringLiteral("second"));
    auto *prompt = find<PromptEdit>("promptEdit");
    QApplication::setActiveWindow(window_.get());
    prompt->setFocus();
    QTest::keyClick(prompt, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(prompts(), QStringList({"long", "second"}));
    QVERIFY(find<QLabel>("queueLabel")->isVisible());
    QVERIFY(find<QLabel>("queueLabel")->text().contains(QStringLiteral("1 run waits")));
    QCOMPARE(window_->record().trace().settings().prompt, std::string("long")); // and it is not disturbed
    click("pauseButton");
    waitUntilNothingRuns();
    QCOMPARE(window_->record().trace().settings().prompt, std::string("second"));
    QCOMPARE(window_->controller().state(), State::Done);
}

void TestQueue::theOrderIsChangedByKeysAndByDragging()
{
    open();
    startLongRun();
    for (const char *prompt : {"one", "two", "three"}) {
        window_->settings().setPrompt(QString::fromUtf8(prompt));
        click("generateButton");
    }
    auto *list = find<QListView>("queueList");
    list->setCurrentIndex(queue().index(3));
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(prompts(), QStringList({"long", "one", "three", "two"}));
    QCOMPARE(list->currentIndex().row(), 2); // it goes along
    // What a drag asks of the model, before "one" and, too far, before the one that is going on.
    QVERIFY(queue().moveRow({}, 3, {}, 1));
    QCOMPARE(prompts(), QStringList({"long", "two", "one", "three"}));
    QVERIFY(queue().moveRow({}, 3, {}, 0));
    QCOMPARE(prompts(), QStringList({"long", "three", "two", "one"}));
    list->setCurrentIndex(queue().index(2));
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(prompts(), QStringList({"long", "three", "one"}));
    click("queueClear");
    QCOMPARE(prompts(), QStringList({"long"}));
    click("cancelButton");
    waitUntilNothingRuns();
}

void TestQueue::cancelHoldsAndRemoveGoesOn()
{
    open();
    startLongRun();
    window_->settings().setPrompt(QStringLiteral("next"));
    click("generateButton");
    click("cancelButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Cancelled; }, 60000));
    QTest::qWait(50);
    QVERIFY(!window_->controller().running()); // what came of it is to be seen
    QCOMPARE(prompts(), QStringList({"next", "long"}));
    QVERIFY(queue().at(1).reason.contains(QStringLiteral("token")));
    click("queueHold"); // go on
    waitUntilNothingRuns();
    QCOMPARE(prompts(), QStringList({"long"}));

    startLongRun();
    window_->settings().setPrompt(QStringLiteral("last"));
    click("generateButton");
    find<QListView>("queueList")->setCurrentIndex(queue().index(0));
    click("queueRemove"); // the one that is going on
    waitUntilNothingRuns();
    QCOMPARE(window_->record().trace().settings().prompt, std::string("last"));
}

void TestQueue::startingOverIsOneClick()
{
    open();
    startLongRun();
    window_->settings().setPrompt(QStringLiteral("waits"));
    click("generateButton");
    window_->settings().setPrompt(QStringLiteral("better"));
    std::vector<std::string> began;
    connect(&window_->record(), &RunRecord::began, this,
            [&] { began.push_back(window_->record().trace().settings().prompt); });
    click("restartButton");
    waitUntilNothingRuns();
    QCOMPARE(began, (std::vector<std::string>{"better", "waits"}));
    QCOMPARE(prompts(), QStringList({"long"}));
    QCOMPARE(queue().at(0).state, RunQueue::State::Cancelled);
}

void TestQueue::aRunThatCannotBeginStaysWithItsReason()
{
    open();
    RunSettings nowhere = window_->settings().settings();
    nowhere.modelFolder = file("no-model").toStdString();
    startLongRun();
    queue().add(nowhere);
    window_->settings().setPrompt(QStringLiteral("behind it"));
    click("generateButton");
    click("pauseButton");
    QVERIFY(
        QTest::qWaitFor([&] { return queue().waiting() == 0 && !window_->controller().running(); }, 60000));
    QCOMPARE(window_->record().trace().settings().prompt, std::string("behind it")); // the others are made
    QCOMPARE(queue().size(), 1);
    QCOMPARE(queue().at(0).state, RunQueue::State::Failed);
    QVERIFY2(queue().at(0).reason.contains(QStringLiteral("no-model")), qPrintable(queue().at(0).reason));
    // It can be tried again once the world is as it should be.
    std::filesystem::copy(FASTCAR_TEST_DATA "/golden/checkpoint", nowhere.modelFolder,
                          std::filesystem::copy_options::recursive);
    find<QListView>("queueList")->setCurrentIndex(queue().index(0));
    click("queueRetry");
    QVERIFY(QTest::qWaitFor([&] { return queue().size() == 0; }, 60000));
    QCOMPARE(window_->record().trace().settings().modelFolder, nowhere.modelFolder);
}

void TestQueue::aRunOfAnotherModelIsMadeWhenItsTurnComes()
{
    open();
    const std::string other = file("copy").toStdString();
    std::filesystem::copy(FASTCAR_TEST_DATA "/golden/checkpoint", other,
                          std::filesystem::copy_options::recursive);
    RunSettings settings = window_->settings().settings();
    const std::string own = settings.modelFolder;
    startLongRun();
    settings.modelFolder = other;
    queue().add(settings);
    std::vector<std::string> folders;
    connect(&window_->record(), &RunRecord::began, this,
            [&] { folders.push_back(window_->record().trace().settings().modelFolder); });
    click("generateButton");
    click("pauseButton");
    waitUntilNothingRuns();
    QVERIFY(QTest::qWaitFor([&] { return folders.size() == 2; }, 60000));
    QCOMPARE(folders, (std::vector<std::string>{other, own}));
    QCOMPARE(window_->settings().settings().modelFolder, own); // the form keeps its own
}

void TestQueue::afterARestartTheQueueWaitsToBeToldToGoOn()
{
    openWithALastTimesQueue();
    QCOMPARE(prompts(), QStringList({"later", "long"}));
    QCOMPARE(queue().at(1).state, RunQueue::State::Interrupted);
    QVERIFY(!window_->controller().running());
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("last time")));
    click("queueGoOnButton");
    waitUntilNothingRuns();
    QCOMPARE(window_->record().trace().settings().prompt, std::string("later"));
}

/// One that is asked for beside the form, too: it would seem as if nothing had happened.
void TestQueue::aRunThatIsAddedToAHeldQueueIsToldOf()
{
    openWithALastTimesQueue();
    auto *banner = find<MessageBanner>("messageBanner");
    find<QToolButton>("messageClose")->click();
    QCOMPARE(find<QPushButton>("generateButton")->text(), QStringLiteral("Add to the queue"));
    RunSettings twin = queue().at(0).settings;
    twin.prompt = "twin";
    emit find<ComparePage>("comparePage")->runAsked(twin);
    QVERIFY(!window_->controller().running());
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("held")));
    click("queueGoOnButton");
    waitUntilNothingRuns();
    QCOMPARE(window_->record().trace().settings().prompt, std::string("twin"));
    QCOMPARE(find<QPushButton>("generateButton")->text(), QStringLiteral("Generate"));
}

QTEST_MAIN(TestQueue)
#include "test_queue.moc"
