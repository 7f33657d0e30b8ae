// SPDX-License-Identifier: Apache-2.0
#include "ui/models/settings_change.h"
#include "ui/models/settings_history.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <functional>

using namespace fastcar;
using namespace fastcar::ui;

class TestRunSettingsModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void anOpenSeedIsDrawnForEachRun();
    void aLockedSeedStays();
    void framesStayWithinTheModelsPositions();
    void aLongPromptCutsTheLengthOnlyAsLongAsItIsThere();
    void theLengthIsTheOneThatTheModelRecommends();
    void aModelBringsItsRecommendations();
    void settingsSurviveARestart();
    void textThatIsNoneOfOursChangesNothing();
    void everySettingIsUndoneAndRedone();
    void aDragIsOneStepWithAName();
    void whatGoesBackToWhereItCameFromIsNoStep();
    void aSeedThatIsDrawnForARunIsNoStep();
    void anotherModelBeginsTheHistoryAnew();
    void theDefinitionStaysWhileARunGoes();

private:
    std::optional<Model> model_;
};

void TestRunSettingsModel::initTestCase()
{
    auto opened = Model::open(FASTCAR_TEST_DATA "/golden/checkpoint");
    QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
    model_ = std::move(opened).value();
}

void TestRunSettingsModel::anOpenSeedIsDrawnForEachRun()
{
    RunSettingsModel settings;
    const auto first = settings.takeForRun().seed;
    const auto second = settings.takeForRun().seed;
    QVERIFY(first != second);
    QCOMPARE(settings.seed(), second); // the one in the form is the one of the run
}

void TestRunSettingsModel::aLockedSeedStays()
{
    RunSettingsModel settings;
    settings.setSeed(42);
    settings.setSeedLocked(true);
    QCOMPARE(settings.takeForRun().seed, 42U);
    QCOMPARE(settings.takeForRun().seed, 42U);
}

void TestRunSettingsModel::framesStayWithinTheModelsPositions()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    settings.setFrames(100000);
    const int most = settings.mostFrames();
    QCOMPARE(settings.frames(), most);
    settings.setPrompt(QStringLiteral("a word ").repeated(20));
    QVERIFY(settings.mostFrames() < most); // a longer prompt leaves fewer positions
    QCOMPARE(settings.frames(), settings.mostFrames());
    settings.setFrames(0);
    QCOMPARE(settings.frames(), 1);
}

/// Who pastes the wrong text and takes it back has the length that was chosen.
void TestRunSettingsModel::aLongPromptCutsTheLengthOnlyAsLongAsItIsThere()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    settings.setPrompt(QStringLiteral("a cat"));
    const int most = settings.mostFrames();
    settings.setFrames(most);
    const QString longer = QStringLiteral("a word ").repeated(20);
    settings.setPrompt(longer);
    QVERIFY(settings.frames() < most);
    settings.setPrompt(longer + QStringLiteral("more of it "));
    settings.setPrompt(QStringLiteral("a cat"));
    QCOMPARE(settings.frames(), most);
    settings.setPrompt(longer);
    settings.setFrames(2); // chosen by somebody
    settings.setPrompt(QStringLiteral("a cat"));
    QCOMPARE(settings.frames(), 2);
    const auto before = settings.snapshot();
    settings.setFrames(most);
    settings.setPrompt(longer);
    settings.restore(before); // as undo does
    QCOMPARE(settings.frames(), 2);
    settings.setFrames(most);
    settings.setPrompt(longer);
    settings.resetToModelDefaults();
    const int usual = settings.frames();
    settings.setPrompt(QStringLiteral("a cat"));
    QCOMPARE(settings.frames(), usual);
}

void TestRunSettingsModel::theLengthIsTheOneThatTheModelRecommends()
{
    QTemporaryDir folder;
    const std::filesystem::path copy = folder.filePath(QStringLiteral("model")).toStdString();
    std::filesystem::copy(FASTCAR_TEST_DATA "/golden/checkpoint", copy,
                          std::filesystem::copy_options::recursive);
    std::ofstream(copy / "fastcar.json") << R"({"frames": 2})";
    const auto recommending = Model::open(copy);
    QVERIFY(recommending.ok());
    QVERIFY(recommending->checkpoint->config().videoFrames != 2);
    RunSettingsModel settings;
    settings.setModel(*recommending);
    QCOMPARE(settings.frames(), 2);
}

void TestRunSettingsModel::aModelBringsItsRecommendations()
{
    RunSettingsModel settings;
    settings.setGuidance(7.0);
    settings.setModel(*model_);
    QCOMPARE(settings.frames(), model_->checkpoint->config().videoFrames);
    QCOMPARE(settings.sampler().cfg, model_->checkpoint->defaults().cfg.value_or(SamplerSettings{}.cfg));
    QCOMPARE(settings.replay().layers(), model_->checkpoint->config().backbone.layers);
}

void TestRunSettingsModel::settingsSurviveARestart()
{
    QString stored;
    {
        RunSettingsModel settings;
        settings.setModel(*model_);
        settings.setPrompt(QStringLiteral("grüne Hügel"));
        settings.setSeed(7);
        settings.setFrames(3);
        settings.setGuidance(1.5);
        settings.replay().chooseThreshold(0.25f);
        stored = settings.toJson();
    }
    RunSettingsModel settings;
    QSignalSpy promptChanged(&settings, &RunSettingsModel::promptChanged);
    settings.fromJson(stored);
    settings.setModel(*model_);
    QCOMPARE(promptChanged.count(), 1);
    QCOMPARE(settings.prompt(), QStringLiteral("grüne Hügel"));
    QCOMPARE(settings.seed(), 7U);
    QCOMPARE(settings.frames(), 3);
    QCOMPARE(settings.sampler().cfg, 1.5f);
    QCOMPARE(settings.replay().kind(), ReplayChoice::Kind::Uniform);
    QCOMPARE(settings.replay().threshold(), 0.25f);
}

void TestRunSettingsModel::textThatIsNoneOfOursChangesNothing()
{
    RunSettingsModel settings;
    const RunSettings before = settings.settings();
    settings.fromJson(QStringLiteral("{\"prompt\": 3"));
    settings.fromJson(QString());
    QCOMPARE(settings.settings(), before);
}

void TestRunSettingsModel::everySettingIsUndoneAndRedone()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    SettingsHistory history(settings);
    QVERIFY(!history.canUndo());
    const std::vector<std::pair<QString, std::function<void()>>> changes{
        {QStringLiteral("Prompt"), [&] { settings.setPrompt(QStringLiteral("a dog")); }},
        {QStringLiteral("Lock of the seed"), [&] { settings.setSeedLocked(true); }},
        {QStringLiteral("Seed"), [&] { settings.setSeed(1234); }},
        {QStringLiteral("Frames"), [&] { settings.setFrames(settings.frames() + 1); }},
        {QStringLiteral("Guidance"), [&] { settings.setGuidance(4.5); }},
        {QStringLiteral("Temperature"), [&] { settings.setTemperature(0.75); }},
        {QStringLiteral("Top-k"), [&] { settings.setTopK(77); }},
        {QStringLiteral("Top-p"), [&] { settings.setTopP(0.5); }},
        {QStringLiteral("Device"), [&] { settings.setDevice(QStringLiteral("fpga-modelled")); }},
        {QStringLiteral("Attention"),
         [&] {
             settings.setAttention({true, 4, 32});
         }},
        {QStringLiteral("Threshold of layer 2"), [&] { settings.replay().placeLayers({1}, {0.5f}); }},
        {QStringLiteral("Thresholds of layers 1, 3"),
         [&] {
             settings.replay().placeLayers({0, 2}, {0.5f, 0.25f});
         }},
        {QStringLiteral("Thresholds"), [&] { settings.replay().chooseThreshold(1.0f); }},
        {QStringLiteral("Gate"), [&] { settings.replay().chooseGate(GateMode::All); }},
        {QStringLiteral("DRS"), [&] { settings.replay().chooseDrs(DrsPolicy::Deal); }},
        {QStringLiteral("Frames with replay"),
         [&] {
             settings.replay().chooseFrameRange({2, 3});
         }},
        {QStringLiteral("Layers with replay"),
         [&] {
             settings.replay().chooseLayerRange({2, 0});
         }},
        {QStringLiteral("Target ratio"), [&] { settings.replay().chooseTarget(ReplayTarget{0.4f}); }},
        {QStringLiteral("TAS definition"), [&] { settings.replay().chooseDefinition(TasDefinition::Paper); }},
    };
    std::vector<RunSettingsModel::Snapshot> states{settings.snapshot()};
    for (const auto &[name, change] : changes) {
        change();
        history.settle();
        QCOMPARE(history.undoName(), name);
        states.push_back(settings.snapshot());
    }
    for (std::size_t i = changes.size(); i-- > 0;) {
        QCOMPARE(history.undoName(), changes[i].first);
        history.undo();
        QVERIFY2(settings.snapshot() == states[i], qPrintable(changes[i].first));
        QCOMPARE(history.redoName(), changes[i].first);
    }
    QVERIFY(!history.canUndo());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        history.redo();
        QVERIFY2(settings.snapshot() == states[i + 1], qPrintable(changes[i].first));
    }
    history.undo();
    settings.setTopK(5); // another way
    QVERIFY(!history.canRedo());
}

void TestRunSettingsModel::aDragIsOneStepWithAName()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    SettingsHistory history(settings);
    const auto before = settings.snapshot();
    for (int place = 1; place <= 20; ++place)
        settings.replay().placeLayers({2}, {static_cast<float>(place) / 10.0f});
    QCOMPARE(history.undoName(), QStringLiteral("Threshold of layer 3"));
    history.undo();
    QVERIFY(settings.snapshot() == before);
    history.redo();
    QCOMPARE(*settings.replay().thresholds()[2], 2.0f);
    history.settle(); // a hand let go
    settings.replay().placeLayers({2}, {3.0f});
    history.undo();
    QCOMPARE(*settings.replay().thresholds()[2], 2.0f);
}

void TestRunSettingsModel::whatGoesBackToWhereItCameFromIsNoStep()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    SettingsHistory history(settings);
    const double before = static_cast<double>(settings.sampler().cfg);
    settings.setGuidance(before + 1.0);
    settings.setGuidance(before);
    QVERIFY(!history.canUndo());
}

void TestRunSettingsModel::aSeedThatIsDrawnForARunIsNoStep()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    SettingsHistory history(settings);
    settings.setGuidance(2.0);
    (void)settings.takeForRun();
    QCOMPARE(history.undoName(), QStringLiteral("Guidance"));
    const auto seed = settings.seed();
    history.undo();
    QCOMPARE(settings.seed(), seed);
}

void TestRunSettingsModel::anotherModelBeginsTheHistoryAnew()
{
    RunSettingsModel settings;
    SettingsHistory history(settings);
    settings.setPrompt(QStringLiteral("a cat"));
    QVERIFY(history.canUndo());
    settings.setModel(*model_);
    QVERIFY(!history.canUndo());
    settings.setGuidance(2.0);
    settings.fromJson(settings.toJson());
    QVERIFY(!history.canUndo());
}

void TestRunSettingsModel::theDefinitionStaysWhileARunGoes()
{
    RunSettingsModel settings;
    settings.setModel(*model_);
    SettingsHistory history(settings);
    settings.replay().chooseDefinition(TasDefinition::Paper);
    history.setRunning(true);
    QVERIFY(!history.canUndo());
    history.undo();
    QVERIFY(settings.replay().definition() == TasDefinition::Paper);
    history.setRunning(false);
    QVERIFY(history.canUndo());
}

QTEST_GUILESS_MAIN(TestRunSettingsModel)
#include "test_run_settings_model.moc"
