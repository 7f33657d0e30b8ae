// SPDX-License-Identifier: Apache-2.0
//
// What is asked for and when: prompts of earlier runs, presets, the queue. First as models, then through the
// controls of the real window with the golden checkpoint.
#include "tests/ui/studio_window.h"
#include "ui/models/preset_store.h"
#include "ui/models/prompt_history.h"
#include "ui/models/run_queue.h"
#include "ui/prompt/prompt_edit.h"
#include "ui/queue/queue_delegate.h"
#include "ui/window/message_banner.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <filesystem>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestQueue : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void aPromptStandsInTheHistoryOnce();
    void theHistoryOutlivesTheProgram();
    void upAndDownWalkThroughTheHistory();
    void inTheMiddleOfAPromptUpIsOnlyUp();
    void presetsAreFiles();
    void aPresetWithoutItsNumberOfLayersLeavesReplayAlone();
    void aTargetIsToldAsOne();
    void settingsThatNeedTwoLinesShareThem();
    void runsWaitInTheirOrder();
    void theQueueOutlivesTheProgram();
    void aQueueThatCannotBeReadIsKeptAside();
    void whatIsDoneAsOneChangeIsToldOfOnce();

    void theHistoryIsSearchedAndChosenFrom();
    void presetsAreSavedAppliedRenamedAndDeleted();
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

private:
    void open();
    RunQueue &queue() { return *qobject_cast<RunQueue *>(find<QListView>("queueList")->model()); }
    void waitUntilNothingRuns()
    {
        QVERIFY(QTest::qWaitFor([&] { return !window_->controller().running() && queue().waiting() == 0; },
                                60000));
    }
    /// Starts a run that is long enough to do something meanwhile, and holds it.
    void startLongRun();
    static RunSettings named(const char *prompt)
    {
        RunSettings settings;
        settings.prompt = prompt;
        return settings;
    }
    QStringList prompts()
    {
        QStringList list;
        for (int row = 0; row < queue().size(); ++row)
            list += QString::fromStdString(queue().at(row).settings.prompt);
        return list;
    }
    QString file(const char *name) const { return folder_->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestQueue::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    applyTheme(*qApp, ThemeName::Dark);
}

void TestQueue::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
}

void TestQueue::cleanup()
{
    window_.reset();
}

void TestQueue::open()
{
    window_.reset();
    MainWindow::Options options = windowOptions(folder_->path());
    options.prompt = QStringLiteral("a cat");
    options.theme = ThemeName::Dark;
    window_ = openWindow(std::move(options));
    window_->askWhetherToClose = [] { return true; };
    find<QDockWidget>("queueDock")->show();
    find<QSpinBox>("framesSpin")->setValue(2);
    window_->settings().setSeed(40);
    window_->settings().setSeedLocked(true);
}

void TestQueue::startLongRun()
{
    window_->settings().setPrompt(QStringLiteral("long"));
    find<QSpinBox>("framesSpin")->setValue(1000);
    click("generateButton");
    click("pauseButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Paused; }, 60000));
    find<QSpinBox>("framesSpin")->setValue(1);
}

void TestQueue::aPromptStandsInTheHistoryOnce()
{
    PromptHistory history({});
    for (const char *prompt : {"a cat", "a dog", "  a cat \n", "   ", "a red bird"})
        history.add(QString::fromUtf8(prompt));
    QCOMPARE(history.matching({}), QStringList({"a red bird", "a cat", "a dog"}));
    history.setFavourite(QStringLiteral("a dog"), true);
    QCOMPARE(history.matching({}), QStringList({"a dog", "a red bird", "a cat"}));
    QCOMPARE(history.matching(QStringLiteral("RED a")), QStringList({"a red bird"}));
    for (int i = 0; i < 600; ++i)
        history.add(QStringLiteral("prompt %1").arg(i));
    QVERIFY(history.isFavourite(QStringLiteral("a dog"))); // favourites stay
    QCOMPARE(history.matching(QStringLiteral("cat")), QStringList());
    QCOMPARE(history.entries().size(), 501U);
}

void TestQueue::theHistoryOutlivesTheProgram()
{
    {
        PromptHistory history(file("history.json"));
        history.add(QStringLiteral("a cat"));
        history.add(QStringLiteral("“two\nlines”"));
        history.setFavourite(QStringLiteral("a cat"), true);
    }
    PromptHistory again(file("history.json"));
    QCOMPARE(again.entries().size(), 2U);
    QCOMPARE(again.entries().front().prompt, QStringLiteral("“two\nlines”"));
    QVERIFY(again.isFavourite(QStringLiteral("a cat")));
    again.remove(QStringLiteral("a cat"));
    QCOMPARE(PromptHistory(file("history.json")).entries().size(), 1U);
}

void TestQueue::upAndDownWalkThroughTheHistory()
{
    PromptHistory history({});
    for (const char *prompt : {"oldest", "older", "newest"})
        history.add(QString::fromUtf8(prompt));
    PromptEdit edit(history);
    edit.show();
    QTest::keyClicks(&edit, QStringLiteral("typed"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("oldest"));
    QTest::keyClick(&edit, Qt::Key_Down);
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), QStringLiteral("typed")); // as it was
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_End);
    QTest::keyClicks(&edit, QStringLiteral("!"));
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest!"));
    QTest::keyClick(&edit, Qt::Key_Up); // something was typed: from the newest on again
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
    edit.undo();
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest!"));
}

void TestQueue::inTheMiddleOfAPromptUpIsOnlyUp()
{
    PromptHistory history({});
    history.add(QStringLiteral("newest"));
    PromptEdit edit(history);
    edit.show();
    edit.setPlainText(QStringLiteral("one\ntwo"));
    edit.moveCursor(QTextCursor::End);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("one\ntwo"));
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), QStringLiteral("newest"));
}

void TestQueue::presetsAreFiles()
{
    PresetStore presets(file("presets"));
    QCOMPARE(presets.names(), QStringList());
    RunSettings settings = named("not part of it");
    settings.frames = 5;
    settings.seed = 7;
    settings.sampler.topK = 12;
    for (const char *name : {"Fast", "half / half", "..", "ä"})
        QVERIFY2(presets.save(QString::fromUtf8(name), settings).ok(), name);
    QCOMPARE(presets.names().size(), 4);
    QVERIFY(presets.names().contains(QStringLiteral("half / half")));
    const auto read = presets.load(QStringLiteral("half / half"));
    QVERIFY(read.ok());
    QCOMPARE(read->sampler.topK, 12);
    QVERIFY(read->prompt.empty());
    QCOMPARE(read->seed, 0U);
    QVERIFY(!presets.rename(QStringLiteral("Fast"), QStringLiteral("ä")).ok());
    QVERIFY(presets.rename(QStringLiteral("Fast"), QStringLiteral("Faster")).ok());
    QVERIFY(presets.remove(QStringLiteral("..")).ok());
    QCOMPARE(PresetStore(file("presets")).names().size(), 3);
    QVERIFY(!presets.load(QStringLiteral("Fast")).ok());
    QFile broken(file("presets/broken.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{}");
    broken.close();
    const auto refused = presets.load(QStringLiteral("broken"));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message.find("broken") != std::string::npos);
}

void TestQueue::aPresetWithoutItsNumberOfLayersLeavesReplayAlone()
{
    open();
    RunSettingsModel &settings = window_->settings();
    settings.replay().chooseThreshold(0.5f);
    RunSettings preset = settings.settings();
    preset.replay.thresholds.assign(77, 0.25f);
    preset.sampler.temperature = 0.7f;
    preset.device = "abacus";
    const QString left = settings.applyPreset(preset);
    QVERIFY2(left.contains(QStringLiteral("77 layers")), qPrintable(left));
    QVERIFY2(left.contains(QStringLiteral("abacus")), qPrintable(left));
    QCOMPARE(settings.replay().threshold(), 0.5f);
    QCOMPARE(settings.sampler().temperature, 0.7f);
    QCOMPARE(settings.device(), std::string("cpu"));
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

void TestQueue::theHistoryIsSearchedAndChosenFrom()
{
    open();
    for (const char *prompt : {"a cat sleeps", "a dog runs"}) {
        window_->settings().setPrompt(QString::fromUtf8(prompt));
        click("generateButton");
        waitUntilNothingRuns();
    }
    click("historyButton");
    auto *search = find<QLineEdit>("historySearch");
    auto *list = find<QListWidget>("historyList");
    QVERIFY(search->isVisible());
    QCOMPARE(list->count(), 2);
    QTest::keyClicks(search, QStringLiteral("cat"));
    QCOMPARE(list->count(), 1);
    QTest::keyClick(search, Qt::Key_D, Qt::ControlModifier);
    search->clear();
    QCOMPARE(list->item(0)->text(), QStringLiteral("a cat sleeps")); // a favourite stands first
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(list->count(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!search->isVisible());
    QCOMPARE(find<PromptEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat sleeps"));
    open(); // the program starts again
    click("historyButton");
    QCOMPARE(find<QListWidget>("historyList")->count(), 1);
}

void TestQueue::presetsAreSavedAppliedRenamedAndDeleted()
{
    open();
    RunSettingsModel &settings = window_->settings();
    settings.setTemperature(0.6);
    settings.replay().chooseThreshold(0.75f);
    find<QSpinBox>("videosSpin")->setValue(2);
    click("presetsButton");
    auto *name = find<QLineEdit>("presetName");
    auto *list = find<QListWidget>("presetList");
    QTest::keyClicks(name, QStringLiteral("Calm"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(list->count(), 1);

    settings.setTemperature(1.0);
    settings.setVideos(1);
    settings.replay().chooseOff();
    settings.setPrompt(QStringLiteral("another"));
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(!list->isVisible()); // it is done
    QCOMPARE(settings.sampler().temperature, 0.6f);
    QCOMPARE(settings.videos(), 2);
    QCOMPARE(settings.replay().threshold(), 0.75f);
    QCOMPARE(settings.prompt(), QStringLiteral("another"));

    click("presetsButton");
    list->item(0)->setText(QStringLiteral("Calmer"));
    QTRY_COMPARE(list->item(0)->text(), QStringLiteral("Calmer"));
    QVERIFY(QFile::exists(file("presets/Calmer.json")));
    QVERIFY(!QFile::exists(file("presets/Calm.json")));
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(list->count(), 0);
    QVERIFY(!QFile::exists(file("presets/Calmer.json")));
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
    open();
    startLongRun();
    window_->settings().setPrompt(QStringLiteral("later"));
    click("generateButton");
    window_->close();
    open();
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

QTEST_MAIN(TestQueue)
#include "test_queue.moc"
