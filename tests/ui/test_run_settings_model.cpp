// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_settings_model.h"

#include <QSignalSpy>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

class TestRunSettingsModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void anOpenSeedIsDrawnForEachRun();
    void aLockedSeedStays();
    void framesStayWithinTheModelsPositions();
    void aModelBringsItsRecommendations();
    void settingsSurviveARestart();
    void textThatIsNoneOfOursChangesNothing();

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

QTEST_GUILESS_MAIN(TestRunSettingsModel)
#include "test_run_settings_model.moc"
