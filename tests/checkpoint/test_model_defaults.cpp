// SPDX-License-Identifier: Apache-2.0
//
// fastcar.json: what it recommends is read, and what is wrong in it is named.
#include "tests/checkpoint/checkpoint_copy.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace fastcar;

class TestModelDefaults : public QObject {
    Q_OBJECT

private slots:
    void withoutTheFileNothingIsRecommended()
    {
        const CheckpointCopy copy;
        const auto opened = copy.open();
        QVERIFY(opened.ok());
        const ModelDefaults &defaults = (*opened)->defaults();
        QVERIFY(defaults.name.empty());
        QVERIFY(defaults.description.empty());
        QVERIFY(!defaults.temperature && !defaults.topK && !defaults.topP && !defaults.cfg);
        QVERIFY(!defaults.frames && !defaults.framesPerSecond);
        QVERIFY(defaults.examplePrompts.empty());
        QVERIFY(defaults.thresholds.empty());
    }

    void everythingInItIsRead()
    {
        const CheckpointCopy copy;
        copy.write("fastcar.json", R"({
            "name": "Tiny", "description": "Random weights.", "prompts": ["a cat", "ein Schiff, \u6771"],
            "sampling": {"temperature": 0.6, "top_k": 100, "top_p": 0.9, "cfg": 1.5},
            "frames": 6, "fps": 12, "objects": ["unknown fields are left alone"],
            "tas_thresholds": {"official": {"20": [1, 2.5, -3, null], "80": [-1, -1, -1, -1]},
                               "paper": {"50": [0, 0, 0, 0]}},
            "gate_thresholds": {"all": {"official": {"50": [2, 2, null, 2]}}},
            "gate": "all",
            "device": "cpu:f16",
            "replay_presets": {"balanced": 20, "fast": 80}})");
        const auto opened = copy.open();
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        const ModelDefaults &defaults = (*opened)->defaults();
        QCOMPARE(defaults.name, "Tiny");
        QCOMPARE(defaults.description, "Random weights.");
        QCOMPARE(defaults.examplePrompts, (std::vector<std::string>{"a cat", "ein Schiff, \xe6\x9d\xb1"}));
        QCOMPARE(defaults.temperature, 0.6f);
        QCOMPARE(defaults.topK, 100);
        QCOMPARE(defaults.topP, 0.9f);
        QCOMPARE(defaults.cfg, 1.5f);
        QCOMPARE(defaults.frames, 6);
        QCOMPARE(defaults.framesPerSecond, 12);
        QCOMPARE(defaults.thresholds.size(), 2u);
        const std::vector<float> &official20 = defaults.thresholds.at("official").at(20);
        QCOMPARE(official20[1], 2.5f);
        QVERIFY(std::isinf(official20[3]) && official20[3] > 0);
        QCOMPARE(defaults.thresholds.at("official").at(80), std::vector<float>(4, -1.0f));
        QCOMPARE(defaults.thresholds.at("paper").at(50), std::vector<float>(4, 0.0f));
        QCOMPARE(defaults.gate, "all");
        QCOMPARE(defaults.device, "cpu:f16");
        QCOMPARE(defaults.gateThresholds.size(), 1u);
        QCOMPARE(defaults.gateThresholds.at("all").at("official").at(50)[1], 2.0f);
        QCOMPARE(defaults.replayPresets, (std::map<std::string, int>{{"balanced", 20}, {"fast", 80}}));
    }

    void anEmptyObjectIsFine()
    {
        const CheckpointCopy copy;
        copy.write("fastcar.json", "{}");
        QCOMPARE(copy.errorOfOpen(), QString());
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no JSON") << QByteArray("name: Tiny") << "not valid JSON";
        QTest::newRow("name") << QByteArray(R"({"name": 7})") << "name is 7; a text expected";
        QTest::newRow("prompts") << QByteArray(R"({"prompts": "a cat"})") << "prompts is \"a cat\"";
        QTest::newRow("a prompt") << QByteArray(R"({"prompts": ["a", 3]})") << "prompts[1] is 3";
        QTest::newRow("frames") << QByteArray(R"({"frames": 0})") << "frames is 0";
        QTest::newRow("fps") << QByteArray(R"({"fps": 7.5})") << "fps is 7.5; a whole number";
        QTest::newRow("sampling") << QByteArray(R"({"sampling": []})")
                                  << "sampling is []; an object expected";
        QTest::newRow("temperature") << QByteArray(R"({"sampling": {"temperature": 0}})")
                                     << "temperature is 0";
        QTest::newRow("top_k") << QByteArray(R"({"sampling": {"top_k": -1}})") << "sampling: top_k is -1";
        QTest::newRow("top_p") << QByteArray(R"({"sampling": {"top_p": 1.5}})") << "top_p is 1.5";
        QTest::newRow("cfg") << QByteArray(R"({"sampling": {"cfg": "3"}})") << "cfg is \"3\"";
        QTest::newRow("gate") << QByteArray(R"({"gate": "both"})") << "gate is \"both\"";
        QTest::newRow("gate of thresholds")
            << QByteArray(R"({"gate_thresholds": {"row": {}}})") << "\"row\" is not a gate";
        QTest::newRow("definition of a gate")
            << QByteArray(R"({"gate_thresholds": {"all": {"mine": {}}}})") << "\"mine\"";
        QTest::newRow("definition") << QByteArray(R"({"tas_thresholds": {"mine": {}}})") << "\"mine\"";
        QTest::newRow("levels") << QByteArray(R"({"tas_thresholds": {"official": []}})") << "official is []";
        for (const char *key : {"", "50%", "-1", "101", " 5", "x"})
            QTest::addRow("percent '%s'", key)
                << QByteArray(R"({"tas_thresholds": {"official": {"KEY": [1, 1, 1, 1]}}})")
                       .replace("KEY", key)
                << QString("\"%1\" is not a replay ratio").arg(key);
        QTest::newRow("too few") << QByteArray(R"({"tas_thresholds": {"official": {"20": [1, 1, 1]}}})")
                                 << "official: 20 is [1,1,1]; an array of 4 thresholds";
        QTest::newRow("no list") << QByteArray(R"({"tas_thresholds": {"paper": {"20": 1}}})")
                                 << "paper: 20 is 1";
        QTest::newRow("no number") << QByteArray(
                                          R"({"tas_thresholds": {"official": {"20": [1, 1, "x", 1]}}})")
                                   << "20[2] is \"x\"";
        QTest::newRow("no float") << QByteArray(
                                         R"({"tas_thresholds": {"official": {"20": [1, 1, 1, 1e300]}}})")
                                  << "20[3] is 1e+300";
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        const CheckpointCopy copy;
        copy.write("fastcar.json", text);
        const QString message = copy.errorOfOpen();
        QVERIFY2(message.contains("fastcar.json"), qPrintable(message));
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void aFolderOfThatNameIsRefused()
    {
        const CheckpointCopy copy;
        QVERIFY(QDir().mkpath(copy.file("fastcar.json")));
        QVERIFY(copy.errorOfOpen().contains("fastcar.json is not a regular file"));
    }
};

QTEST_APPLESS_MAIN(TestModelDefaults)
#include "test_model_defaults.moc"
