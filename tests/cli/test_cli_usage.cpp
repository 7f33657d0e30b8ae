// SPDX-License-Identifier: Apache-2.0
//
// How the program answers, complains and ends, whatever the command.
#include "tests/cli/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

class TestCliUsage : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const char *name) const { return folder_.filePath(name); }

private slots:
    void helpAndVersionAreAnswers()
    {
        for (const QStringList &arguments : {QStringList{"--help"},
                                             {"generate", "--help"},
                                             {"forward", "--help"},
                                             {"inspect", "--help"},
                                             {"compare", "--help"},
                                             {"trace", "--help"},
                                             {"trace", "summary", "--help"},
                                             {"trace", "convert", "--help"},
                                             {"devices", "--help"}}) {
            const auto outcome = program::run(arguments);
            QCOMPARE(outcome.status, 0);
            QVERIFY(outcome.out.contains("fastcar " + arguments.front().toUtf8()) || arguments.size() == 1);
            QVERIFY2(outcome.out.contains("Example"), outcome.out.constData());
            QVERIFY(outcome.err.isEmpty());
        }
        const auto version = program::run({"--version"});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("fastcar "));
    }

    void anAnswerThatCannotBeWrittenIsAFailure()
    {
        for (const QStringList &arguments : {QStringList{"--help"},
                                             {"--version"},
                                             {"trace", "convert", "--help"},
                                             {"devices"},
                                             {"devices", "--json"}}) {
            QProcess full;
            full.setStandardOutputFile("/dev/full");
            full.start(program::path(), arguments);
            QVERIFY(full.waitForFinished(60'000));
            const QByteArray said = full.readAllStandardError();
            QVERIFY2(full.exitCode() == 1, said.constData());
            QVERIFY2(said.startsWith("fastcar: Cannot write to standard output"), said.constData());
        }
    }

    /// A name that was mistyped would be taken for the fast kernels otherwise.
    void aLevelOfInstructionsThatIsNotThereIsToldOnce()
    {
        for (const char *level : {"foo", "AVX2", "neon sve"}) {
            const auto told = program::run({"devices"}, {QString("FASTCAR_SIMD=") + level});
            QCOMPARE(told.status, 0);
            QVERIFY2(told.err.contains(QByteArray("'") + level + "'"), told.err.constData());
            QVERIFY2(told.err.contains("baseline"), told.err.constData());
            QCOMPARE(told.err.count('\n'), 1);
            QCOMPARE(told.out, program::run({"devices"}, {"FASTCAR_SIMD="}).out);
        }
        for (const char *level : {"", "baseline"})
            QVERIFY(program::run({"devices"}, {QString("FASTCAR_SIMD=") + level}).err.isEmpty());
    }

    void wrongUseIsTwoAndASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("names");
        const QString video = file("a.mp4");
        const auto row = [](const char *name, QStringList arguments, const char *names) {
            QTest::newRow(name) << arguments << QByteArray(names);
        };
        row("nothing", {}, "A command is missing");
        row("no such command", {"paint"}, "paint");
        row("no such option of the program", {"--loud"}, "no option '--loud'");
        row("no such option", {"devices", "--loud"}, "--loud");
        row("no prompt", {"generate", "-o", video}, "prompt");
        row("no output", {"generate", "a kite"}, "--output");
        row("frames 0", {"generate", "a kite", "-o", video, "--frames", "0"}, "--frames");
        row("frames x", {"generate", "a kite", "-o", video, "--frames", "x"}, "--frames");
        row("seed -1", {"generate", "a kite", "-o", video, "--seed", "-1"}, "--seed");
        row("trace of what", {"trace"}, "A command is missing: 'fastcar trace'");
        row("no such subcommand", {"trace", "paint"}, "no command 'fastcar trace paint'");
        row("no such command of the library", {"library", "paint"}, "`fastcar library --help`");
        row("a command that is no text", {"\x1b[2Jpaint"}, "\\x1b[2Jpaint");
        row("convert to what", {"trace", "convert", "a.fctrace"}, "--output");
        row("convert to a picture", {"trace", "convert", "a.fctrace", "-o", file("a.png")}, "a.png");
        row("a table by frames", {"trace", "convert", "a.fctrace", "-o", file("a.csv"), "--per", "frame"},
            "--per");
        row("arrays by token", {"trace", "convert", "a.fctrace", "-o", file("a.npz"), "--per", "token"},
            "--per");
        row("frames backwards", {"trace", "convert", "a.fctrace", "-o", file("a.csv"), "--frames", "3-2"},
            "3-2");
        row("frames of arrays", {"trace", "convert", "a.fctrace", "-o", file("a.npz"), "--frames", "3"},
            "--frames");
        row("two kinds of thresholds",
            {"generate", "a kite", "-o", video, "--replay", "50", "--tas-threshold", "1"}, "--replay");
        row("gate", {"generate", "a kite", "-o", video, "--gate", "open"}, "open");
        row("tas", {"generate", "a kite", "-o", video, "--tas", "mine"}, "mine");
        row("attention", {"generate", "a kite", "-o", video, "--attention", "window:4"}, "window:4");
        row("ending", {"generate", "a kite", "-o", file("a.avi")}, ".avi");
        row("trace ending", {"generate", "a kite", "-o", video, "--trace", file("a.txt")}, ".fctrace");
        row("codes ending", {"generate", "a kite", "-o", video, "--codes", file("a.txt")}, ".npy");
        row("dump ending", {"forward", "--prompt", "a", "--codes", "c.npy", "--dump", file("a.txt")}, ".npz");
    }

    void wrongUseIsTwoAndASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, names);
        const auto outcome = program::run(arguments, {"FASTCAR_MODEL=" + program::model()});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(names), outcome.err.constData());
        QVERIFY2(outcome.err.startsWith("fastcar: "), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(QDir(folder_.path()).isEmpty());
    }

    void settingsThatDoNotFitTheModelAreWrongUse_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("too many frames") << QStringList{"--frames", "1000"} << QByteArray("frames");
        QTest::newRow("thresholds for other layers")
            << QStringList{"--tas-threshold", "1,2"} << QByteArray("4 layers");
        QTest::newRow("a threshold that is no number")
            << QStringList{"--tas-threshold", "high"} << QByteArray("high");
        QTest::newRow("no calibrated thresholds")
            << QStringList{"--replay", "50"} << QByteArray("calibrated");
        QTest::newRow("too many frames per second") << QStringList{"--fps", "1000"} << QByteArray("240");
        QTest::newRow("too large") << QStringList{"--scale", "2000"} << QByteArray("32000");
        QTest::newRow("temperature") << QStringList{"--temperature", "-1"} << QByteArray("temperature");
        QTest::newRow("guidance below none") << QStringList{"--cfg", "-3"} << QByteArray("0 to 100");
        QTest::newRow("guidance without bounds") << QStringList{"--cfg", "101"} << QByteArray("0 to 100");
        QTest::newRow("an unknown device") << QStringList{"--device", "abacus"} << QByteArray("abacus");
    }

    void settingsThatDoNotFitTheModelAreWrongUse()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, names);
        // An older trace is not lost to a run that never starts.
        QFile trace(file("old.fctrace"));
        QVERIFY(trace.open(QIODevice::WriteOnly));
        trace.write("precious");
        trace.close();
        const auto outcome = program::runWithModel(
            QStringList{"generate", "a kite", "-o", file("a.mp4"), "--json", "--trace", file("old.fctrace")} +
            options);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(names), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!QFile::exists(file("a.mp4")));
        QCOMPARE(QFile(file("old.fctrace")).size(), qint64{8});
        QVERIFY(QFile::remove(file("old.fctrace")));
    }

    /// Fewer frames would not help.
    void aPromptThatFillsTheModelIsToBeShortened()
    {
        const auto outcome =
            program::runWithModel({"generate", QString("a kite ").repeated(2000), "-o", file("a.mp4")});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains("Shorten the prompt."), outcome.err.constData());
        QVERIFY(!outcome.err.contains("frames"));
    }

    void aMissingModelIsAFailureThatNamesIt()
    {
        const auto outcome =
            program::run({"generate", "a kite", "-o", file("a.mp4"), "--json", "--model", "/no/such/model"});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("/no/such/model"), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void aMissingFolderIsFoundBeforeTheModelIsOpened()
    {
        const auto outcome =
            program::run({"generate", "a kite", "-o", file("nowhere/a.mp4"), "--model", "/no/such/model"});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("nowhere"), outcome.err.constData());
    }

    void theEnvironmentNamesAModel()
    {
        const auto outcome =
            program::run({"generate", "a kite", "-o", file("a.mp4"), "--frames", "1", "--json"},
                         {"FASTCAR_MODEL=" + program::model()});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(outcome.json()["model"].toObject()["folder"].toString(), program::model());
        QVERIFY(QFile::remove(file("a.mp4")));
    }

    void theLibrariesAreQuietUnlessAsked()
    {
        const QStringList arguments{"generate", "a kite", "-o",     file("a.mp4"),
                                    "--frames", "1",      "--seed", "1"};
        const QString model = "FASTCAR_MODEL=" + program::model();
        QVERIFY(program::run(arguments, {model}).err.isEmpty());
        const auto loud = program::run(arguments, {model, "FASTCAR_LOG=debug"});
        QCOMPARE(loud.status, 0);
        QVERIFY2(loud.err.contains("[media] [debug]"), loud.err.constData());
        QVERIFY(QFile::remove(file("a.mp4")));
    }

    void devicesAreListedForPeopleAndPrograms()
    {
        const auto text = program::run({"devices"});
        QCOMPARE(text.status, 0);
        QVERIFY(text.out.startsWith("cpu "));
        const auto json = program::run({"devices", "--json"});
        QCOMPARE(json.status, 0);
        const QJsonArray devices = json.json()["devices"].toArray();
        QVERIFY(!devices.isEmpty());
        QCOMPARE(devices[0].toObject()["name"].toString(), QString("cpu"));
        QVERIFY(devices[0].toObject()["usable"].toBool());
        for (const auto &value : devices) {
            const QJsonObject device = value.toObject();
            QVERIFY(device["usable"].toBool() != !device["why_not"].toString().isEmpty());
            // Told of each, and null but for a real card.
            QVERIFY(device.contains("sensors"));
            if (device["name"] != "fpga" || !device["usable"].toBool())
                QVERIFY(device["sensors"].isNull());
        }
    }
};

QTEST_GUILESS_MAIN(TestCliUsage)
#include "test_cli_usage.moc"
