// SPDX-License-Identifier: Apache-2.0
//
// Presets: as files, and through the controls of the window.
#include "tests/ui/queue_window.h"
#include "ui/models/preset_store.h"

#include <QLineEdit>
#include <QListWidget>

using namespace fastcar;
using namespace fastcar::ui;

class TestPresets : public QObject, private QueueWindow {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { makeFolder(); }
    void cleanup() { window_.reset(); }

    void presetsAreFiles();
    void aPresetWithoutItsNumberOfLayersLeavesReplayAlone();
    void presetsAreSavedAppliedRenamedAndDeleted();
};

void TestPresets::presetsAreFiles()
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

void TestPresets::aPresetWithoutItsNumberOfLayersLeavesReplayAlone()
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

void TestPresets::presetsAreSavedAppliedRenamedAndDeleted()
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

QTEST_MAIN(TestPresets)
#include "test_presets.moc"
