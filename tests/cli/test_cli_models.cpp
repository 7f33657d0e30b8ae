// SPDX-License-Identifier: Apache-2.0
//
// `fastcar quantize`, `make-checkpoint` and `bench`: models that the program writes, and what it measures of them.
#include "tests/cli/program.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

class TestCliModels : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const QString &name) const { return folder_.filePath(name); }
    program::Outcome generate(const QString &model, const QString &device) const
    {
        return program::run({"generate", "a cat", "-o", file("clip.png"), "--model", model, "--device", device,
                             "--seed", "5", "--frames", "2", "--json"});
    }

private slots:
    void aQuantisedModelDrawsWhatTheNarrowDeviceDraws_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("int8") << "int8";
        QTest::newRow("int4") << "int4";
    }
    void aQuantisedModelDrawsWhatTheNarrowDeviceDraws()
    {
        QFETCH(QString, format);
        const QString model = file(format);
        const auto written =
            program::run({"quantize", "--model", program::model(), "--to", format, "-o", model, "--json", "--tensors"});
        QVERIFY2(written.status == 0, written.err.constData());
        QVERIFY(written.json()["bytes"].toInt() < written.json()["source_bytes"].toInt());
        QCOMPARE(written.json()["tensors"].toArray().size(), 4 * 7 + 2 * 6 + 3);

        const auto stored = generate(model, "cpu"), atLoad = generate(program::model(), "cpu:" + format);
        QVERIFY2(stored.status == 0, stored.err.constData());
        QCOMPARE(program::codeHashes(stored).size(), 1);
        QCOMPARE(program::codeHashes(stored), program::codeHashes(atLoad));
        QVERIFY(program::codeHashes(stored) != program::codeHashes(generate(program::model(), "cpu")));

        const auto inspected = program::run({"inspect", model, "--json"});
        const QJsonObject source = program::run({"inspect", program::model(), "--json"}).json();
        QCOMPARE(inspected.json()["quantised"].toObject()["format"].toString(), format);
        QCOMPARE(inspected.json()["quantised"].toObject()["source_digest"], source["digest"]);
        QCOMPARE(inspected.json()["networks"].toObject()["vision_tower"].toObject()["parameters"].toInt() +
                     source["networks"].toObject()["vision_tower"].toObject()["unused_parameters"].toInt(),
                 source["networks"].toObject()["vision_tower"].toObject()["parameters"].toInt());
        QVERIFY(program::run({"inspect", model}).out.contains(("quantised " + format + " from ").toUtf8()));
    }

    void otherDevicesTakeAQuantisedModel()
    {
        QVERIFY(program::run({"quantize", "--model", program::model(), "-o", file("q")}).status == 0);
        const auto modelled = generate(file("q"), "fpga-modelled");
        QVERIFY2(modelled.status == 0, modelled.err.constData());
        const auto other = generate(file("q"), "cpu:int4");
        QCOMPARE(other.status, 2);
        QVERIFY2(other.err.contains("stored in int8"), other.err.constData());
    }

    void aRandomModelGenerates()
    {
        const auto made = program::run({"make-checkpoint", "--shape", "tiny", "--seed", "3", "-o", file("tiny"), "--json"});
        QVERIFY2(made.status == 0, made.err.constData());
        QCOMPARE(made.json()["layers"].toInt(), 2);
        const auto clip = generate(file("tiny"), "cpu");
        QVERIFY2(clip.status == 0, clip.err.constData());
        QCOMPARE(clip.json()["tokens"].toInt(), 32);
        const auto narrow = program::run(
            {"make-checkpoint", "--shape", "tiny", "--seed", "3", "--format", "int8", "-o", file("tiny8")});
        QVERIFY2(narrow.status == 0, narrow.err.constData());
        QCOMPARE(program::codeHashes(generate(file("tiny8"), "cpu")), program::codeHashes(generate(file("tiny"), "cpu:int8")));
    }

    void whatIsUsedWronglyIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        const QString out = file("out");
        QTest::newRow("no such shape") << QStringList{"make-checkpoint", "--shape", "huge", "-o", out} << "vila-u-7b";
        QTest::newRow("a rule without format")
            << QStringList{"quantize", "--as", "*down*", "-o", out} << "PATTERN=FORMAT";
        QTest::newRow("a rule that fits nothing")
            << QStringList{"quantize", "--model", program::model(), "--as", "*dwon*=int8", "-o", out} << "*dwon*";
        QTest::newRow("a folder that is there")
            << QStringList{"quantize", "--model", program::model(), "-o", program::model()} << "not empty";
        QTest::newRow("bench of a card") << QStringList{"bench", "--shape", "tiny", "--device", "fpga"} << "processor";
    }
    void whatIsUsedWronglyIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const auto outcome = program::run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(words.toUtf8()), outcome.err.constData());
        QVERIFY(!QFile::exists(file("out")));
    }

    void theBenchmarkHoldsAStepAgainstTheMachine()
    {
        const auto outcome =
            program::run({"bench", "--shape", "tiny", "--device", "cpu", "cpu:int8", "--context", "32", "--threads", "1",
                          "--steps", "3", "--skipped", "0", "50", "100", "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QJsonObject json = outcome.json();
        const QJsonObject machine = json["machine"].toArray()[0].toObject();
        for (const char *rate : {"read_gigabytes_per_second", "f32_multiply_adds_1e9", "int8_multiply_adds_1e9"})
            QVERIFY2(machine[rate].toObject()["median"].toDouble() > 0.0, rate);
        const QJsonArray runs = json["runs"].toArray();
        QCOMPARE(runs.size(), 2 * 2 * 3);
        // Two layers of 64, MLP 160, 4 heads, 2 of them for keys and values; bf16.
        constexpr int attention = 2 * 2 * (2 * 64 * 64 + 2 * 32 * 64), mlp = 2 * 2 * 3 * 64 * 160;
        for (const auto &value : runs) {
            const QJsonObject run = value.toObject();
            const int skipped = run["skipped_percent"].toInt();
            QCOMPARE(run["layers_skipped"].toInt(), skipped / 50);
            QCOMPARE(run["layers"].toArray().size(), 2);
            QVERIFY(run["share_of_reading"].toDouble() > 0.0 && run["share_of_multiply_adds"].toDouble() > 0.0);
            if (run["device"].toString() == "cpu")
                QCOMPARE(run["weight_bytes"].toInt(), attention + mlp * (100 - skipped) / 100);
            QCOMPARE(run.contains("of_dense"), skipped > 0);
            if (skipped > 0)
                QVERIFY(run["of_dense"].toObject()["by_bytes"].toDouble() < 1.0);
        }
        const auto text =
            program::run({"bench", "--shape", "tiny", "--context", "32", "--threads", "1", "--steps", "1", "--per-layer"});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("machine") && text.out.contains("layer by layer"));
    }
};

QTEST_GUILESS_MAIN(TestCliModels)
#include "test_cli_models.moc"
