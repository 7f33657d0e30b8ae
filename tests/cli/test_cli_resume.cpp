// SPDX-License-Identifier: Apache-2.0
//
// `fastcar generate --resume`: runs that were killed anywhere, with the golden checkpoint.
#include "engine/media/video_file.h"
#include "engine/trace/trace_file.h"
#include "tests/cli/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <csignal>

using namespace fastcar;

namespace {

const QString prompt = "A red kite glides past a quiet harbor at dawn.";

/// All but the times.
void compare(const Trace &a, const Trace &b)
{
    QVERIFY(a.shape() == b.shape());
    QCOMPARE(a.tokens(), b.tokens());
    for (int token = 0; token < a.tokens(); ++token)
        for (int video = 0; video < a.shape().videos; ++video)
            for (int depth = 0; depth < a.shape().depth; ++depth)
                QCOMPARE(a.code(token, video, depth), b.code(token, video, depth));
    for (int step = 0; step < a.steps(); ++step)
        for (int layer = 0; layer < a.shape().layers; ++layer)
            for (int row = 0; row < a.shape().rows; ++row) {
                QCOMPARE(a.outcome(step, layer, row).decision, b.outcome(step, layer, row).decision);
                QCOMPARE(std::bit_cast<std::uint32_t>(a.outcome(step, layer, row).tas),
                         std::bit_cast<std::uint32_t>(b.outcome(step, layer, row).tas));
            }
}

} // namespace

class TestCliResume : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const QString &name) const { return folder_.filePath(name); }
    std::filesystem::path path(const QString &name) const { return file(name).toStdString(); }

    program::Outcome generate(const QStringList &options) const
    {
        return program::runWithModel(QStringList{"generate", "-o", file("a.mkv"), "--json"} + options);
    }

    program::Outcome resume(const QString &trace, const QStringList &options = {}) const
    {
        return generate(QStringList{"--resume", file(trace)} + options);
    }

    int tokensIn(const QString &trace) const
    {
        const auto read = readTrace(path(trace));
        return read ? read->tokens() : 0;
    }

    QByteArray bytesOf(const QString &name) const
    {
        QFile stored(file(name));
        return stored.open(QIODevice::ReadOnly) ? stored.readAll() : QByteArray();
    }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile stored(file(name));
        QVERIFY(stored.open(QIODevice::WriteOnly));
        QCOMPARE(stored.write(bytes), bytes.size());
    }

    /// Starts the program and kills it, as nobody can defend against, when the trace holds `tokens`.
    void killAt(int tokens, const QString &trace, const QStringList &arguments) const
    {
        QProcess process;
        process.start(program::path(), arguments + QStringList{"--model", program::model()});
        QVERIFY(process.waitForStarted());
        QElapsedTimer patience;
        patience.start();
        while (tokensIn(trace) < tokens && process.state() == QProcess::Running &&
               patience.elapsed() < 60'000)
            QTest::qWait(2);
        QVERIFY(tokensIn(trace) >= tokens);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGKILL), 0);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    }

    /// A run of two frames with replay; made once.
    const QByteArray &wholeTrace()
    {
        if (whole_.isEmpty()) {
            outcome_ = generate({prompt, "--seed", "5", "--frames", "2", "--tas-threshold", "0.5", "--trace",
                                 file("whole.fctrace")});
            whole_ = bytesOf("whole.fctrace");
        }
        return whole_;
    }

    QByteArray whole_;
    program::Outcome outcome_;

private slots:
    void aRunThatWasKilledTwiceGivesTheSameCodes()
    {
        const QStringList run{prompt, "--seed",          "7",  "--frames", "28", "--videos",
                              "8",    "--tas-threshold", "0.6"};
        const auto whole = generate(run + QStringList{"--trace", file("all.fctrace")});
        QVERIFY2(whole.status == 0, whole.err.constData());

        killAt(30, "killed.fctrace",
               QStringList{"generate", "-o", file("k.mkv"), "--trace", file("killed.fctrace")} + run);
        const int first = tokensIn("killed.fctrace");
        killAt(first + 20, "killed.fctrace",
               {"generate", "-o", file("k.mkv"), "--resume", file("killed.fctrace")});
        const int second = tokensIn("killed.fctrace");
        QVERIFY(second < 28 * 16);

        const auto rest = resume("killed.fctrace");
        QVERIFY2(rest.status == 0, rest.err.constData());
        QCOMPARE(program::codeHashes(rest).size(), 8);
        QCOMPARE(program::codeHashes(rest), program::codeHashes(whole));
        for (const char *count : {"replayed", "eligible", "mlp_total", "tokens", "fully_skipped_layers"})
            QCOMPARE(rest.json()[count].toInt(), whole.json()[count].toInt());
        const QJsonObject wentOn = rest.json()["went_on"].toArray()[0].toObject();
        QCOMPARE(wentOn["tokens"].toInt(), second);
        QCOMPARE(wentOn["trace"].toString(), file("killed.fctrace"));
        QVERIFY(wentOn["same_numbers"].toBool());
        for (int video = 1; video <= 8; ++video)
            QCOMPARE(inspectVideo(path(QString("a-%1.mkv").arg(video)))->frames, 28);
        const auto trace = readTrace(path("killed.fctrace"));
        QVERIFY(trace.ok());
        compare(*trace, *readTrace(path("all.fctrace")));
        QCOMPARE(trace->settings().continued.size(), std::size_t{2});
        QCOMPARE(trace->settings().continued[1].step, second - 1);
    }

    void aTraceCutOffAnywhereGivesTheSameCodes()
    {
        const QByteArray whole = wholeTrace();
        QVERIFY2(outcome_.status == 0, outcome_.err.constData());
        const qsizetype start = whole.indexOf("TOKN");
        // Before and in the first record, at records' ends and in their midst, one byte too few.
        for (const qsizetype size :
             {start, start + 5, start + (whole.size() - start) / 3, start + (whole.size() - start) / 2,
              whole.lastIndexOf("TOKN"), whole.lastIndexOf("TOKN") + 3, whole.size() - 1}) {
            write("cut.fctrace", whole.left(size));
            const auto rest = resume("cut.fctrace");
            QVERIFY2(rest.status == 0, rest.err.constData());
            QCOMPARE(program::codeHashes(rest), program::codeHashes(outcome_));
            compare(*readTrace(path("cut.fctrace")), *readTrace(path("whole.fctrace")));
        }
        write("cut.fctrace", whole.left(start - 10));
        const auto refused = resume("cut.fctrace");
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("header"), refused.err.constData());
    }

    /// What stands behind the damage is lost when the trace is written on: nobody should find that out later.
    void aTraceThatIsDamagedInItsMiddleSaysWhatIsDropped()
    {
        QByteArray damaged = wholeTrace();
        const qsizetype start = damaged.indexOf("TOKN");
        const qsizetype at = damaged.indexOf("TOKN", start + (damaged.size() - start) / 2);
        damaged[at + 7] = char(0x7f); // of the record's length
        write("damaged.fctrace", damaged);
        const int before = tokensIn("damaged.fctrace");
        QVERIFY(before > 0 && before < 32);
        const QByteArray sentence = "is damaged behind token " + QByteArray::number(before);

        const auto inspected = program::run({"inspect", file("damaged.fctrace")});
        QVERIFY2(inspected.err.contains(sentence), inspected.err.constData());
        const auto copied = resume("damaged.fctrace", {"--trace", file("new.fctrace")});
        QVERIFY2(copied.status == 0, copied.err.constData());
        QVERIFY2(copied.err.contains(sentence), copied.err.constData());
        QCOMPARE(bytesOf("damaged.fctrace"), damaged);
        const auto rest = resume("damaged.fctrace");
        QVERIFY2(rest.status == 0, rest.err.constData());
        QVERIFY2(rest.err.contains(sentence) && rest.err.contains("dropped"), rest.err.constData());
        QCOMPARE(program::codeHashes(rest), program::codeHashes(outcome_));
        QVERIFY(resume("damaged.fctrace").err.isEmpty()); // it is whole now
        write("cut.fctrace", wholeTrace().left(wholeTrace().size() / 2));
        QVERIFY(resume("cut.fctrace").err.isEmpty()); // one that was cut off has lost nothing by that
    }

    void aCancelledRunSaysHowItGoesOn()
    {
        QProcess process;
        process.start(program::path(),
                      {"generate", prompt, "-o", file("c.mkv"), "--model", program::model(), "--frames", "28",
                       "--videos", "8", "--trace", file("cancelled.fctrace"), "--seed", "1"});
        QVERIFY(process.waitForStarted());
        while (tokensIn("cancelled.fctrace") < 17 && process.state() == QProcess::Running)
            QTest::qWait(2);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        const QByteArray err = process.readAllStandardError();
        QCOMPARE(process.exitCode(), 130);
        QVERIFY2(err.contains("--resume " + file("cancelled.fctrace").toUtf8()), err.constData());
    }

    void anotherTraceLeavesTheFirstAlone()
    {
        write("cut.fctrace", wholeTrace().left(wholeTrace().size() / 2));
        const auto rest = resume("cut.fctrace", {"--trace", file("new.fctrace")});
        QVERIFY2(rest.status == 0, rest.err.constData());
        QCOMPARE(rest.json()["trace"].toString(), file("new.fctrace"));
        QCOMPARE(bytesOf("cut.fctrace"), wholeTrace().left(wholeTrace().size() / 2));
        compare(*readTrace(path("new.fctrace")), *readTrace(path("whole.fctrace")));

        const auto arrays = resume("cut.fctrace", {"--trace", file("new.npz")});
        QVERIFY2(arrays.status == 0, arrays.err.constData());
        QVERIFY(QFile::exists(file("new.npz")));
        QCOMPARE(bytesOf("cut.fctrace"), wholeTrace().left(wholeTrace().size() / 2));
    }

    void anotherDeviceGoesOnWithItsOwnNumbers()
    {
        write("cut.fctrace", wholeTrace().left(wholeTrace().size() / 4 * 3));
        const int there = tokensIn("cut.fctrace");
        const auto rest = resume("cut.fctrace", {"--device", "fpga-modelled", "--codes", file("codes.npy")});
        QVERIFY2(rest.status == 0, rest.err.constData());
        QCOMPARE(rest.json()["tokens"].toInt(), 32);
        QVERIFY(!rest.json()["went_on"].toArray()[0].toObject()["same_numbers"].toBool());
        const auto trace = readTrace(path("cut.fctrace"));
        QCOMPARE(deviceOfStep(trace->settings(), there - 2), std::string("cpu"));
        QCOMPARE(deviceOfStep(trace->settings(), there - 1), std::string("fpga-modelled"));
        const auto info = inspectVideo(path("a.mkv"));
        QVERIFY(info->settingsJson.find("continued") != std::string::npos);
        const auto said = program::run({"inspect", file("cut.fctrace")});
        QVERIFY2(said.out.contains("fpga-modelled from step " + QByteArray::number(there - 1)),
                 said.out.constData());
    }

    void aWholeTraceStillMakesItsVideo()
    {
        write("all.fctrace", wholeTrace());
        QFile::remove(file("a.mkv"));
        const auto rest = resume("all.fctrace");
        QVERIFY2(rest.status == 0, rest.err.constData());
        QCOMPARE(program::codeHashes(rest), program::codeHashes(outcome_));
        QCOMPARE(inspectVideo(path("a.mkv"))->frames, 2);
        QCOMPARE(bytesOf("all.fctrace"), wholeTrace());
    }

    void whatTheTraceSaysCannotBeChosen_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("a prompt") << QStringList{"a cat"};
        QTest::newRow("seed") << QStringList{"--seed", "1"};
        QTest::newRow("frames") << QStringList{"--frames", "3"};
        QTest::newRow("replay") << QStringList{"--tas-threshold", "1"};
        QTest::newRow("a preset") << QStringList{"--preset", "exact"};
        QTest::newRow("a target") << QStringList{"--target-ratio", "0.5"};
        QTest::newRow("frames of replay") << QStringList{"--replay-frames", "1-2"};
        QTest::newRow("layers of replay") << QStringList{"--replay-layers", "1-2"};
        QTest::newRow("greedy") << QStringList{"--greedy"};
        QTest::newRow("a device that is none") << QStringList{"--device", "abacus"};
        QTest::newRow("another that is none") << QStringList{"--on-failure", "abacus"};
    }

    void whatTheTraceSaysCannotBeChosen()
    {
        QFETCH(QStringList, options);
        write("cut.fctrace", wholeTrace().left(wholeTrace().size() / 2));
        const auto refused = resume("cut.fctrace", options);
        QVERIFY2(refused.status == 2, refused.err.constData());
        QVERIFY(refused.out.isEmpty());
        QCOMPARE(bytesOf("cut.fctrace"), wholeTrace().left(wholeTrace().size() / 2));
    }

    void aTraceThatIsBeingWrittenIsLeftToItsRun()
    {
        const auto trace = [&] {
            wholeTrace();
            return readTrace(path("whole.fctrace"));
        }();
        auto writer = TraceWriter::create(path("live.fctrace"), trace->shape(), trace->settings());
        QVERIFY(writer.ok());
        const auto refused = resume("live.fctrace");
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("still writing"), refused.err.constData());
    }

    /// A model that was named from where one happened to be is found from elsewhere.
    void theTraceKnowsTheModelsWholePath()
    {
        QProcess process;
        process.setWorkingDirectory(QFileInfo(program::model()).path());
        process.start(program::path(), {"generate", prompt, "--frames", "1", "-o", file("from.mkv"),
                                        "--trace", file("from.fctrace"), "--model", "./checkpoint"});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(QString::fromStdString(readTrace(path("from.fctrace"))->settings().modelFolder),
                 program::model());
        QCOMPARE(program::run({"generate", "-o", file("a.mkv"), "--resume", file("from.fctrace")}).status, 0);
    }

    /// Before there were limits, a guidance below 0 was taken.
    void aSettingThatIsNotTakenAnyMoreIsExplained()
    {
        wholeTrace();
        Trace whole = *readTrace(path("whole.fctrace"));
        RunSettings settings = whole.settings();
        settings.sampler.cfg = -3.0f;
        QVERIFY(TraceWriter::create(path("old.fctrace"), whole.shape(), settings)->close().ok());
        const QByteArray before = bytesOf("old.fctrace");
        const auto refused = resume("old.fctrace");
        QCOMPARE(refused.status, 2);
        for (const char *word :
             {"cannot go on", "(cfg) must be from 0 to 100", "is -3", "older version", "make it anew"})
            QVERIFY2(refused.err.contains(word), refused.err.constData());
        QVERIFY(refused.out.isEmpty());
        QCOMPARE(bytesOf("old.fctrace"), before);
    }

    void aTraceOfAnotherModelIsRefused()
    {
        const auto trace = [&] {
            wholeTrace();
            return readTrace(path("whole.fctrace"));
        }();
        RunSettings settings = trace->settings();
        settings.modelDigest = std::string(64, '0');
        QVERIFY(TraceWriter::create(path("other.fctrace"), trace->shape(), settings)->close().ok());
        const auto refused = resume("other.fctrace");
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.contains("another model"), refused.err.constData());

        // Its sizes are not held against the run's before that.
        const QString smaller = file("smaller");
        QVERIFY(program::run({"make-checkpoint", "--shape", "tiny", "-o", smaller}).status == 0);
        const auto misnamed = program::run(
            {"generate", "-o", file("a.mkv"), "--resume", file("whole.fctrace"), "--model", smaller});
        QCOMPARE(misnamed.status, 2);
        QVERIFY2(misnamed.err.contains("another model") && misnamed.err.contains("--model FOLDER"),
                 misnamed.err.constData());

        settings.modelFolder = "/nowhere/at/all";
        QVERIFY(TraceWriter::create(path("moved.fctrace"), trace->shape(), settings)->close().ok());
        const auto moved = program::run({"generate", "-o", file("a.mkv"), "--resume", file("moved.fctrace")});
        QCOMPARE(moved.status, 1);
        QVERIFY2(moved.err.contains("--model FOLDER"), moved.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliResume)
#include "test_cli_resume.moc"
