// SPDX-License-Identifier: Apache-2.0
//
// `fastcar inspect` on everything that there is to look at.
#include "tests/cli/program.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

class TestCliInspect : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const char *name) const { return folder_.filePath(name); }

private slots:
    void initTestCase()
    {
        const auto outcome =
            program::runWithModel({"generate", "zwei Boote, ganz früh", "-o", file("a.mp4"), "--seed", "3",
                                   "--tas-threshold", "0,none,1,-inf", "--trace", file("a.fctrace")});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
    }

    void aModelTellsItsSizes()
    {
        const auto outcome = program::run({"inspect", program::model(), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QJsonObject json = outcome.json();
        QCOMPARE(json["kind"].toString(), QString("model"));
        QCOMPARE(json["digest"].toString().size(), 64);
        const QJsonObject backbone = json["backbone"].toObject();
        QCOMPARE(backbone["layers"].toInt(), 4);
        QCOMPARE(backbone["hidden"].toInt(), 64);
        QCOMPARE(json["depth_transformer"].toObject()["codes"].toInt(), 32);
        QCOMPARE(json["stride"].toInt(), 16);
        QVERIFY(json["networks"].toObject()["llm"].toObject()["parameters"].toInt() > 100000);
        QVERIFY(!json.contains("tensors"));

        const auto listed = program::run({"inspect", program::model(), "--json", "--tensors"});
        const QJsonArray tensors = listed.json()["tensors"].toArray();
        qint64 parameters = 0;
        for (const auto &tensor : tensors) {
            qint64 elements = 1;
            for (const auto &extent : tensor.toObject()["shape"].toArray())
                elements *= extent.toInt();
            if (tensor.toObject()["component"].toString() == "llm")
                parameters += elements;
        }
        QCOMPARE(parameters, qint64{json["networks"].toObject()["llm"].toObject()["parameters"].toInt()});

        const auto text = program::run({"inspect", program::model()});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("4 layers of 64"));
    }

    /// The shipped model has thresholds of its own for the gate that it names.
    void aModelTellsWhichThresholdsItsPresetsTake()
    {
        const auto text =
            program::run({"inspect", QStringLiteral(FASTCAR_SOURCE_DIR "/resources/models/default")});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.contains("replay    50 %, tas official, gate row: 1.6037,"), text.out.constData());
        QVERIFY2(text.out.contains("replay    50 %, tas official, gate cond (the model's): 1.6332,"),
                 text.out.constData());
    }

    void aVideoTellsItsSettings()
    {
        const auto outcome = program::run({"inspect", file("a.mp4"), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QJsonObject json = outcome.json();
        QCOMPARE(json["kind"].toString(), QString("video"));
        QCOMPARE(json["codec"].toString(), QString("h264"));
        QCOMPARE(json["frames"].toInt(), 4);
        QCOMPARE(json["height"].toInt(), 256);
        QCOMPARE(json["title"].toString(), QString("zwei Boote, ganz früh"));
        QCOMPARE(json["settings"].toObject()["seed"].toInt(), 3);
        const auto text = program::run({"inspect", file("a.mp4")});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("zwei Boote, ganz früh"));
        QVERIFY(text.out.contains("seed: 3"));
    }

    /// A prompt is a stranger's text where the file comes from one.
    void whatWouldCommandTheTerminalIsSpelledOut()
    {
        QVERIFY(program::runWithModel({"generate", "a \x1b[31mkite\nsettings \u009b1m", "-o", file("odd.mkv"),
                                       "--frames", "1", "--trace", file("odd.fctrace")})
                    .status == 0);
        for (const char *what : {"odd.mkv", "odd.fctrace"}) {
            const auto text = program::run({"inspect", file(what)});
            QCOMPARE(text.status, 0);
            QVERIFY2(text.out.contains("a \\x1b[31mkite\\nsettings \\x9b1m\n"), text.out.constData());
            QVERIFY(!text.out.contains('\x1b') && !text.out.contains("\u009b"));
        }
        const auto json = program::run({"inspect", file("odd.mkv"), "--json"}).json();
        QCOMPARE(json["settings"]["prompt"].toString(), QString("a \x1b[31mkite\nsettings \u009b1m"));
    }

    void aTraceTellsWhatWasReplayed()
    {
        const auto outcome = program::run({"inspect", file("a.fctrace"), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QJsonObject json = outcome.json();
        QCOMPARE(json["kind"].toString(), QString("trace"));
        QCOMPARE(json["tokens"].toInt(), 64);
        QVERIFY(json["complete"].toBool());
        QCOMPARE(json["eligible"].toInt(), 3 * 94);
        const QJsonArray layers = json["per_layer"].toArray();
        QCOMPARE(layers.size(), 4);
        QCOMPARE(layers[1].toObject()["eligible"].toInt(), 0);
        QCOMPARE(layers[3].toObject()["replayed"].toInt(), 94);
        const auto text = program::run({"inspect", file("a.fctrace")});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.contains("100.0 %"));
    }

    void aTraceIsTimedOnADescribedCard()
    {
        const auto outcome = program::run(
            {"inspect", file("a.fctrace"), "--card", "u280", "--model", program::model(), "--json"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const QJsonObject on = outcome.json()["on_card"].toObject();
        QCOMPARE(on["card"].toObject()["title"].toString(), QString("AMD Alveo U280"));
        QVERIFY(on["card"].toObject()["assumed"].toArray().contains("design.clock_hz"));
        const QJsonArray runs = on["runs"].toArray();
        QCOMPARE(runs.size(), 3);
        for (const auto &value : runs) {
            const QJsonObject run = value.toObject();
            const QJsonObject counters = run["counters"].toObject();
            QCOMPARE(counters["steps"].toInt(), 63);
            QCOMPARE(counters["rows_computed"].toInt() + counters["rows_replayed"].toInt(), 63 * 4 * 2);
            QCOMPARE(run["seconds"].toDouble(), counters["cycles_per_step"].toDouble() * 63 / 2e8);
            QVERIFY(run["energy_estimate_joule"].toObject()["total"].toDouble() > 0.0);
        }
        // Two rows on many cores: dealing whole rows gains nothing, dividing them does.
        const auto cycles = [&](int run) {
            return runs[run].toObject()["counters"].toObject()["cycles_per_step"].toDouble();
        };
        QVERIFY(cycles(2) < cycles(0));
        const auto text =
            program::run({"inspect", file("a.fctrace"), "--card", "u280", "--model", program::model()});
        QVERIFY(text.out.contains("AMD Alveo U280") && text.out.contains("energy (estimate)"));
        const auto none =
            program::run({"inspect", file("a.fctrace"), "--card", "u999", "--model", program::model()});
        QCOMPARE(none.status, 1);
        QVERIFY2(none.err.contains("There is no card \"u999\""), none.err.constData());
        QCOMPARE(program::run({"inspect", program::model(), "--card", "u280"}).status, 2);
    }

    void aModelTellsWhichCardsItFits()
    {
        const QJsonArray cards =
            program::run({"inspect", program::model(), "--json"}).json()["cards"].toArray();
        QCOMPARE(cards.size(), 5);
        for (const auto &card : cards)
            QVERIFY2(card.toObject()["fits"].toBool(), qPrintable(card.toObject()["why_not"].toString()));
    }

    void aTraceThatIsCutOffSaysSo()
    {
        QFile whole(file("a.fctrace"));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        QFile cut(file("cut.fctrace"));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.write(bytes.left(bytes.size() / 2));
        cut.close();
        const auto outcome = program::run({"inspect", file("cut.fctrace"), "--json"});
        QCOMPARE(outcome.status, 0);
        QVERIFY(!outcome.json()["complete"].toBool());
        QVERIFY(outcome.json()["tokens"].toInt() > 0);
        QVERIFY(outcome.json()["tokens"].toInt() < 64);
    }

    void aTraceInWhichNothingIsIsNotCalledAVideo()
    {
        QFile empty(file("empty.fctrace"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        const auto outcome = program::run({"inspect", file("empty.fctrace")});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("this is no trace") && !outcome.err.contains("video"),
                 outcome.err.constData());
    }

    void whatCannotBeInspectedIsAFailure_data()
    {
        QTest::addColumn<QString>("what");
        QFile text(file("notes.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("milk, bread");
        text.close();
        QTest::newRow("nothing") << file("missing.mp4");
        QTest::newRow("a text") << file("notes.txt");
        QTest::newRow("a folder without a model") << folder_.path();
    }

    void whatCannotBeInspectedIsAFailure()
    {
        QFETCH(QString, what);
        const auto outcome = program::run({"inspect", what, "--json"});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.err.contains(what.toUtf8()), outcome.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliInspect)
#include "test_cli_inspect.moc"
