// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_controller.h"
#include "engine/replay/replay_statistics.h"
#include "tests/replay/score_stream.h"

#include <QTest>

#include <limits>

using namespace fastcar;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
const RunExtent video{.layers = 4, .frames = 8, .stride = 64, .rows = {.videos = 1, .guided = true}};

ReplayPolicy target(float ratio, bool perLayer, GateMode gate = GateMode::Row)
{
    ReplayPolicy policy;
    policy.gate = gate;
    policy.target = ReplayTarget{.ratio = ratio, .perLayer = perLayer};
    return policy;
}

ReplayPolicy thresholds(std::vector<std::optional<float>> list)
{
    ReplayPolicy policy;
    policy.thresholds = std::move(list);
    return policy;
}

struct Played {
    ReplayStatistics statistics;
    std::vector<std::vector<std::optional<float>>> thresholds; // [steps, layers]
};

/// A whole video; from step `change` on under another policy, if there is one.
Played play(const ReplayPolicy &policy, const RunExtent &run = video, float drift = 0.6f, int change = -1,
            const ReplayPolicy &later = {})
{
    ScoreStream scores(run, drift);
    ReplayController controller(run, policy);
    Played played{.statistics = ReplayStatistics(run.layers, run.frames, run.stride)};
    for (int token = 0; token < run.steps(); ++token) {
        if (token == change)
            controller.setPolicy(later);
        const ReplayPolicy &ruling = controller.policyFor(token);
        played.thresholds.push_back(ruling.thresholds);
        const auto outcomes = scores.step(token, ruling);
        controller.observe(token, outcomes);
        played.statistics.add(token, outcomes);
    }
    return played;
}

void comesWithinAPoint(double ratio, double wanted)
{
    QVERIFY2(std::abs(ratio - wanted) < 0.01,
             qPrintable(QStringLiteral("%1 instead of %2").arg(ratio).arg(wanted)));
}

} // namespace

class TestReplayController : public QObject {
    Q_OBJECT

private slots:
    void nothingOutsideOfTheFramesAndLayersIsEligible()
    {
        ReplayPolicy policy = thresholds({-infinity, -infinity, -infinity, -infinity});
        policy.frames = {.first = 3, .last = 4};
        policy.layers = {.first = 2, .last = 3};
        const ReplayStatistics statistics = play(policy).statistics;
        for (int layer = 0; layer < video.layers; ++layer)
            for (int frame = 0; frame < video.frames; ++frame) {
                const bool allowed = (layer == 1 || layer == 2) && (frame == 2 || frame == 3);
                const ReplayCount count = statistics.at(layer, frame);
                QCOMPARE(count.eligible, allowed ? 128 : 0);
                QCOMPARE(count.replayed, count.eligible);
            }
    }

    void aPolicyWithoutLimitsRulesAsItStands()
    {
        const ReplayPolicy policy = thresholds({0.5f, std::nullopt, infinity, -infinity});
        ReplayController controller(video, policy);
        QVERIFY(controller.policyFor(video.stride).thresholds == policy.thresholds);
        QVERIFY(controller.policyFor(video.steps() - 1).thresholds == policy.thresholds);
    }

    void aTargetIsMet_data()
    {
        QTest::addColumn<float>("ratio");
        QTest::addColumn<bool>("perLayer");
        QTest::addColumn<int>("gate");
        QTest::addColumn<float>("drift");
        for (const float ratio : {0.05f, 0.2f, 0.5f, 0.8f, 0.95f})
            for (const bool perLayer : {false, true})
                for (const GateMode gate :
                     {GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean})
                    for (const float drift : {-1.5f, 0.0f, 0.6f})
                        QTest::addRow("%.2f %s %s drift %.1f", static_cast<double>(ratio),
                                      perLayer ? "per layer" : "over all", toString(gate).c_str(),
                                      static_cast<double>(drift))
                            << ratio << perLayer << static_cast<int>(gate) << drift;
    }

    void aTargetIsMet()
    {
        QFETCH(float, ratio);
        QFETCH(bool, perLayer);
        QFETCH(int, gate);
        QFETCH(float, drift);
        for (const bool calibrated : {false, true}) {
            ReplayPolicy policy = target(ratio, perLayer, static_cast<GateMode>(gate));
            if (calibrated) // by somebody who saw other scores
                policy.thresholds = {0.4f, 2.0f, 9.0f, 11.0f};
            const ReplayStatistics statistics = play(policy, video, drift).statistics;
            QCOMPARE(statistics.all().eligible, 2 * 4 * (video.steps() - video.stride));
            comesWithinAPoint(statistics.all().ofEligible(), static_cast<double>(ratio));
            for (int layer = 0; perLayer && layer < video.layers; ++layer)
                comesWithinAPoint(statistics.ofLayer(layer).ofEligible(), static_cast<double>(ratio));
        }
    }

    void noneAndAllAreTargetsToo()
    {
        QCOMPARE(play(target(0.0f, true)).statistics.all().replayed, 0);
        QCOMPARE(play(target(1.0f, false)).statistics.all().ofEligible(), 1.0);
    }

    void aTargetIsMetWithinItsFramesAndLayers()
    {
        for (const bool perLayer : {false, true}) {
            ReplayPolicy policy = target(0.5f, perLayer);
            policy.frames = {.first = 3, .last = 6};
            policy.layers = {.first = 2};
            const ReplayStatistics statistics = play(policy).statistics;
            QCOMPARE(statistics.all().eligible, 2 * 3 * 4 * video.stride);
            QCOMPARE(statistics.ofLayer(0).eligible, 0);
            comesWithinAPoint(statistics.all().ofEligible(), 0.5);
        }
    }

    void aTargetThatComesLaterCountsFromThere()
    {
        constexpr int change = 200;
        const Played played = play(thresholds({-infinity, -infinity, -infinity, -infinity}), video, 0.6f,
                                   change, target(0.25f, false));
        std::int64_t before = 0;
        for (int step = video.stride; step < change; ++step)
            before += 2 * video.layers;
        const ReplayCount all = played.statistics.all();
        comesWithinAPoint(double(all.replayed - before) / double(all.eligible - before), 0.25);
    }

    void layersWithoutAChoiceAreLeftAlone()
    {
        ReplayPolicy policy = target(0.5f, false);
        policy.thresholds = {-infinity, 1.0f, infinity, std::nullopt};
        const ReplayStatistics statistics = play(policy).statistics;
        QCOMPARE(statistics.ofLayer(0).ofEligible(), 1.0);
        QCOMPARE(statistics.ofLayer(2).replayed, 0);
        QCOMPARE(statistics.ofLayer(3).eligible, 0);
        comesWithinAPoint(statistics.all().ofEligible(), 0.5);
    }

    void theSameOutcomesGiveTheSameThresholds()
    {
        const Played one = play(target(0.5f, true)), other = play(target(0.5f, true));
        QVERIFY(one.thresholds == other.thresholds);
    }

    void videosOfTwoFramesAreHeldToo()
    {
        RunExtent run = video;
        run.frames = 2;
        run.stride = 256;
        for (const bool perLayer : {false, true})
            comesWithinAPoint(play(target(0.3f, perLayer), run).statistics.all().ofEligible(), 0.3);
    }
};

QTEST_APPLESS_MAIN(TestReplayController)
#include "test_replay_controller.moc"
