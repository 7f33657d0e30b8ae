// SPDX-License-Identifier: Apache-2.0
//
// Texts in PNG and GIF files, byte by byte.
#include "engine/media/gif_comments.h"
#include "engine/media/png_chunks.h"

#include <QTest>

using namespace fastcar;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes(std::initializer_list<int> values)
{
    return {values.begin(), values.end()};
}

void append(Bytes &target, const Bytes &more)
{
    target.insert(target.end(), more.begin(), more.end());
}

/// A grey picture of one pixel, as any PNG writer makes it.
Bytes smallestPng()
{
    return bytes({0x89, 'P',  'N',  'G',  13,  10,  26,  10, //
                  0,    0,    0,    13,   'I', 'H', 'D', 'R', 0,    0,    0,    1,    0, 0, 0, 1, 8, 0,
                  0,    0,    0,                                                                        //
                  0x3a, 0x7e, 0x9b, 0x55,                                                               //
                  0,    0,    0,    10,   'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, //
                  0x48, 0xaf, 0xa4, 0x71,                                                               //
                  0,    0,    0,    0,    'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82});
}

/// One pixel, a global table of two colours.
Bytes smallestGif()
{
    return bytes({'G',  'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0,    0, 0, 0,   255, 255, 255, //
                  0x2c, 0,   0,   0,   0,   1,   0, 1, 0, 0, 2,    2, 0x44, 1, 0, 0x3b});
}

} // namespace

class TestFileTexts : public QObject {
    Q_OBJECT

private slots:
    void pngTextsStandBehindTheHeader()
    {
        Bytes png = smallestPng();
        const std::vector<PngText> texts{{"Title", "boat"}, {"fastcar_settings", "{\"a\": 1}"}};
        QVERIFY(insertPngTexts(png, texts).ok());
        QCOMPARE(readPngTexts(png).size(), std::size_t{2});
        QVERIFY(readPngTexts(png) == texts);
        // The length, the type, the text and the CRC that `zlib.crc32(b"tEXtTitle\0boat")` gives.
        const Bytes chunk = bytes({0,   0,   0, 10,  't', 'E', 'X', 't',  'T',  'i',  't',
                                   'l', 'e', 0, 'b', 'o', 'a', 't', 0x73, 0x76, 0x00, 0x2b});
        const Bytes found(png.begin() + 33, png.begin() + 33 + 22);
        QVERIFY2(found == chunk,
                 QByteArray(reinterpret_cast<const char *>(found.data()), 22).toHex().constData());
        const Bytes tail(png.end() - 34, png.end());
        const Bytes before = smallestPng();
        QVERIFY(tail == Bytes(before.end() - 34, before.end()));
    }

    void wordsBeyondAsciiBecomeInternationalText()
    {
        Bytes png = smallestPng();
        const std::vector<PngText> texts{{"Title", "Grüße, 漢字"}};
        QVERIFY(insertPngTexts(png, texts).ok());
        const std::string all(png.begin(), png.end());
        QVERIFY(all.find("iTXtTitle") != std::string::npos);
        QVERIFY(readPngTexts(png) == texts);
    }

    void whatIsNoPngIsRefused()
    {
        Bytes gif = smallestGif();
        QVERIFY(!insertPngTexts(gif, {}).ok());
        Bytes empty;
        QVERIFY(!insertPngTexts(empty, {}).ok());
        QVERIFY(readPngTexts(gif).empty());
    }

    void aCutOrDamagedPngGivesWhatStandsBefore()
    {
        Bytes png = smallestPng();
        const std::vector<PngText> texts{{"Title", "boat"}, {"Comment", "grüß"}};
        QVERIFY(insertPngTexts(png, texts).ok());
        for (std::size_t size = 0; size < png.size(); ++size) {
            const auto read = readPngTexts(std::span(png).first(size));
            QVERIFY(read.size() <= 2);
            QVERIFY(std::equal(read.begin(), read.end(), texts.begin()));
        }
        for (std::size_t at = 8; at < png.size(); ++at) {
            Bytes damaged = png;
            damaged[at] ^= 0x80;
            const auto read = readPngTexts(damaged);
            QVERIFY(read.size() <= 2);
            QVERIFY(std::equal(read.begin(), read.end(), texts.begin()));
        }
    }

    void gifCommentsStandBeforeTheTrailer()
    {
        Bytes gif = smallestGif();
        const std::vector<std::string> comments{"title=boat", std::string(700, 'x'),
                                                "fastcar_settings={\"ü\": 1}", ""};
        QVERIFY(insertGifComments(gif, comments).ok());
        QVERIFY(readGifComments(gif) == comments);
        QCOMPARE(gif.back(), std::uint8_t{0x3b});
        Bytes expected = smallestGif();
        expected.pop_back();
        append(expected, bytes({0x21, 0xfe, 10, 't', 'i', 't', 'l', 'e', '=', 'b', 'o', 'a', 't', 0}));
        QVERIFY(std::equal(expected.begin(), expected.end(), gif.begin()));
    }

    void aCutGifGivesNoCommentThatIsNotWhole()
    {
        Bytes gif = smallestGif();
        const std::vector<std::string> comments{"one", std::string(300, 'y')};
        QVERIFY(insertGifComments(gif, comments).ok());
        for (std::size_t size = 0; size < gif.size(); ++size) {
            const Bytes cut(gif.begin(), gif.begin() + static_cast<std::ptrdiff_t>(size));
            const auto read = readGifComments(cut);
            QVERIFY(read.size() <= 2);
            QVERIFY(std::equal(read.begin(), read.end(), comments.begin()));
            Bytes target = cut;
            QVERIFY(!insertGifComments(target, comments).ok());
        }
    }

    void anyBytesAreReadWithoutHarm()
    {
        quint32 random = 12345;
        for (int round = 0; round < 20000; ++round) {
            Bytes gif = smallestGif();
            for (int change = 0; change < 4; ++change) {
                random = random * 1664525u + 1013904223u;
                gif[(random >> 8) % gif.size()] = static_cast<std::uint8_t>(random >> 24);
            }
            readGifComments(gif);
            const std::vector<std::string> comments{"x"};
            if (insertGifComments(gif, comments))
                QCOMPARE(readGifComments(gif).back(), std::string("x"));
        }
    }
};

QTEST_APPLESS_MAIN(TestFileTexts)
#include "test_file_texts.moc"
