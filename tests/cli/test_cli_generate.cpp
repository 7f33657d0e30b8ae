// SPDX-License-Identifier: Apache-2.0
//
// `fastcar generate` with the golden checkpoint.
#include "engine/media/video_file.h"
#include "engine/trace/trace_file.h"
#include "tests/cli/program.h"
#include "tests/decode/golden.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace fastcar;

namespace {

const QString prompt = "A red kite glides past a quiet harbor at dawn.";

} // namespace

class TestCliGenerate : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString file(const QString &name) const { return folder_.filePath(name); }
    std::filesystem::path path(const QString &name) const { return file(name).toStdString(); }

    program::Outcome generate(const QStringList &options) const
    {
        return program::runWithModel(QStringList{"generate", prompt, "-o", file("a.mkv"), "--json"} +
                                     options);
    }

private slots:
    void theJsonDocumentHoldsTheRun()
    {
        const auto outcome = generate({"--seed", "11", "--tas-threshold", "0.739", "--threads", "2"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
        const QJsonObject json = outcome.json();
        for (const char *key : {"prompt",          "seed",         "frames",
                                "videos",          "device",       "threads",
                                "model",           "model_digest", "codes_sha256",
                                "files",           "trace",        "tokens",
                                "cancelled",       "went_on",      "replayed",
                                "eligible",        "mlp_total",    "replayed_of_eligible",
                                "replayed_of_all", "ceiling",      "fully_skipped_layers",
                                "per_layer",       "per_frame",    "sampler",
                                "settings",        "seconds",      "version"})
            QVERIFY2(json.contains(key), key);
        QVERIFY(json.contains("sensors") && json["sensors"].isNull()); // a CPU tells nothing
        QCOMPARE(json["prompt"].toString(), prompt);
        QCOMPARE(json["seed"].toInt(), 11);
        QCOMPARE(json["frames"].toInt(), 4);
        QCOMPARE(json["tokens"].toInt(), 64);
        QCOMPARE(json["threads"].toInt(), 2);
        QCOMPARE(json["cancelled"].toBool(), false);
        QCOMPARE(json["eligible"].toInt(), 376);
        QCOMPARE(json["mlp_total"].toInt(), 504);
        QVERIFY(json["replayed"].toInt() > 0);
        QCOMPARE(json["replayed_of_eligible"].toDouble(), json["replayed"].toInt() / 376.0);
        QCOMPARE(json["replayed_of_all"].toDouble(), json["replayed"].toInt() / 504.0);
        QCOMPARE(json["ceiling"].toDouble(), 47.0 / 63.0);
        int ofLayers = 0;
        for (const auto &layer : json["per_layer"].toArray())
            ofLayers += layer.toObject()["replayed"].toInt();
        QCOMPARE(ofLayers, json["replayed"].toInt());
        QCOMPARE(json["per_frame"].toArray().size(), 4);
        QCOMPARE(json["per_frame"].toArray()[0].toObject()["eligible"].toInt(), 0);
        QCOMPARE(json["model_digest"].toString().size(), 64);
        QCOMPARE(json["settings"].toObject()["model_digest"], json["model_digest"]);
        QVERIFY(json["seconds"].toObject()["decode"].toObject()["total"].toDouble() > 0.0);
        // 4 layers of 64, MLP 160, in bf16; an MLP that all rows replay is not read.
        constexpr double mlp = 2.0 * 3 * 64 * 160, layer = mlp + 2.0 * 4 * 64 * 64;
        QCOMPARE(json["bytes_read"].toObject()["weights_per_step"].toDouble(),
                 4 * layer - json["fully_skipped_layers"].toInt() * mlp / 63);
        QVERIFY(json["bytes_read"].toObject()["caches_per_step"].toDouble() > 0.0);
        QVERIFY(json["bytes_read"].toObject()["depth_per_token"].toDouble() > 0.0);
        QCOMPARE(json["files"].toArray()[0].toString(), file("a.mkv"));

        const auto info = inspectVideo(path("a.mkv"));
        QVERIFY(info.ok());
        QCOMPARE(info->frames, 4);
        QCOMPARE(info->title, prompt.toStdString());
        const auto settings = runSettingsFromJson(info->settingsJson);
        QVERIFY(settings.ok());
        QCOMPARE(settings->seed, std::uint64_t{11});
        QCOMPARE(settings->modelDigest, json["model_digest"].toString().toStdString());
    }

    void anEmptyPromptMakesAnUnconditionalVideoAndSaysSo()
    {
        const QStringList run{"generate", "-o", file("u.mkv"), "--seed", "3", "--frames", "2"};
        for (const QString blank : {"", "  "}) {
            const auto json = program::runWithModel(run + QStringList{blank, "--json"});
            QVERIFY2(json.status == 0, json.err.constData());
            QCOMPARE(json.json()["prompt"].toString(), blank);
            QCOMPARE(json.json()["unconditional"], QJsonValue(true));
            const auto told = program::runWithModel(run + QStringList{blank});
            QVERIFY2(told.out.contains("\nprompt    none: the video is unconditional\n"),
                     told.out.constData());
        }
        const auto asked = program::runWithModel(run + QStringList{prompt, "--json"});
        QCOMPARE(asked.json()["unconditional"], QJsonValue(false));
        QVERIFY(!program::runWithModel(run + QStringList{prompt}).out.contains("unconditional"));
    }

    void aSeedGivesTheSameCodesOnAnyNumberOfThreads()
    {
        const QStringList run{"--seed", "7", "--tas-threshold", "0.5"};
        const auto one = generate(run + QStringList{"--threads", "1"});
        const auto again = generate(run + QStringList{"--threads", "1"});
        const auto two = generate(run + QStringList{"--threads", "2"});
        QCOMPARE(program::codeHashes(one).size(), 1);
        QCOMPARE(program::codeHashes(one)[0].size(), 64);
        QCOMPARE(program::codeHashes(one), program::codeHashes(again));
        QCOMPARE(program::codeHashes(one), program::codeHashes(two));
        QVERIFY(program::codeHashes(one) !=
                program::codeHashes(generate({"--seed", "8", "--tas-threshold", "0.5"})));
    }

    void withoutASeedEveryRunIsAnotherAndTellsItsSeed()
    {
        const auto first = generate({});
        const auto second = generate({});
        QVERIFY(first.json()["seed"].toDouble() != second.json()["seed"].toDouble());
        const auto repeated =
            generate({"--seed", QString::number(qulonglong(first.json()["seed"].toDouble()))});
        QCOMPARE(program::codeHashes(repeated), program::codeHashes(first));
    }

    void thresholdsMayStartWithAMinus_data()
    {
        QTest::addColumn<QStringList>("option");
        QTest::addColumn<QJsonArray>("thresholds");
        QTest::newRow("equals") << QStringList{"--tas-threshold=-1"} << QJsonArray{-1, -1, -1, -1};
        QTest::newRow("blank") << QStringList{"--tas-threshold", "-1"} << QJsonArray{-1, -1, -1, -1};
        QTest::newRow("-inf") << QStringList{"--tas-threshold", "-inf"}
                              << QJsonArray{"-inf", "-inf", "-inf", "-inf"};
        QTest::newRow("list") << QStringList{"--tas-threshold", "-1,none,inf,-2.5"}
                              << QJsonArray{-1, QJsonValue(), "inf", -2.5};
        QTest::newRow("list, equals")
            << QStringList{"--tas-threshold=-inf,none,0,-1"} << QJsonArray{"-inf", QJsonValue(), 0, -1};
    }

    void thresholdsMayStartWithAMinus()
    {
        QFETCH(QStringList, option);
        QFETCH(QJsonArray, thresholds);
        const auto outcome = generate(option + QStringList{"--seed", "1", "--frames", "2"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(outcome.json()["settings"].toObject()["replay"].toObject()["thresholds"].toArray(),
                 thresholds);
    }

    void everyOptionReachesTheSettings()
    {
        const auto outcome = generate({"--seed",          "18446744073709551615",
                                       "--frames",        "2",
                                       "--cfg",           "2.5",
                                       "--temperature",   "0.75",
                                       "--top-k",         "20",
                                       "--top-p",         "0.5",
                                       "--tas",           "paper",
                                       "--gate",          "mean",
                                       "--attention",     "window:8+24",
                                       "--replay-frames", "2-",
                                       "--replay-layers", "1-3",
                                       "--tas-threshold", "0.25"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const auto info = inspectVideo(path("a.mkv"));
        QVERIFY(info.ok());
        const auto settings = runSettingsFromJson(info->settingsJson);
        QVERIFY(settings.ok());
        QCOMPARE(settings->seed, ~std::uint64_t{0});
        QCOMPARE(settings->frames, 2);
        QVERIFY(
            (settings->sampler ==
             SamplerSettings{.greedy = false, .temperature = 0.75f, .topK = 20, .topP = 0.5f, .cfg = 2.5f}));
        QVERIFY(settings->replay.definition == TasDefinition::Paper);
        QVERIFY(settings->replay.gate == GateMode::Mean);
        QVERIFY(settings->replay.thresholds == std::vector<std::optional<float>>(4, 0.25f));
        QVERIFY((settings->replay.frames == ReplayRange{.first = 2}));
        QVERIFY((settings->replay.layers == ReplayRange{.first = 1, .last = 3}));
        QVERIFY(!settings->replay.target);
        QVERIFY((settings->attention == AttentionSpan{.windowed = true, .sinks = 8, .window = 24}));
    }

    void aTargetIsMetWithAnyNumberOfThreads()
    {
        const auto run = [&](const char *threads) {
            return generate({"--seed", "5", "--target-ratio", "0.4", "--per-layer", "--threads", threads});
        };
        const auto one = run("1"), two = run("2");
        QVERIFY2(one.status == 0, one.err.constData());
        QCOMPARE(program::codeHashes(one), program::codeHashes(two));
        // Of 94 decisions a layer; the last ones cannot be made up for.
        for (const QJsonValue &layer : one.json()["per_layer"].toArray())
            QVERIFY(std::abs(layer.toObject()["replayed"].toInt() - 0.4 * 94) < 3);
        const QJsonObject replay = one.json()["settings"].toObject()["replay"].toObject();
        QVERIFY(replay["target"].toObject()["per_layer"].toBool());
    }

    void presetsAreTheModelsOwn()
    {
        const auto exact = generate({"--seed", "5", "--preset", "exact"});
        QVERIFY2(exact.status == 0, exact.err.constData());
        QCOMPARE(program::codeHashes(exact), program::codeHashes(generate({"--seed", "5"})));
        const auto fast = generate({"--seed", "5", "--preset", "fast"});
        QVERIFY2(fast.status == 0, fast.err.constData());
        QVERIFY(fast.json()["replayed"].toInt() > 0);
    }

    void greedyCodesAreThePublishedOnes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("option");
        QTest::newRow("dense") << "greedy_dense" << QStringList{};
        QTest::newRow("replay") << "greedy_tau_p50" << QStringList{"--tas-threshold", "0.739"};
    }

    void greedyCodesAreThePublishedOnes()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, option);
        const auto outcome = generate(option + QStringList{"--greedy", "--codes", file("codes.npy")});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        const auto ours = readNpy(path("codes.npy"));
        const auto published = readNpy(golden::folder + "vectors/" + name.toStdString() + ".npy");
        QVERIFY(ours.ok() && published.ok());
        QCOMPARE(ours->shape, (std::vector<std::int64_t>{64, 4}));
        const auto a = *ours->as<std::int32_t>();
        const auto b = *published->as<std::int32_t>();
        // The closest choice is 4e-3 apart (manifest.json, min_top2_gap): there is no tie to excuse a
        // difference.
        QVERIFY(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    }

    void severalVideosGetNumberedFiles()
    {
        const auto outcome = generate(
            {"--seed", "5", "--videos", "2", "--frames", "2", "--codes", file("codes.npy"), "--scale", "1"});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(program::codeHashes(outcome).size(), 2);
        QVERIFY(program::codeHashes(outcome)[0] != program::codeHashes(outcome)[1]);
        for (const char *number : {"1", "2"}) {
            QCOMPARE(inspectVideo(path(QString("a-%1.mkv").arg(number)))->frames, 2);
            QCOMPARE(inspectVideo(path(QString("a-%1.mkv").arg(number)))->height, 16);
            QCOMPARE(readNpy(path(QString("codes-%1.npy").arg(number)))->shape,
                     (std::vector<std::int64_t>{32, 4}));
        }
        const auto alone = generate({"--seed", "5", "--frames", "2"});
        QCOMPARE(program::codeHashes(alone)[0], program::codeHashes(outcome)[0]);
    }

    void aTraceIsWritten()
    {
        const auto native =
            generate({"--seed", "5", "--tas-threshold", "0.5", "--trace", file("run.fctrace")});
        QVERIFY2(native.status == 0, native.err.constData());
        const auto trace = readTrace(path("run.fctrace"));
        QVERIFY2(trace.ok(), trace.ok() ? "" : trace.error().message.c_str());
        QCOMPARE(trace->tokens(), 64);
        QCOMPARE(trace->steps(), 63);
        QCOMPARE(trace->statistics().all().replayed, std::int64_t{native.json()["replayed"].toInt()});
        QCOMPARE(trace->statistics().all().eligible, std::int64_t{native.json()["eligible"].toInt()});
        QCOMPARE(trace->settings().modelDigest, native.json()["model_digest"].toString().toStdString());

        const auto arrays = generate({"--seed", "5", "--tas-threshold", "0.5", "--trace", file("run.npz")});
        QVERIFY2(arrays.status == 0, arrays.err.constData());
        const auto npz = readNpz(path("run.npz"));
        QVERIFY(npz.ok());
        const auto replayed = *npz->at("replayed").as<std::uint8_t>();
        QCOMPARE(std::count(replayed.begin(), replayed.end(), 1), native.json()["replayed"].toInt());
        QCOMPARE(npz->at("codes").shape, (std::vector<std::int64_t>{1, 64, 4}));
    }

    void peopleGetAFewLines()
    {
        const auto outcome =
            program::runWithModel({"generate", prompt, "-o", file("a.gif"), "--seed", "3", "--frames", "2"});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.out.contains("a.gif (2 frames)"));
        QVERIFY(outcome.out.contains("seed      3\n"));
        QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
        QVERIFY(outcome.out.count('\n') < 10);
    }

    void anInterruptKeepsTheWholeFrames_data()
    {
        QTest::addColumn<QList<int>>("sent");
        QTest::newRow("Ctrl-C") << QList<int>{SIGINT};
        QTest::newRow("kill") << QList<int>{SIGTERM};
        QTest::newRow("a terminal that is closed") << QList<int>{SIGHUP};
        // The system tells who is in the foreground, and the shell its jobs: nobody wants to end at once.
        QTest::newRow("a connection that is lost, told twice") << QList<int>{SIGHUP, SIGHUP};
        QTest::newRow("Ctrl-C, and then the terminal is closed") << QList<int>{SIGINT, SIGHUP};
    }

    void anInterruptKeepsTheWholeFrames()
    {
        QFETCH(QList<int>, sent);
        QFile::remove(file("cut.fctrace"));
        QProcess process;
        // Whatever the test was started by.
        process.setChildProcessModifier([] { std::signal(SIGHUP, SIG_DFL); });
        process.start(program::path(),
                      {"generate", prompt, "-o", file("cut.mkv"), "--model", program::model(), "--frames",
                       "28", "--videos", "16", "--trace", file("cut.fctrace"), "--json", "--seed", "1"});
        QVERIFY(process.waitForStarted());
        // The trace tells from outside how far the run is: one frame is whole, many are not.
        const auto tokensSoFar = [&] {
            const auto trace = readTrace(path("cut.fctrace"));
            return trace ? trace->tokens() : 0;
        };
        QElapsedTimer patience;
        patience.start();
        while (tokensSoFar() < 17 && process.state() == QProcess::Running && patience.elapsed() < 60'000)
            QTest::qWait(5);
        QVERIFY(tokensSoFar() >= 17);
        for (const int signal : sent) {
            QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
            QTest::qWait(2);
        }
        QVERIFY(process.waitForFinished(60'000));
        const QByteArray err = process.readAllStandardError();
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY2(process.exitCode() == 130, err.constData());
        QVERIFY2(err.contains("Cancelled after"), err.constData());
        const program::Outcome outcome{130, process.readAllStandardOutput(), err};
        QVERIFY(outcome.json()["cancelled"].toBool());
        const int tokens = outcome.json()["tokens"].toInt();
        QVERIFY(tokens >= 17 && tokens < 28 * 16);
        QCOMPARE(tokensSoFar(), tokens);
        for (int video = 1; video <= 16; ++video)
            QCOMPARE(inspectVideo(path(QString("cut-%1.mkv").arg(video)))->frames, tokens / 16);
    }

    void underNohupAClosedTerminalStopsNothing()
    {
        QProcess process;
        process.setChildProcessModifier([] { std::signal(SIGHUP, SIG_IGN); });
        process.start(program::path(), {"generate", prompt, "-o", file("on.mkv"), "--model", program::model(),
                                        "--frames", "8", "--trace", file("on.fctrace"), "--seed", "1"});
        QVERIFY(process.waitForStarted());
        while (!readTrace(path("on.fctrace")) && process.state() == QProcess::Running)
            QTest::qWait(2);
        ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        QCOMPARE(inspectVideo(path("on.mkv"))->frames, 8);
    }

    void aFullDiskIsAFailureThatLeavesNothing()
    {
        QTemporaryDir folder;
        QProcess shell;
        shell.start("sh", {"-c", QString("ulimit -f 1; exec \"$0\" \"$@\""), program::path(), "generate",
                           prompt, "-o", folder.filePath("a.mkv"), "--model", program::model(), "--json"});
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().contains("Make room"));
        QVERIFY(shell.readAllStandardOutput().isEmpty());
        QVERIFY(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliGenerate)
#include "test_cli_generate.moc"
