// SPDX-License-Identifier: Apache-2.0
//
// `fastcar compare`: a dense run beside a replayed one, a run beside itself, and what cannot be compared.
#include "tests/cli/program.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

class TestCliCompare : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const char *name) const { return folder_.filePath(name); }

    void generate(const char *video, const char *trace, const QStringList &options)
    {
        QStringList arguments{"generate", "zwei Boote, ganz früh", "-o", file(video), "--seed", "3"};
        if (trace)
            arguments += {"--trace", file(trace)};
        const auto outcome = program::runWithModel(arguments + options);
        QVERIFY2(outcome.status == 0, outcome.err.constData());
    }

private slots:
    void initTestCase()
    {
        generate("dense.mkv", "dense.fctrace", {});
        generate("replayed.mkv", "replayed.fctrace", {"--tas-threshold", "-inf"});
        generate("replayed.mp4", nullptr, {"--tas-threshold", "-inf"});
        generate("short.mkv", "short.fctrace", {"--frames", "2"});
        generate("large.mkv", nullptr, {"--scale", "1"});
    }

    void aDenseAndAReplayedRunAreHeldAgainstEachOther()
    {
        const auto outcome = program::run({"compare", file("dense.mkv"), file("replayed.mkv"), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
        const QJsonObject json = outcome.json();
        QCOMPARE(json["a"].toObject()["trace"].toString(), file("dense.fctrace"));
        QCOMPARE(json["b"].toObject()["video"].toObject()["codec"].toString(), QString("ffv1"));
        const QJsonArray settings = json["settings_differ"].toArray();
        QCOMPARE(settings.size(), 1);
        QCOMPARE(settings[0].toObject()["name"].toString(), QString("replay.thresholds"));
        QVERIFY(settings[0].toObject()["a"].toArray().isEmpty());
        QCOMPARE(settings[0].toObject()["b"].toArray().size(), 4);

        // The first frame is never replayed: it is the same. What follows was drawn from other logits.
        const QJsonObject pictures = json["pictures"].toObject();
        QVERIFY(pictures["exact"].toBool());
        const QJsonArray frames = pictures["per_frame"].toArray();
        QCOMPARE(frames.size(), 4);
        QCOMPARE(frames[0].toObject()["psnr"].toString(), QString("inf"));
        QCOMPARE(frames[0].toObject()["ssim"].toDouble(), 1.0);
        QVERIFY(frames[0].toObject()["flicker"].isNull());
        QVERIFY(frames[3].toObject()["psnr"].toDouble() > 0.0);
        QVERIFY(frames[3].toObject()["ssim"].toDouble() < 1.0);
        QVERIFY(pictures["drift"].toDouble() > 0.0);
        QVERIFY(pictures["flicker"].toObject()["ratio"].toDouble() > 0.0);

        const QJsonObject codes = json["codes"].toObject();
        QCOMPARE(codes["tokens"].toInt(), 64);
        QCOMPARE(codes["per_frame"].toArray()[0].toObject()["share"].toDouble(), 1.0);
        QVERIFY(codes["share"].toDouble() < 1.0);
        QVERIFY(codes["first_difference"].toObject()["token"].toInt() > 16); // token 16 comes of step 15
        QCOMPARE(codes["first_difference"].toObject()["frame"].toInt(),
                 codes["first_difference"].toObject()["token"].toInt() / 16);

        const QJsonObject runs = json["runs"].toObject();
        QCOMPARE(runs["a"].toObject()["replayed"].toInt(), 0);
        QCOMPARE(runs["b"].toObject()["replayed_of_eligible"].toDouble(), 1.0);
        QVERIFY(runs["b"].toObject()["seconds_per_token"].toDouble() > 0.0);
        QVERIFY(runs["speed_up"].toDouble() > 0.0);
    }

    void aPersonGetsATable()
    {
        const auto outcome = program::run({"compare", file("dense.mkv"), file("replayed.mkv")});
        QCOMPARE(outcome.status, 0);
        for (const char *part :
             {"replay.thresholds: none | -inf,-inf,-inf,-inf", "dense.fctrace beside it", "pictures  4 of ",
              "      0     inf  1.0000    0.000", "100.0 % of eligible", "times as fast"})
            QVERIFY2(outcome.out.contains(part), outcome.out.constData());
        QVERIFY(!outcome.out.contains("exact"));
    }

    void aRunIsEqualToItself()
    {
        const QString run = file("dense.mkv");
        const QJsonObject json = program::run({"compare", run, run, "--json"}).json();
        QVERIFY(json["settings_differ"].isArray() && json["settings_differ"].toArray().isEmpty());
        QCOMPARE(json["pictures"].toObject()["psnr"].toString(), QString("inf"));
        QCOMPARE(json["pictures"].toObject()["equal_frames"].toInt(), 4);
        QCOMPARE(json["pictures"].toObject()["ssim"].toDouble(), 1.0);
        QCOMPARE(json["pictures"].toObject()["flicker"].toObject()["ratio"].toDouble(), 1.0);
        QCOMPARE(json["codes"].toObject()["share"].toDouble(), 1.0);
        QVERIFY(json["codes"].toObject()["first_difference"].isNull());
        QCOMPARE(json["runs"].toObject()["speed_up"].toDouble(), 1.0);
    }

    void tracesAloneAreEnough()
    {
        const auto outcome =
            program::run({"compare", file("dense.fctrace"), file("replayed.fctrace"), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY(outcome.json()["pictures"].isNull());
        QVERIFY(outcome.json()["codes"].toObject()["share"].toDouble() < 1.0);
        const auto text = program::run({"compare", file("dense.fctrace"), file("replayed.fctrace")});
        QVERIFY2(text.out.contains("equal codes") && !text.out.contains("psnr"), text.out.constData());
    }

    void theCodecsLossIsSaid()
    {
        const auto json = program::run({"compare", file("dense.mkv"), file("replayed.mp4"), "--json"}).json();
        QVERIFY(!json["pictures"].toObject()["exact"].toBool());
        const auto text = program::run({"compare", file("dense.mkv"), file("replayed.mp4")});
        QVERIFY2(text.out.contains("not both files are exact"), text.out.constData());
    }

    void aShorterRunIsComparedAsFarAsItGoes()
    {
        const auto outcome = program::run({"compare", file("dense.mkv"), file("short.mkv")});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY2(outcome.out.contains("a has 4 and b 2: the common ones"), outcome.out.constData());
        QVERIFY2(outcome.out.contains("a has 64 tokens and b 32: the common ones"), outcome.out.constData());
        QVERIFY2(outcome.out.contains("frames: 4 | 2"), outcome.out.constData());
    }

    void whatCannotBeComparedIsRefused_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("names");
        QFile text(file("notes.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("milk, bread");
        text.close();
        const QString dense = file("dense.mkv");
        QTest::newRow("nothing") << dense << file("missing.mkv") << 1 << QByteArray("missing.mkv");
        QTest::newRow("a text") << file("notes.txt") << dense << 1 << QByteArray("notes.txt");
        QTest::newRow("a folder") << dense << folder_.path() << 2 << folder_.path().toUtf8();
        QTest::newRow("other sizes") << dense << file("large.mkv") << 2 << QByteArray("--scale");
        QTest::newRow("a trace and a video")
            << file("dense.fctrace") << file("replayed.mp4") << 0 << QByteArray();
        QTest::newRow("a trace and a video without one")
            << file("dense.fctrace") << file("large.mkv") << 2 << QByteArray("nothing to compare");
    }

    void whatCannotBeComparedIsRefused()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(int, status);
        QFETCH(QByteArray, names);
        const auto outcome = program::run({"compare", a, b, "--json"});
        QCOMPARE(outcome.status, status);
        QCOMPARE(outcome.out.isEmpty(), status != 0);
        QVERIFY2(outcome.err.contains(names), outcome.err.constData());
    }

    void oneFileIsTooFew()
    {
        const auto outcome = program::run({"compare", file("dense.mkv")});
        QCOMPARE(outcome.status, 2);
        QVERIFY(outcome.err.startsWith("fastcar: "));
    }
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "test_cli_compare.moc"
