// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/random.h"

#include <QTest>

#include <set>

using namespace fastcar;

class TestRandom : public QObject {
    Q_OBJECT

private slots:
    // Known answers published with the generator (Random123's kat_vectors, philox4x32, 10 rounds).
    void philoxGivesItsPublishedAnswers()
    {
        const auto zeros = philox({0, 0, 0, 0}, {0, 0});
        QCOMPARE(zeros[0], 0x6627e8d5u);
        QCOMPARE(zeros[1], 0xe169c58du);
        QCOMPARE(zeros[2], 0xbc57ac4cu);
        QCOMPARE(zeros[3], 0x9b00dbd8u);
        const auto ones = philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u});
        QCOMPARE(ones[0], 0x408f276du);
        QCOMPARE(ones[1], 0x41c83b0eu);
        QCOMPARE(ones[2], 0xa20bc7c6u);
        QCOMPARE(ones[3], 0x6d5451fdu);
        const auto digitsOfPi =
            philox({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u});
        QCOMPARE(digitsOfPi[0], 0xd16cfe09u);
        QCOMPARE(digitsOfPi[1], 0x94fdccebu);
        QCOMPARE(digitsOfPi[2], 0x5001e420u);
        QCOMPARE(digitsOfPi[3], 0x24126ea1u);
    }

    void everyCoordinateOfADrawMatters()
    {
        const double base = uniformFor(7, 0, 0, 0);
        QVERIFY(base != uniformFor(8, 0, 0, 0));
        QVERIFY(base != uniformFor(7 + (1ull << 32), 0, 0, 0));
        QVERIFY(base != uniformFor(7, 1, 0, 0));
        QVERIFY(base != uniformFor(7, 0, 1, 0));
        QVERIFY(base != uniformFor(7, 0, 0, 1));
        QCOMPARE(base, uniformFor(7, 0, 0, 0));
    }

    void drawsFillTheUnitIntervalEvenly()
    {
        constexpr int draws = 20000;
        constexpr int bins = 20;
        int count[bins] = {};
        for (int token = 0; token < draws; ++token) {
            const double value = uniformFor(42, 0, token, token % 4);
            QVERIFY(value >= 0.0 && value < 1.0);
            ++count[static_cast<int>(value * bins)];
        }
        double chiSquare = 0.0;
        for (const int n : count)
            chiSquare += (n - draws / bins) * (n - draws / bins) / double(draws / bins);
        // 19 degrees of freedom: 43.8 is passed once in a thousand seeds.
        QVERIFY2(chiSquare < 43.8, qPrintable(QString::number(chiSquare)));
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
