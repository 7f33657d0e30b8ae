// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_settings.h"

#include <QTest>

#include <limits>

using namespace fastcar;

class TestRunSettings : public QObject {
    Q_OBJECT

private slots:
    void whereARunWentOnComesBack()
    {
        RunSettings settings;
        settings.continued = {{.step = 17, .device = "fpga-modelled", .version = "1.0"},
                              {.step = 40, .device = "cpu", .version = "1.1"}};
        const auto read = runSettingsFromJson(toJson(settings));
        QVERIFY(read.ok());
        QVERIFY(*read == settings);
        QCOMPARE(deviceOfStep(settings, 16), std::string("cpu"));
        QCOMPARE(deviceOfStep(settings, 17), std::string("fpga-modelled"));
        QCOMPARE(deviceOfStep(settings, 99), std::string("cpu"));
        QVERIFY(!continuationFromJson("{\"step\": -1, \"device\": \"cpu\", \"version\": \"\"}").ok());
        QVERIFY(!continuationFromJson("[]").ok());
        QVERIFY(!continuationFromJson("").ok());
    }

    void jsonBringsBackEveryField()
    {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        RunSettings settings{
            .prompt = "a \"cat\" under the sea \xF0\x9F\x90\xB1",
            .modelFolder = "models/x",
            .modelDigest = "abc",
            .frames = 5,
            .videos = 3,
            .seed = std::numeric_limits<std::uint64_t>::max(),
            .sampler = {.greedy = true, .temperature = 0.3f, .topK = 7, .topP = 0.51f, .cfg = 1.7f},
            .replay = {.definition = TasDefinition::Paper,
                       .gate = GateMode::Mean,
                       .thresholds = {std::nullopt, -1.25f, infinity, -infinity, 0.1f}},
            .attention = {.windowed = true, .sinks = 4, .window = 64},
            .device = "fpga-modelled",
            .version = "1.2",
        };
        settings.replay.frames = {.first = 2, .last = 5};
        settings.replay.layers = {.first = 3};
        settings.replay.target = ReplayTarget{.ratio = 0.65f, .perLayer = true};
        const auto back = runSettingsFromJson(toJson(settings));
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().message.c_str());
        QCOMPARE(*back == settings, true);
    }

    void olderFilesAllowReplayEverywhereAndHaveNoTarget()
    {
        QByteArray json = QByteArray::fromStdString(toJson({}));
        json.replace("\"drs\":\"split\",", "").replace("\"frames\":\"all\",", "");
        json.replace("\"layers\":\"all\",", "");
        QVERIFY(!json.contains("all") && !json.contains("target"));
        const auto back = runSettingsFromJson(json.toStdString());
        QVERIFY2(back.ok(), back.ok() ? "" : back.error().message.c_str());
        QVERIFY(*back == RunSettings{});
    }

    void damagedJsonIsRefusedByTheNameOfTheField_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("missing") << QByteArray("\"frames\"") << QByteArray("\"framez\"")
                                 << QByteArray("frames");
        QTest::newRow("kind") << QByteArray("\"frames\":8") << QByteArray("\"frames\":\"8\"")
                              << QByteArray("frames");
        QTest::newRow("negative") << QByteArray("\"frames\":8") << QByteArray("\"frames\":-8")
                                  << QByteArray("frames");
        QTest::newRow("huge") << QByteArray("\"frames\":8") << QByteArray("\"frames\":1e99")
                              << QByteArray("frames");
        QTest::newRow("inner") << QByteArray("\"top_k\":900") << QByteArray("\"top_k\":true")
                               << QByteArray("sampler.top_k");
        QTest::newRow("word") << QByteArray("\"gate\":\"row\"") << QByteArray("\"gate\":\"rows\"")
                              << QByteArray("replay.gate");
        QTest::newRow("threshold") << QByteArray("\"thresholds\":[]") << QByteArray("\"thresholds\":[\"x\"]")
                                   << QByteArray("replay.thresholds");
        QTest::newRow("range") << QByteArray("\"layers\":\"all\"") << QByteArray("\"layers\":\"3-1\"")
                               << QByteArray("replay.layers");
        QTest::newRow("target") << QByteArray("\"tas\":") << QByteArray("\"target\":{\"ratio\":0.5},\"tas\":")
                                << QByteArray("replay.target.per_layer");
    }

    void damagedJsonIsRefusedByTheNameOfTheField()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, named);
        QByteArray json = QByteArray::fromStdString(toJson({}));
        QVERIFY(json.contains(from));
        json.replace(from, to);
        const auto back = runSettingsFromJson(json.toStdString());
        QVERIFY(!back.ok());
        QVERIFY2(back.error().message.find(named.toStdString()) != std::string::npos,
                 back.error().message.c_str());
    }

    void whatIsNoJsonIsRefused()
    {
        QVERIFY(!runSettingsFromJson(""));
        QVERIFY(!runSettingsFromJson("[1]"));
        QVERIFY(!runSettingsFromJson("{\"prompt\":"));
    }
};

QTEST_APPLESS_MAIN(TestRunSettings)
#include "test_run_settings.moc"
