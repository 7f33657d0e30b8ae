// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/forward_comparison.h"
#include "tests/decode/golden.h"

#include <QTest>

#include <cmath>

using namespace fastcar;

class TestForwardComparison : public QObject {
    Q_OBJECT

private slots:
    void divergenceIsThatOfTheDistributions()
    {
        // One half and one half against three quarters and one quarter: half of ln(4/3).
        const float even[] = {0.0f, 0.0f}, uneven[] = {std::log(3.0f), 0.0f};
        QVERIFY(std::abs(divergence(even, uneven) - 0.5 * std::log(4.0 / 3.0)) < 1e-7);
        QCOMPARE(divergence(uneven, uneven), 0.0);
        // What all logits have in common means nothing, also where their exponentials overflow.
        const float far[] = {800.0f, 800.0f}, farUneven[] = {800.0f + std::log(3.0f), 800.0f};
        QVERIFY(std::abs(divergence(far, farUneven) - divergence(even, uneven)) < 1e-4);
    }

    void whatCouldHaveBeenDecidedIsCounted()
    {
        const ModelConfig &config = golden::model().checkpoint->config();
        const auto size = static_cast<std::size_t>(2 * config.depth.codes);
        ForwardResult one;
        one.logits.assign(size, 0.0f);
        one.tas.assign(4, 0.0f);
        one.eligible = {0, 1, 1, 1};
        one.replayed = {0, 1, 0, 1};
        ForwardResult other = one;
        other.logits[3] = 5.0f; // conditional: another likeliest code
        other.logits[static_cast<std::size_t>(config.depth.codes)] = 9.0f; // unconditional: not asked about
        other.replayed = {1, 1, 1, 1};
        ForwardComparison found = compareForward(one, other, config);
        QCOMPARE(found.codes, std::int64_t{1});
        QCOMPARE(found.sameLikeliest, std::int64_t{0});
        QCOMPARE(found.decisions, std::int64_t{3});
        QCOMPARE(found.sameDecisions, std::int64_t{2});
        QCOMPARE(found.most, found.nats);
        found += compareForward(one, one, config);
        QCOMPARE(found.codes, std::int64_t{2});
        QCOMPARE(found.natsPerCode(), found.most / 2);
        QCOMPARE(found.shareOfSameLikeliest(), 0.5);
        QCOMPARE(found.shareOfSameDecisions(), 5.0 / 6.0);
        QCOMPARE(ForwardComparison{}.natsPerCode(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestForwardComparison)
#include "test_forward_comparison.moc"
