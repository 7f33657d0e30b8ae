// SPDX-License-Identifier: Apache-2.0
//
// Every kind of file that writeVideo makes, written, inspected and read back.
#include "engine/media/plain_png.h"
#include "engine/media/video_file.h"
#include "engine/media/video_reader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

using namespace fastcar;

namespace {

const std::string settings = R"({"prompt": "Ein roter Drachen über dem Hafen", "seed": 7, "text": ")" +
                             std::string(20000, 'x') + R"("})";

/// A moving square over a gradient: every frame is another one.
std::vector<SharedFrame> makeFrames(int width, int height, int count)
{
    std::vector<SharedFrame> frames;
    for (int t = 0; t < count; ++t) {
        Frame frame{width, height, {}};
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const bool square = x / 4 == t % 4 && y / 4 == 1;
                frame.rgb.push_back(static_cast<std::uint8_t>(square ? 240 : 40 + 100 * x / width));
                frame.rgb.push_back(static_cast<std::uint8_t>(square ? 30 : 60 + 100 * y / height));
                frame.rgb.push_back(static_cast<std::uint8_t>(square ? 20 : 128));
            }
        frames.push_back(std::make_shared<const Frame>(std::move(frame)));
    }
    return frames;
}

const std::uint8_t *pixel(const Frame &frame, int x, int y)
{
    return frame.rgb.data() + 3 * (y * frame.width + x);
}

/// The largest difference of a channel between `small`, enlarged, and `large`, which may be padded.
int largestDifference(const Frame &small, const Frame &large, int scale)
{
    int difference = 0;
    for (int y = 0; y < large.height; ++y)
        for (int x = 0; x < large.width; ++x)
            for (int channel = 0; channel < 3; ++channel) {
                const int fromX = std::min(x / scale, small.width - 1);
                const int fromY = std::min(y / scale, small.height - 1);
                difference = std::max(
                    difference, std::abs(pixel(small, fromX, fromY)[channel] - pixel(large, x, y)[channel]));
            }
    return difference;
}

double meanDifference(const Frame &small, const Frame &large, int scale)
{
    double sum = 0.0;
    for (int y = 0; y < small.height * scale; ++y)
        for (int x = 0; x < small.width * scale; ++x)
            for (int channel = 0; channel < 3; ++channel)
                sum += std::abs(pixel(small, x / scale, y / scale)[channel] - pixel(large, x, y)[channel]);
    return sum / (3.0 * small.width * scale * small.height * scale);
}

QByteArray bytesOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestVideoFile : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    std::filesystem::path path(const QString &name) const { return folder_.filePath(name).toStdString(); }
    QStringList files() const
    {
        return QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }

private slots:
    void cleanup()
    {
        for (const QString &name : files())
            QFile::remove(folder_.filePath(name));
    }

    void aPlainPngIsReadBackExactly()
    {
        for (const auto &[width, height] : {std::pair(1, 1), std::pair(17, 5), std::pair(64, 64)}) {
            Frame frame = *makeFrames(width, height, 2)[1];
            for (std::size_t i = 0; i < frame.rgb.size(); i += 7)
                frame.rgb[i] = static_cast<std::uint8_t>(i * 31); // nothing smooth
            const auto png = plainPng(frame);
            QFile file(folder_.filePath(QStringLiteral("plain.png")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(reinterpret_cast<const char *>(png.data()), static_cast<qint64>(png.size()));
            file.close();
            const auto read = readVideo(path(QStringLiteral("plain.png")));
            QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
            QCOMPARE(read->size(), std::size_t{1});
            QCOMPARE(read->front()->width, width);
            QCOMPARE(read->front()->height, height);
            QVERIFY(read->front()->rgb == frame.rgb);
        }
    }

    void animationsSayHowOftenTheyArePlayed()
    {
        const auto frames = makeFrames(16, 16, 3);
        const auto bytesOf = [&](const QString &name, int plays) {
            const auto written = writeVideo(path(name), frames, {.scale = 1, .plays = plays});
            if (!written.ok())
                qFatal("%s", written.error().message.c_str());
            QFile file(folder_.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                qFatal("It is not there.");
            return file.readAll();
        };
        // GIF: NETSCAPE2.0, 3, 1, then how often again, little-endian; none at all: once.
        const auto gifRepeats = [&](int plays) {
            const QByteArray bytes = bytesOf("plays.gif", plays);
            const auto at = bytes.indexOf("NETSCAPE2.0");
            return at < 0 ? -1 : static_cast<unsigned char>(bytes[at + 13]);
        };
        QCOMPARE(gifRepeats(0), 0);
        QCOMPARE(gifRepeats(1), -1);
        QCOMPARE(gifRepeats(5), 4);
        // APNG: acTL, frames, plays, both big-endian.
        const auto apngPlays = [&](int plays) {
            const QByteArray bytes = bytesOf("plays.apng", plays);
            return static_cast<unsigned char>(bytes[bytes.indexOf("acTL") + 11]);
        };
        for (const int plays : {0, 1, 7})
            QCOMPARE(int(apngPlays(plays)), plays);
    }

    void otherVideosAreWrittenAsOftenAsTheyArePlayed()
    {
        const auto frames = makeFrames(16, 16, 3);
        QVERIFY(writeVideo(path("plays.mkv"), frames, {.scale = 1, .plays = 4}).ok());
        const auto read = readVideo(path("plays.mkv"));
        QVERIFY(read.ok());
        QCOMPARE(read->size(), std::size_t{12});
        for (std::size_t i = 0; i < read->size(); ++i)
            QVERIFY((*read)[i]->rgb == frames[i % 3]->rgb);
        QVERIFY(!writeVideo(path("plays.mkv"), frames, {.plays = -1}).ok());
    }

    void framesAreAskedForOneByOneAndCanEndTheWriting()
    {
        const auto frames = makeFrames(16, 16, 6);
        for (const char *name : {"asked.mkv", "asked.gif", "asked.png"}) {
            std::vector<int> asked;
            VideoFrames source{6, [&](int index) -> Result<SharedFrame> {
                                   asked.push_back(index);
                                   return frames[static_cast<std::size_t>(index)];
                               }};
            QVERIFY(writeVideo(path(name), source, {.scale = 1}).ok());
            QVERIFY(asked == (std::vector<int>{0, 1, 2, 3, 4, 5}));
            QFile::remove(folder_.filePath(name));
            source.frame = [&](int index) -> Result<SharedFrame> {
                if (index == 4)
                    return Error{ErrorKind::Cancelled, "Enough."};
                return frames[static_cast<std::size_t>(index)];
            };
            const auto written = writeVideo(path(name), source, {.scale = 1});
            QVERIFY(!written.ok() && written.error().kind == ErrorKind::Cancelled);
            QVERIFY(files().isEmpty()); // nor anything half
        }
    }

    void everyFormatComesBackAsItWasWritten_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QString>("codec");
        QTest::addColumn<bool>("lossless");
        QTest::addColumn<bool>("evenSides");
        QTest::newRow("mp4") << "mp4"
                             << "h264" << false << true;
        QTest::newRow("webm") << "webm"
                              << "vp9" << false << true;
        QTest::newRow("mkv") << "mkv"
                             << "ffv1" << true << false;
        QTest::newRow("gif") << "gif"
                             << "gif" << false << false;
        QTest::newRow("apng") << "apng"
                              << "apng" << true << false;
    }

    void everyFormatComesBackAsItWasWritten()
    {
        QFETCH(QString, ending);
        QFETCH(QString, codec);
        QFETCH(bool, lossless);
        QFETCH(bool, evenSides);
        for (const auto &[width, height] : {std::pair{32, 32}, {33, 17}, {16, 31}})
            for (const int scale : {0, 1, 3})
                for (const int count : {2, 8}) {
                    const auto file = path("video." + ending);
                    const auto frames = makeFrames(width, height, count);
                    const auto written = writeVideo(file, frames,
                                                    {.framesPerSecond = 10,
                                                     .scale = scale,
                                                     .title = "Ein roter Drachen über dem Hafen",
                                                     .settingsJson = settings});
                    QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
                    QCOMPARE(files(), QStringList{"video." + ending});

                    const int factor = scale ? scale : (256 + height - 1) / height;
                    const int odd = evenSides ? 1 : 0;
                    const auto info = inspectVideo(file);
                    QVERIFY2(info.ok(), info.ok() ? "" : info.error().message.c_str());
                    QCOMPARE(QString::fromStdString(info->codec), codec);
                    QCOMPARE(info->exact, lossless);
                    QCOMPARE(info->width, width * factor + (width * factor) % 2 * odd);
                    QCOMPARE(info->height, height * factor + (height * factor) % 2 * odd);
                    QCOMPARE(info->frames, count);
                    QCOMPARE(info->framesPerSecond, 10.0);
                    QCOMPARE(info->title, std::string("Ein roter Drachen über dem Hafen"));
                    QVERIFY(info->settingsJson == settings);

                    const auto pictures = readVideo(file);
                    QVERIFY2(pictures.ok(), pictures.ok() ? "" : pictures.error().message.c_str());
                    QCOMPARE(pictures->size(), frames.size());
                    for (std::size_t t = 0; t < frames.size(); ++t) {
                        if (lossless)
                            QCOMPARE(largestDifference(*frames[t], *(*pictures)[t], factor), 0);
                        // Half-resolution colour moves the square's edge pixels, dithering the gradient's:
                        // the picture as a whole stays within some levels.
                        QVERIFY2(
                            meanDifference(*frames[t], *(*pictures)[t], factor) < 6.0,
                            qPrintable(QString::number(meanDifference(*frames[t], *(*pictures)[t], factor))));
                    }
                }
    }

    void h264AndVp9KeepFlatColours()
    {
        Frame flat{64, 64, {}};
        for (int i = 0; i < 64 * 64; ++i)
            flat.rgb.insert(flat.rgb.end(), {200, 40, 90});
        const std::vector<SharedFrame> frames(3, std::make_shared<const Frame>(flat));
        for (const char *name : {"flat.mp4", "flat.webm", "flat.gif"}) {
            QVERIFY(writeVideo(path(name), frames, {.scale = 1}).ok());
            const auto pictures = readVideo(path(name));
            QVERIFY(pictures.ok());
            const int difference = largestDifference(flat, *pictures->back(), 1);
            QVERIFY2(difference <= 3, qPrintable(QString("%1: %2").arg(name).arg(difference)));
        }
    }

    void aStripHoldsAllFramesSideBySide()
    {
        const auto frames = makeFrames(13, 9, 5);
        const auto written =
            writeVideo(path("strip.png"), frames, {.title = "boat", .settingsJson = settings});
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message.c_str());
        const auto info = inspectVideo(path("strip.png"));
        QVERIFY(info.ok());
        QCOMPARE(info->format, std::string("png"));
        QCOMPARE(info->width, 5 * 13);
        QCOMPARE(info->height, 9);
        QCOMPARE(info->frames, 1);
        QCOMPARE(info->title, std::string("boat"));
        QVERIFY(info->settingsJson == settings);
        const auto pictures = readVideo(path("strip.png"));
        QVERIFY(pictures.ok());
        QCOMPARE(pictures->size(), std::size_t{1});
        for (int t = 0; t < 5; ++t)
            for (int y = 0; y < 9; ++y)
                QVERIFY(std::equal(pixel(*frames[std::size_t(t)], 0, y),
                                   pixel(*frames[std::size_t(t)], 0, y) + 13 * 3,
                                   pixel(*pictures->front(), 13 * t, y)));
    }

    void animationsLoopForEver()
    {
        const auto frames = makeFrames(8, 8, 3);
        QVERIFY(writeVideo(path("loop.gif"), frames, {.scale = 1}).ok());
        QVERIFY(
            bytesOf(folder_.filePath("loop.gif")).contains(QByteArray("NETSCAPE2.0\x03\x01\x00\x00", 15)));
        QVERIFY(writeVideo(path("loop.apng"), frames, {.scale = 1}).ok());
        // acTL: number of frames, number of plays (0: without end).
        QVERIFY(bytesOf(folder_.filePath("loop.apng")).contains(QByteArray("acTL\0\0\0\3\0\0\0\0", 12)));
    }

    void aGifHasOnePaletteForAllItsFrames()
    {
        QVERIFY(writeVideo(path("one.gif"), makeFrames(16, 16, 4), {.scale = 1}).ok());
        const QByteArray gif = bytesOf(folder_.filePath("one.gif"));
        QVERIFY(quint8(gif[10]) & 0x80); // a global colour table
    }

    void anMp4StartsWithItsIndex()
    {
        QVERIFY(writeVideo(path("fast.mp4"), makeFrames(32, 32, 4), {}).ok());
        const QByteArray mp4 = bytesOf(folder_.filePath("fast.mp4"));
        QVERIFY(mp4.indexOf("moov") > 0);
        QVERIFY(mp4.indexOf("moov") < mp4.indexOf("mdat"));
    }

    void aSingleFrameIsAVideoToo()
    {
        for (const char *name : {"one.mp4", "one.webm", "one.mkv", "one.gif", "one.apng", "one.png"}) {
            const auto written = writeVideo(path(name), makeFrames(24, 20, 1), {.settingsJson = "{}"});
            QVERIFY2(written.ok(), name);
            const auto info = inspectVideo(path(name));
            QVERIFY2(info.ok(), name);
            QCOMPARE(info->frames, 1);
            QCOMPARE(info->settingsJson, std::string("{}"));
            const auto pictures = readVideo(path(name));
            QVERIFY2(pictures.ok(), name);
            QCOMPARE(pictures->size(), std::size_t{1});
        }
    }

    void endingsAreReadInAnyCase() { QVERIFY(writeVideo(path("LOUD.GIF"), makeFrames(8, 8, 2), {}).ok()); }

    void aReaderGivesPictureByPictureWhatAllAtOnceGives()
    {
        QVERIFY(writeVideo(path("long.mp4"), makeFrames(32, 32, 8), {}).ok());
        const auto all = readVideo(path("long.mp4"));
        QVERIFY(all.ok());
        auto reader = VideoReader::open(path("long.mp4"));
        QVERIFY(reader.ok());
        for (const SharedFrame &expected : *all) {
            const auto picture = reader->next();
            QVERIFY(picture.ok() && *picture);
            QVERIFY((*picture)->rgb == expected->rgb);
        }
        for (int i = 0; i < 2; ++i) { // the end stays the end
            const auto end = reader->next();
            QVERIFY(end.ok() && !*end);
        }
    }

    void aNameWithAColonOrAPatternIsAName()
    {
        for (const char *name : {"http:video.mkv", "strip%03d.png", "a:b.mp4"}) {
            QVERIFY2(writeVideo(path(name), makeFrames(8, 8, 2), {.settingsJson = "{}"}).ok(), name);
            QVERIFY2(QFile::exists(folder_.filePath(name)), name);
            const auto info = inspectVideo(path(name));
            QVERIFY2(info.ok(), info.ok() ? "" : info.error().message.c_str());
            QCOMPARE(info->settingsJson, std::string("{}"));
        }
    }

    void anUnknownEndingIsRefusedWithThoseThatThereAre()
    {
        for (const char *name : {"video.avi", "video", "video."}) {
            const auto refused = checkVideoFile(path(name));
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().kind, ErrorKind::BadInput);
            QVERIFY(QString::fromStdString(refused.error().message).contains(".mp4"));
            QVERIFY(!writeVideo(path(name), makeFrames(8, 8, 1), {}).ok());
        }
        QVERIFY(files().isEmpty());
    }

    void aMissingFolderIsNamed()
    {
        const auto refused = checkVideoFile(path("nowhere/video.mp4"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::NotFound);
        QVERIFY(QString::fromStdString(refused.error().message).contains(folder_.filePath("nowhere")));
        QVERIFY(checkVideoFile("video.mp4").ok());
    }

    void aFolderIsNotAVideoFile()
    {
        QVERIFY(QDir(folder_.path()).mkdir("folder.mp4"));
        QVERIFY(!checkVideoFile(path("folder.mp4")).ok());
        QVERIFY(!inspectVideo(path("folder.mp4")).ok());
    }

    void framesAndOptionsThatCannotBeWrittenAreRefused()
    {
        QVERIFY(!writeVideo(path("none.mp4"), std::span<const SharedFrame>(), {}).ok());
        auto frames = makeFrames(8, 8, 2);
        QVERIFY(!writeVideo(path("fps.mp4"), frames, {.framesPerSecond = 0}).ok());
        QVERIFY(!writeVideo(path("scale.mp4"), frames, {.scale = -1}).ok());
        QVERIFY(!writeVideo(path("huge.mp4"), frames, {.scale = 1 << 30}).ok());
        frames.push_back(makeFrames(8, 9, 1).front());
        const auto mixed = writeVideo(path("mixed.mp4"), frames, {});
        QVERIFY(!mixed.ok());
        QVERIFY(QString::fromStdString(mixed.error().message).contains("8x9"));
        QVERIFY(files().isEmpty());
    }

    void anExistingFileIsReplacedOnlyByAWholeOne()
    {
        QVERIFY(writeVideo(path("video.mkv"), makeFrames(8, 8, 2), {}).ok());
        const QByteArray before = bytesOf(folder_.filePath("video.mkv"));
        QVERIFY(!writeVideo(path("video.mkv"), std::span<const SharedFrame>(), {}).ok());
        QCOMPARE(bytesOf(folder_.filePath("video.mkv")), before);
        QVERIFY(writeVideo(path("video.mkv"), makeFrames(8, 8, 3), {}).ok());
        QCOMPARE(inspectVideo(path("video.mkv"))->frames, 3);
    }

    void aFullDiskIsSaidAndLeavesNothing_data()
    {
        QTest::addColumn<QString>("ending");
        for (const char *ending : {"mp4", "webm", "mkv", "gif", "apng", "png"})
            QTest::newRow(ending) << ending;
    }

    /// A limit on the size of files refuses writes just as a full disk does, and needs no rights.
    void aFullDiskIsSaidAndLeavesNothing()
    {
        QFETCH(QString, ending);
        const auto frames = makeFrames(64, 64, 6);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before;
        small.rlim_cur = 700;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = writeVideo(path("full." + ending), frames, {.settingsJson = settings});
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!written.ok());
        QCOMPARE(written.error().kind, ErrorKind::Io);
        const QString message = QString::fromStdString(written.error().message);
        QVERIFY2(message.contains("full." + ending) && message.contains("Make room"), qPrintable(message));
        QVERIFY(files().isEmpty());
    }

    void whatIsNoVideoIsRefusedWithASentence()
    {
        QVERIFY(!inspectVideo(path("missing.mp4")).ok());
        QCOMPARE(inspectVideo(path("missing.mp4")).error().kind, ErrorKind::NotFound);
        QFile text(folder_.filePath("text.mp4"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("this is no video");
        text.close();
        QVERIFY(!inspectVideo(path("text.mp4")).ok());
        QVERIFY(!readVideo(path("text.mp4")).ok());
        QVERIFY(QString::fromStdString(inspectVideo(path("text.mp4")).error().message).contains("text.mp4"));
    }

    void aForeignCommentIsNotTakenForSettings()
    {
        QVERIFY(writeVideo(path("plain.mp4"), makeFrames(16, 16, 2), {.title = "only a title"}).ok());
        const auto info = inspectVideo(path("plain.mp4"));
        QVERIFY(info.ok());
        QCOMPARE(info->title, std::string("only a title"));
        QVERIFY(info->settingsJson.empty());
    }

    void aCutFileNeverCrashes_data()
    {
        QTest::addColumn<QString>("ending");
        for (const char *ending : {"mp4", "webm", "mkv", "gif", "apng", "png"})
            QTest::newRow(ending) << ending;
    }

    void aCutFileNeverCrashes()
    {
        QFETCH(QString, ending);
        QVERIFY(writeVideo(path("whole." + ending), makeFrames(16, 16, 3), {.scale = 1, .settingsJson = "{}"})
                    .ok());
        const QByteArray whole = bytesOf(folder_.filePath("whole." + ending));
        const auto cut = path("cut." + ending);
        for (qsizetype size = 0; size < whole.size(); size += 1 + whole.size() / 60) {
            QFile file(folder_.filePath("cut." + ending));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(whole.left(size));
            file.close();
            const auto info = inspectVideo(cut);
            if (info)
                QVERIFY(info->frames <= 3);
            const auto pictures = readVideo(cut);
            if (pictures)
                QVERIFY(pictures->size() <= 3);
        }
    }
};

QTEST_GUILESS_MAIN(TestVideoFile)
#include "test_video_file.moc"
