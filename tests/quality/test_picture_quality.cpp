// SPDX-License-Identifier: Apache-2.0
//
// Metrics of pictures against slow references in double precision, and against what can be worked out by
// hand.
#include "engine/quality/frame_difference.h"
#include "engine/quality/picture_comparison.h"
#include "engine/quality/structural_similarity.h"

#include <QTest>

#include <array>
#include <cmath>
#include <random>

using namespace fastcar;

namespace {

Frame flat(int width, int height, std::array<std::uint8_t, 3> colour)
{
    Frame frame{width, height, {}};
    for (int i = 0; i < width * height; ++i)
        frame.rgb.insert(frame.rgb.end(), colour.begin(), colour.end());
    return frame;
}

Frame grey(int width, int height, int level)
{
    const auto value = static_cast<std::uint8_t>(level);
    return flat(width, height, {value, value, value});
}

/// Noise over a gradient; `strength` of the noise, another one for each seed.
Frame noisy(int width, int height, int strength, unsigned seed)
{
    std::mt19937 random(seed);
    Frame frame{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int channel = 0; channel < 3; ++channel) {
                const int level =
                    60 + 3 * x + 2 * y * channel + static_cast<int>(random() % 256u) * strength / 256;
                frame.rgb.push_back(static_cast<std::uint8_t>(std::min(level, 255)));
            }
    return frame;
}

SharedFrame shared(Frame frame)
{
    return std::make_shared<const Frame>(std::move(frame));
}

double luma(const Frame &frame, int x, int y)
{
    const std::size_t at = static_cast<std::size_t>(3 * (y * frame.width + x));
    return 0.299 * frame.rgb[at] + 0.587 * frame.rgb[at + 1] + 0.114 * frame.rgb[at + 2];
}

/// The paper's equations as they stand: two-dimensional weights, and deviations from the mean.
double referenceSsim(const Frame &a, const Frame &b)
{
    const int w = std::min(11, a.width), h = std::min(11, a.height);
    const auto weight = [&](int x, int y) {
        const double dx = x - 0.5 * (w - 1), dy = y - 0.5 * (h - 1);
        return std::exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5));
    };
    double total = 0.0, sum = 0.0;
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x)
            total += weight(x, y);
    const double c1 = 6.5025, c2 = 58.5225;
    for (int top = 0; top + h <= a.height; ++top)
        for (int left = 0; left + w <= a.width; ++left) {
            double ma = 0, mb = 0, va = 0, vb = 0, c = 0;
            for (int y = 0; y < h; ++y)
                for (int x = 0; x < w; ++x) {
                    ma += weight(x, y) / total * luma(a, left + x, top + y);
                    mb += weight(x, y) / total * luma(b, left + x, top + y);
                }
            for (int y = 0; y < h; ++y)
                for (int x = 0; x < w; ++x) {
                    const double da = luma(a, left + x, top + y) - ma, db = luma(b, left + x, top + y) - mb;
                    va += weight(x, y) / total * da * da;
                    vb += weight(x, y) / total * db * db;
                    c += weight(x, y) / total * da * db;
                }
            sum += (2 * ma * mb + c1) * (2 * c + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
        }
    return sum / ((a.width - w + 1.0) * (a.height - h + 1.0));
}

/// Sums of squares up to 255^2 lose 2^-53 of themselves a term; what is left of them is divided by C2 at the
/// least.
constexpr double ssimTolerance = 255.0 * 255.0 * 121 * 0x1p-52 / 58.5225;

} // namespace

class TestPictureQuality : public QObject {
    Q_OBJECT

private slots:
    void equalPicturesAreInfinitelyNear_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto &[width, height] : {std::pair{1, 1}, {1, 40}, {11, 11}, {33, 17}, {64, 64}})
            QTest::addRow("%dx%d", width, height) << width << height;
    }

    void equalPicturesAreInfinitelyNear()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const Frame frame = noisy(width, height, 200, 1);
        const FrameDifference difference = frameDifference(frame, frame);
        QCOMPARE(difference.meanSquared, 0.0);
        QCOMPARE(difference.meanAbsolute, 0.0);
        QVERIFY(std::isinf(peakSignalToNoise(difference.meanSquared)));
        QVERIFY(structuralSimilarity(frame, frame) == 1.0);
    }

    void aPixelThatIsOffCountsByItsShare()
    {
        const Frame a = grey(10, 10, 100);
        Frame b = a;
        b.rgb[3 * 42 + 1] = 130; // one channel of one pixel
        const FrameDifference difference = frameDifference(a, b);
        QCOMPARE(difference.meanAbsolute, 30.0 / 300.0);
        QCOMPARE(difference.meanSquared, 900.0 / 300.0);
        QCOMPARE(peakSignalToNoise(difference.meanSquared), 10.0 * std::log10(65025.0 / 3.0));
    }

    void blackAndWhiteAreZeroDecibels()
    {
        const FrameDifference difference = frameDifference(grey(7, 3, 0), grey(7, 3, 255));
        QCOMPARE(difference.meanAbsolute, 255.0);
        QCOMPARE(peakSignalToNoise(difference.meanSquared), 0.0);
    }

    /// Without variance the second factor is 1, and what is left can be worked out.
    void flatPicturesDifferByTheirMeansAlone()
    {
        const double c1 = 2.55 * 2.55;
        for (const auto &[a, b] : {std::pair{0, 255}, {100, 110}, {255, 254}}) {
            const double expected = (2.0 * a * b + c1) / (1.0 * a * a + 1.0 * b * b + c1);
            const double found = structuralSimilarity(grey(20, 13, a), grey(20, 13, b));
            QVERIFY2(std::abs(found - expected) <= ssimTolerance,
                     qPrintable(QString::number(found, 'g', 17)));
        }
    }

    /// A pattern and its negative about the middle: the structure is opposite.
    void aNegativeIsBelowZero()
    {
        Frame a{24, 24, {}}, b{24, 24, {}};
        for (int i = 0; i < 24 * 24; ++i)
            for (int channel = 0; channel < 3; ++channel) {
                const bool light = (i % 24 + i / 24) % 2 == 0;
                a.rgb.push_back(light ? 228 : 28);
                b.rgb.push_back(light ? 28 : 228);
            }
        QVERIFY(structuralSimilarity(a, b) < -0.9);
    }

    /// Blue counts 0.114 of the luma: 100 levels of it are 11.4 levels of grey.
    void colourCountsByItsLuma()
    {
        const double ofBlue = structuralSimilarity(flat(12, 12, {0, 0, 0}), flat(12, 12, {0, 0, 100}));
        const double c1 = 2.55 * 2.55;
        QVERIFY(std::abs(ofBlue - c1 / (11.4 * 11.4 + c1)) <= ssimTolerance);
    }

    void similarityIsThatOfTheSlowReference_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("strength");
        for (const int strength : {2, 40, 255})
            for (const auto &[width, height] :
                 {std::pair{1, 1}, {1, 5}, {4, 30}, {10, 10}, {11, 11}, {12, 11}, {31, 23}, {40, 40}})
                QTest::addRow("%dx%d, noise %d", width, height, strength) << width << height << strength;
    }

    void similarityIsThatOfTheSlowReference()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, strength);
        const Frame a = noisy(width, height, strength, 3), b = noisy(width, height, strength, 4);
        const double expected = referenceSsim(a, b), found = structuralSimilarity(a, b);
        QVERIFY2(std::abs(found - expected) <= ssimTolerance,
                 qPrintable(QString("%1 instead of %2").arg(found, 0, 'g', 17).arg(expected, 0, 'g', 17)));
        QCOMPARE(structuralSimilarity(b, a), found);
    }

    void aVideoIsComparedFrameByFrame()
    {
        PictureComparison comparison;
        QVERIFY(comparison.add(shared(grey(5, 4, 100)), shared(grey(5, 4, 100))).ok());
        QVERIFY(!comparison.flicker());
        QVERIFY(comparison.add(shared(grey(5, 4, 104)), shared(grey(5, 4, 102))).ok());
        QVERIFY(comparison.add(shared(grey(5, 4, 112)), shared(grey(5, 4, 111))).ok());
        const auto &frames = comparison.frames();
        QCOMPARE(frames.size(), std::size_t{3});
        QCOMPARE(comparison.equalFrames(), 1);
        QVERIFY(std::isinf(frames[0].psnr));
        QVERIFY(!frames[0].flicker);
        QCOMPARE(frames[1].drift, 2.0);
        QCOMPARE(frames[1].flicker->a, 4.0);
        QCOMPARE(frames[1].flicker->b, 2.0);
        QCOMPARE(*frames[1].flicker->ratio(), 0.5);
        QCOMPARE(frames[2].flicker->b, 9.0);
        // Over all: of the mean square (0 + 4 + 1) / 3, not of the decibels, one of which is infinite.
        QCOMPARE(comparison.psnr(), 10.0 * std::log10(65025.0 * 3.0 / 5.0));
        QCOMPARE(comparison.drift(), 1.0);
        QCOMPARE(comparison.ssim(), (frames[0].ssim + frames[1].ssim + frames[2].ssim) / 3.0);
        QCOMPARE(comparison.flicker()->a, 6.0);
        QCOMPARE(comparison.flicker()->b, 5.5);
        QCOMPARE(comparison.width(), 5);
        QCOMPARE(comparison.height(), 4);
    }

    void aVideoThatStandsStillHasNoRatio()
    {
        PictureComparison comparison;
        for (const int level : {10, 20})
            QVERIFY(comparison.add(shared(grey(1, 1, 50)), shared(grey(1, 1, level))).ok());
        QCOMPARE(comparison.flicker()->a, 0.0);
        QCOMPARE(comparison.flicker()->b, 10.0);
        QVERIFY(!comparison.flicker()->ratio());
    }

    void otherSizesAreRefusedAndNamed()
    {
        PictureComparison comparison;
        const auto refused = comparison.add(shared(grey(5, 4, 0)), shared(grey(4, 5, 0)));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
        const QString message = QString::fromStdString(refused.error().message);
        QVERIFY2(message.contains("5x4") && message.contains("4x5"), qPrintable(message));
        QVERIFY(comparison.add(shared(grey(5, 4, 0)), shared(grey(5, 4, 0))).ok());
        QVERIFY(!comparison.add(shared(grey(6, 4, 0)), shared(grey(6, 4, 0))).ok());
    }
};

QTEST_GUILESS_MAIN(TestPictureQuality)
#include "test_picture_quality.moc"
