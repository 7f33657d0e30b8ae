// SPDX-License-Identifier: Apache-2.0
//
// Runs as files: videos of every kind, traces beside them, and what does not go together.
#include "engine/media/video_file.h"
#include "engine/quality/run_comparison.h"
#include "engine/trace/trace_file.h"
#include "tests/trace/events.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace fastcar;

namespace {

/// Frame t is of level 10 t + `level` everywhere.
std::vector<SharedFrame> greys(int frames, int level)
{
    std::vector<SharedFrame> made;
    for (int t = 0; t < frames; ++t)
        made.push_back(std::make_shared<const Frame>(Frame{
            16, 16, std::vector<std::uint8_t>(16 * 16 * 3, static_cast<std::uint8_t>(10 * t + level))}));
    return made;
}

const char *messageOf(const Result<RunComparison> &result)
{
    return result ? "" : result.error().message.c_str();
}

} // namespace

class TestRunComparison : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    std::filesystem::path path(const char *name) const { return folder_.filePath(name).toStdString(); }

    void makeVideo(const char *name, int frames, int level, const RunSettings &settings = events::settings())
    {
        const auto written =
            writeVideo(path(name), greys(frames, level), {.scale = 1, .settingsJson = toJson(settings)});
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
    }

    void makeTrace(const char *name, int tokens, const RunSettings &settings = events::settings(),
                   const TraceShape &shape = events::shape)
    {
        auto writer = TraceWriter::create(path(name), shape, settings);
        QVERIFY(writer.ok());
        for (const Event &event : events::run(tokens))
            writer->append(event);
        QVERIFY(writer->close().ok());
    }

    Result<RunComparison> compare(const char *a, const char *b) const
    {
        const auto runA = openRecordedRun(path(a));
        if (!runA)
            return runA.error();
        const auto runB = openRecordedRun(path(b));
        if (!runB)
            return runB.error();
        return compareRuns(*runA, *runB);
    }

private slots:
    void cleanup()
    {
        for (const QString &name : QDir(folder_.path()).entryList(QDir::Files))
            QFile::remove(folder_.filePath(name));
    }

    void exactFilesOfEveryKindAreExact_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        for (const char *a : {"a.mkv", "a.apng", "a.png"})
            for (const char *b : {"b.mkv", "b.apng", "b.png"})
                QTest::addRow("%s, %s", a, b) << QByteArray(a) << QByteArray(b);
    }

    void exactFilesOfEveryKindAreExact()
    {
        QFETCH(QByteArray, a);
        QFETCH(QByteArray, b);
        makeVideo(a, 4, 0);
        makeVideo(b, 4, 2);
        const auto found = compare(a, b);
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(found->exactPictures);
        QCOMPARE(found->pictures->frames().size(), std::size_t{4});
        QCOMPARE(found->pictures->width(), 16);
        QCOMPARE(found->pictures->drift(), 2.0);
        QCOMPARE(found->pictures->flicker()->a, 10.0);
        QCOMPARE(*found->pictures->flicker()->ratio(), 1.0);
        QCOMPARE(found->pictures->psnr(), 10.0 * std::log10(65025.0 / 4.0));
        QVERIFY(found->settings && found->settings->empty());
        QVERIFY(!found->codes);
        QVERIFY(found->notes.empty());
    }

    void lossyFilesAreNotExact()
    {
        makeVideo("a.mp4", 2, 0);
        makeVideo("b.mkv", 2, 0);
        makeVideo("c.gif", 2, 0);
        for (const auto &[a, b] : {std::pair{"a.mp4", "b.mkv"}, {"b.mkv", "a.mp4"}, {"b.mkv", "c.gif"}}) {
            const auto found = compare(a, b);
            QVERIFY2(found.ok(), messageOf(found));
            QVERIFY(!found->exactPictures);
        }
    }

    void theCommonFramesAreComparedAndAllAreCounted()
    {
        makeVideo("a.mkv", 4, 0);
        makeVideo("b.mkv", 3, 0);
        makeVideo("c.png", 3, 0); // of a run of four frames that was cancelled
        for (const char *shorter : {"b.mkv", "c.png"}) {
            const auto found = compare("a.mkv", shorter);
            QVERIFY2(found.ok(), messageOf(found));
            QCOMPARE(found->framesOfA, 4);
            QCOMPARE(found->framesOfB, 3);
            QCOMPARE(found->pictures->frames().size(), std::size_t{3});
            QCOMPARE(found->pictures->equalFrames(), 3);
        }
    }

    void anotherProgramsPictureIsOnePicture()
    {
        QVERIFY(writeVideo(path("a.png"), greys(4, 0), {.scale = 1}).ok());
        const auto found = compare("a.png", "a.png");
        QVERIFY2(found.ok(), messageOf(found));
        QCOMPARE(found->pictures->frames().size(), std::size_t{1});
        QCOMPARE(found->pictures->width(), 64);
        QVERIFY(!found->settings);
    }

    void aTraceBesideAVideoIsUsed()
    {
        RunSettings wentOn = events::settings();
        wentOn.continued = {{.step = 3, .device = "cpu", .version = ""}};
        makeVideo("a.mkv", 4, 0, wentOn); // which of the two knows of it does not matter
        makeVideo("b.mkv", 4, 0);
        makeTrace("a.fctrace", 24);
        makeTrace("b.fctrace", 12, wentOn);
        const auto found = compare("a.mkv", "b.mkv");
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(found->notes.empty());
        QVERIFY(found->codes.has_value());
        QCOMPARE(found->codes->tokens, 12);
        QCOMPARE(*found->codes->codes.share(), 1.0);
        QCOMPARE(found->settings->size(), std::size_t{1});
        QCOMPARE(found->settings->front().name, std::string("continued"));

        const auto mixed = compare("a.fctrace", "b.mkv");
        QVERIFY2(mixed.ok(), messageOf(mixed));
        QVERIFY(mixed->codes && !mixed->pictures);
    }

    void aTraceOfAnotherRunBesideAVideoIsPassedOverAndSaid()
    {
        for (const char *name : {"a.mkv", "b.mkv"})
            makeVideo(name, 4, 0);
        RunSettings other = events::settings();
        other.seed = 99;
        makeTrace("a.fctrace", 24);
        makeTrace("b.fctrace", 24, other);
        const auto found = compare("a.mkv", "b.mkv");
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(!found->codes);
        QCOMPARE(found->notes.size(), std::size_t{1});
        QVERIFY(found->notes.front().find("b.fctrace") != std::string::npos);
        QVERIFY(found->settings && found->settings->empty());
    }

    void otherModelsAreAnErrorOfTracesAndANoteOfVideos()
    {
        TraceShape other = events::shape;
        other.layers = 7;
        for (const char *name : {"a.mkv", "b.mkv"})
            makeVideo(name, 4, 0);
        makeTrace("a.fctrace", 24);
        makeTrace("b.fctrace", 0, events::settings(), other);
        const auto refused = compare("a.fctrace", "b.fctrace");
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        const auto found = compare("a.mkv", "b.mkv");
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(found->pictures && !found->codes);
        QCOMPARE(found->notes, std::vector<std::string>{refused.error().message});
    }

    void aPolicyThatWasChangedInTheCourseOfARunIsSaid()
    {
        makeTrace("a.fctrace", 24);
        makeTrace("b.fctrace", 24);
        auto writer = TraceWriter::goOn(path("b.fctrace"), path("c.fctrace"), 24);
        QVERIFY(writer.ok());
        writer->addPolicy(1, events::secondPolicy());
        QVERIFY(writer->close().ok());
        QVERIFY(compare("a.fctrace", "b.fctrace")->notes.empty());
        const auto found = compare("a.fctrace", "c.fctrace");
        QVERIFY2(found.ok(), messageOf(found));
        QCOMPARE(found->notes.size(), std::size_t{1});
        QVERIFY(found->notes.front().find("c.fctrace") != std::string::npos);
    }

    void aDamagedTraceIsComparedAsFarAsItGoesAndThatIsSaid()
    {
        makeTrace("a.fctrace", 24);
        makeTrace("b.fctrace", 24);
        QFile file(QString::fromStdString(path("b.fctrace").string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes[bytes.size() * 3 / 4] = static_cast<char>(~bytes[bytes.size() * 3 / 4]);
        QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
        file.close();
        const auto found = compare("a.fctrace", "b.fctrace");
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(found->codes->tokens > 0 && found->codes->tokens < 24);
        QCOMPARE(found->notes.size(), std::size_t{1});
        const std::string &note = found->notes.front();
        QVERIFY2(note.find("b.fctrace' is damaged behind token " + std::to_string(found->codes->tokens)) !=
                     std::string::npos,
                 note.c_str());
    }

    void whatHasNothingInCommonIsRefused()
    {
        makeVideo("a.mkv", 4, 0);
        makeTrace("b.fctrace", 24);
        for (const auto &[a, b] : {std::pair{"a.mkv", "b.fctrace"}, {"b.fctrace", "a.mkv"}}) {
            const auto refused = compare(a, b);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().kind, ErrorKind::BadInput);
            const QString message = QString::fromStdString(refused.error().message);
            QVERIFY2(message.contains("a.mkv' is a video") || message.contains("a.mkv' a video"),
                     qPrintable(message));
        }
        QCOMPARE(compare("a.mkv", "missing.mkv").error().kind, ErrorKind::NotFound);
    }

    void settingsOfANewerProgramAreSaid()
    {
        QVERIFY(
            writeVideo(path("a.mkv"), greys(2, 0), {.scale = 1, .settingsJson = R"({"seed": "x"})"}).ok());
        const auto found = compare("a.mkv", "a.mkv");
        QVERIFY2(found.ok(), messageOf(found));
        QVERIFY(!found->settings);
        QCOMPARE(found->notes.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestRunComparison)
#include "test_run_comparison.moc"
