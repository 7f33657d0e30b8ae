// SPDX-License-Identifier: Apache-2.0
//
// `fastcar generate --keep`, `fastcar library` and `fastcar inspect LIBRARY`, with the golden checkpoint.
#include "engine/library/library.h"
#include "engine/media/video_file.h"
#include "engine/trace/trace_file.h"
#include "tests/cli/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;

class TestCliLibrary : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString file(const QString &name) const { return folder_.filePath(name); }
    QString libraryFolder() const { return file("library"); }

    program::Outcome library(const QStringList &arguments) const
    {
        return program::run(QStringList{"library"} + arguments +
                            QStringList{"--library", libraryFolder(), "--json"});
    }
    QJsonObject entry(int id) const { return library({"show", QString::number(id)}).json(); }

private slots:
    void aRunIsKeptWhenItIsAskedFor()
    {
        const QStringList generate{"generate", "a cat on a beach", "--seed", "5", "--frames", "2",
                                   "-o",       file("a.mkv"),      "--json"};
        const auto without = program::runWithModel(generate);
        QCOMPARE(without.status, 0);
        QVERIFY(without.json()["kept_as"].isNull());
        QVERIFY(!QDir(libraryFolder()).exists());

        const auto with =
            program::runWithModel(generate + QStringList{"--keep", "--library", libraryFolder()});
        QVERIFY2(with.status == 0, with.err.constData());
        QCOMPARE(with.json()["kept_as"].toInt(), 1);
        QCOMPARE(program::codeHashes(with), program::codeHashes(without));
        const QJsonObject run = entry(1);
        QCOMPARE(run["state"].toString(), QStringLiteral("done"));
        QCOMPARE(run["prompt"].toString(), QStringLiteral("a cat on a beach"));
        QCOMPARE(run["settings"], with.json()["settings"]);
        QCOMPARE(run["tokens"].toInt(), with.json()["tokens"].toInt());
        QVERIFY(QFile::exists(run["folder"].toString() + "/poster.png"));
    }

    void aKeptRunIsWrittenAsTheSameVideo()
    {
        const auto exported = library({"export", "1", "-o", file("b.mkv")});
        QVERIFY2(exported.status == 0, exported.err.constData());
        const auto a = readVideo(file("a.mkv").toStdString());
        const auto b = readVideo(file("b.mkv").toStdString());
        QVERIFY(a.ok() && b.ok());
        QCOMPARE(b->size(), a->size());
        for (std::size_t frame = 0; frame < a->size(); ++frame)
            QVERIFY((*b)[frame]->rgb == (*a)[frame]->rgb);
        const auto info = inspectVideo(file("b.mkv").toStdString());
        QVERIFY(info.ok() && info->settingsJson.find("\"seed\"") != std::string::npos);

        QCOMPARE(library({"export", "1", "-o", file("b.fctrace")}).status, 0);
        const auto trace = readTrace(file("b.fctrace").toStdString());
        QVERIFY(trace.ok());
        QCOMPARE(trace->tokens(), entry(1)["tokens"].toInt());
        QCOMPARE(library({"export", "1", "-o", file("b.txt")}).status, 2);
        QCOMPARE(library({"export", "7", "-o", file("b.mkv")}).status, 1);
    }

    /// A run that was cut off in the middle, as a killed program leaves it.
    void aRunThatStoppedGoesOnInTheLibrary()
    {
        const auto before =
            program::runWithModel({"generate", "a cat on a beach", "--seed", "5", "--frames", "2", "-o",
                                   file("c.mkv"), "--json", "--keep", "--library", libraryFolder()});
        QCOMPARE(before.json()["kept_as"].toInt(), 2);
        {
            auto opened = Library::open(libraryFolder().toStdString());
            QVERIFY(opened.ok());
            const RunFolder files = opened->filesOf(2);
            QFile trace(QString::fromStdString(files.trace().string()));
            QVERIFY(trace.resize(trace.size() * 2 / 3));
            QVERIFY(QFile::remove(QString::fromStdString(files.frame(0, 1).string())));
            auto database = Database::open(libraryDatabase(opened->folder()), Database::Access::Write);
            QVERIFY(database.ok());
            QVERIFY(database->run("UPDATE runs SET state = 'running' WHERE id = 2").ok());
        }
        const QJsonObject stopped = entry(2);
        QCOMPARE(stopped["state"].toString(), QStringLiteral("interrupted"));
        QVERIFY(stopped["tokens"].toInt() < stopped["tokens_total"].toInt());

        const auto resumed =
            program::runWithModel({"generate", "--resume", stopped["folder"].toString() + "/trace.fctrace",
                                   "-o", file("d.mkv"), "--json"});
        QVERIFY2(resumed.status == 0, resumed.err.constData());
        QCOMPARE(resumed.json()["kept_as"].toInt(), 2);
        QCOMPARE(program::codeHashes(resumed), program::codeHashes(before));
        const QJsonObject whole = entry(2);
        QCOMPARE(whole["state"].toString(), QStringLiteral("done"));
        QCOMPARE(whole["tokens"], whole["tokens_total"]);
        QCOMPARE(library({"export", "2", "-o", file("e.mkv")}).status, 0);
        QCOMPARE(readVideo(file("e.mkv").toStdString())->size(), 2U);
    }

    void aTraceThatDoesNotFitOnTheDiskLeavesTheOldFileAlone()
    {
        QFile old(file("old.fctrace"));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("precious");
        old.close();
        QProcess shell;
        shell.start("sh", {"-c", QString("ulimit -f 1; exec \"$0\" \"$@\""), program::path(), "library",
                           "export", "1", "-o", file("old.fctrace"), "--library", libraryFolder()});
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().contains("Cannot write"));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("precious"));
    }

    /// A home that is not told is looked up, and is not the folder that somebody happens to be in.
    void withoutAHomeTheLibraryIsNotBelowTheCurrentFolder()
    {
        QProcess shell;
        shell.setWorkingDirectory(folder_.path());
        shell.start("env", {"-u", "HOME", "-u", "XDG_DATA_HOME", "-u", "FASTCAR_LIBRARY", program::path(),
                            "library", "list", "--words", "zebra"});
        QVERIFY(shell.waitForFinished(60'000));
        const QByteArray said = shell.readAllStandardError();
        QVERIFY2(shell.exitCode() == 0 || said.contains("no library of runs in '/"), said.constData());
        QVERIFY(!said.contains("'./"));
    }

    void runsAreListedRatedDeletedAndCleanedUp()
    {
        QCOMPARE(library({"rate", "1", "4"}).status, 0);
        QCOMPARE(library({"note", "1", "the good one"}).status, 0);
        QCOMPARE(library({"rate", "1", "9"}).status, 2);
        QCOMPARE(library({"rate", "9", "4"}).status, 1);
        const QJsonObject rated = library({"list", "--rating", "3"}).json();
        QCOMPARE(rated["found"].toInt(), 1);
        QCOMPARE(rated["runs"][0]["note"].toString(), QStringLiteral("the good one"));
        QCOMPARE(library({"list", "--words", "good"}).json()["found"].toInt(), 1);
        QCOMPARE(library({"list", "--order", "oldest"}).json()["runs"][0]["id"].toInt(), 1);
        QCOMPARE(library({"list", "--since", "2999-01-01"}).json()["found"].toInt(), 0);
        const auto none = program::run({"library", "list", "--words", "zebra", "--library", libraryFolder()});
        QVERIFY2(none.status == 0 && none.out.startsWith("no run fits\n"), none.out.constData());
        QCOMPARE(library({"list", "--since", "yesterday"}).status, 2);
        QCOMPARE(library({"list", "--most", "1"}).json()["runs"].toArray().size(), 1);

        QCOMPARE(library({"delete", "2"}).status, 0);
        QCOMPARE(library({"list"}).json()["found"].toInt(), 1);
        QCOMPARE(library({"restore", "2"}).status, 0);
        QCOMPARE(library({"delete", "2"}).status, 0);
        const QJsonObject plan = library({"clean", "--older-than", "0m", "--dry-run"}).json();
        QCOMPARE(plan["runs"].toArray().size(), 1); // the rated one stays
        QCOMPARE(plan["runs"][0]["id"].toInt(), 2);
        QVERIFY(QDir(libraryFolder() + "/runs/2").exists());
        QCOMPARE(library({"clean"}).json()["runs"].toArray().size(), 1);
        QVERIFY(!QDir(libraryFolder() + "/runs/2").exists());
        QVERIFY(QDir(libraryFolder() + "/runs/1").exists());
    }

    void inspectSaysWhatALibraryIs()
    {
        for (const QString &what : {libraryFolder(), libraryFolder() + "/library.db"}) {
            const QJsonObject found = program::run({"inspect", what, "--json"}).json();
            QCOMPARE(found["kind"].toString(), QStringLiteral("library"));
            QCOMPARE(found["states"]["done"].toInt(), 1);
            QCOMPARE(found["disk_use"]["runs"].toInt(), 1);
        }
    }

    void noLibraryIsExplained()
    {
        const auto missing = program::run({"library", "list", "--library", file("nowhere")});
        QCOMPARE(missing.status, 1);
        QVERIFY(missing.err.contains("There is no library of runs"));
        QVERIFY(!QDir(file("nowhere")).exists());
        QCOMPARE(program::run({"library"}).status, 2);
        QCOMPARE(program::run({"library", "list"}, {"FASTCAR_LIBRARY=" + libraryFolder()}).status, 0);
    }

    void aDamagedLibraryIsMadeAnew()
    {
        QFile database(libraryFolder() + "/library.db");
        QVERIFY(database.open(QIODevice::ReadWrite));
        QCOMPARE(database.write(QByteArray(200, 'x')), 200);
        database.close();
        for (const char *log : {"-wal", "-shm"})
            QFile::remove(libraryFolder() + "/library.db" + log);
        const auto refused = library({"list"});
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.contains("fastcar library rebuild"));
        QCOMPARE(program::run({"inspect", libraryFolder()}).status, 1);
        QCOMPARE(library({"rebuild"}).json()["runs"].toInt(), 1);
        QCOMPARE(entry(1)["prompt"].toString(), QStringLiteral("a cat on a beach"));
    }
};

QTEST_GUILESS_MAIN(TestCliLibrary)
#include "test_cli_library.moc"
