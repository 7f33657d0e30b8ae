// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/forecast.h"
#include "engine/replay/replay_controller.h"
#include "engine/replay/replay_statistics.h"
#include "engine/replay/step_cost.h"
#include "tests/replay/score_stream.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>

using namespace fastcar;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
const RunExtent video{.layers = 3, .frames = 5, .stride = 32, .rows = {.videos = 2, .guided = true}};

/// Scores that nothing changes, so that a forecast of them must be right.
struct Recorded {
    std::vector<std::vector<LayerOutcome>> steps;

    Recorded()
    {
        std::mt19937 random(7);
        std::normal_distribution<float> score;
        for (int token = 0; token < video.steps(); ++token) {
            steps.emplace_back();
            for (int i = 0; i < video.layers * video.rows.rows(); ++i)
                steps.back().push_back({.tas = token < video.stride ? std::nanf("") : score(random)});
        }
    }

    MatrixView<const LayerOutcome> step(int token) const
    {
        return {steps[static_cast<std::size_t>(token)].data(), video.layers, video.rows.rows()};
    }

    ScoreDigest digest(int upTo) const
    {
        ScoreDigest digest(video, TasDefinition::Official);
        for (int token = 0; token < upTo; ++token)
            digest.add(token, step(token));
        return digest;
    }

    ReplayStatistics decided(const ReplayPolicy &policy) const
    {
        ReplayStatistics statistics(video.layers, video.frames, video.stride);
        ReplayController controller(video, policy);
        for (int token = 0; token < video.steps(); ++token) {
            std::vector<LayerOutcome> outcomes = steps[static_cast<std::size_t>(token)];
            const ReplayPolicy &ruling = controller.policyFor(token);
            const auto rows = static_cast<std::size_t>(video.rows.rows());
            for (int layer = 0; layer < video.layers; ++layer)
                decide(ruling.gate, ruling.threshold(layer), token >= video.stride, video.rows,
                       std::span(outcomes).subspan(static_cast<std::size_t>(layer) * rows, rows));
            statistics.add(token, {outcomes.data(), video.layers, video.rows.rows()});
        }
        return statistics;
    }
};

ReplayPolicy somePolicy(GateMode gate)
{
    ReplayPolicy policy;
    policy.gate = gate;
    policy.thresholds = {-0.4f, 0.7f, 0.1f};
    return policy;
}

/// Steps that take `perRow` a row, some more the farther they are, and now and then a pause.
StepTimes timesOf(double perRow, bool varied)
{
    std::mt19937 random(3);
    StepTimes times;
    for (int step = 0; step < 200; ++step) {
        const int rows = varied ? static_cast<int>(random() % 7) : 6;
        const double jitter = 1e-5 * (static_cast<double>(random() % 1000) / 1000.0 - 0.5);
        const double pause = step % 50 == 17 ? 3.0 : 0.0;
        const bool endsFrame = (step + 1) % 32 == 0;
        times.add({.position = double(step),
                   .layersRead = std::min(3.0, double(rows)),
                   .rowsComputed = double(rows)},
                  1e-3 + 2e-6 * step + perRow * rows + jitter + pause + (endsFrame ? 0.05 : 0.0), endsFrame);
    }
    return times;
}

} // namespace

Q_DECLARE_METATYPE(fastcar::ReplayPolicy)

class TestForecast : public QObject {
    Q_OBJECT

private slots:
    void scoresThatDoNotChangeAreForecastExactly_data()
    {
        QTest::addColumn<ReplayPolicy>("policy");
        for (const GateMode gate : {GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean})
            QTest::newRow(toString(gate).c_str()) << somePolicy(gate);
        ReplayPolicy limited = somePolicy(GateMode::Row);
        limited.frames = {.first = 3, .last = 4};
        limited.layers = {.first = 2};
        QTest::newRow("limited") << limited;
        ReplayPolicy extremes = somePolicy(GateMode::Row);
        extremes.thresholds = {-infinity, infinity, std::nullopt};
        QTest::newRow("extremes") << extremes;
        QTest::newRow("none") << ReplayPolicy{};
    }

    void scoresThatDoNotChangeAreForecastExactly()
    {
        QFETCH(ReplayPolicy, policy);
        const Recorded recorded;
        const ReplayForecast expected = forecast(recorded.digest(video.steps()), policy);
        const ReplayStatistics seen = recorded.decided(policy);
        QVERIFY(expected.known);
        QCOMPARE(expected.measuredSteps, expected.scoredSteps);
        for (int layer = 0; layer < video.layers; ++layer) {
            const ExpectedReplay &of = expected.layers[static_cast<std::size_t>(layer)];
            const ReplayCount count = seen.ofLayer(layer);
            QCOMPARE(of.replayed, double(count.replayed));
            QCOMPARE(of.eligible, double(count.eligible));
            QCOMPARE(of.total, double(count.total));
        }
        QCOMPARE(expected.all.wholeSteps, double(seen.fullySkippedLayers()));
        QCOMPARE(expected.all.steps, double(seen.layerSteps()));
    }

    void whatIsNotRecordedYetIsTakenToBeLikeTheRest()
    {
        const Recorded recorded;
        const ReplayPolicy policy = somePolicy(GateMode::Row);
        const ReplayForecast part = forecast(recorded.digest(3 * video.stride + 5), policy);
        const ReplayForecast whole = forecast(recorded.digest(video.steps()), policy);
        QCOMPARE(part.measuredSteps, 2 * video.stride + 5);
        QCOMPARE(part.all.eligible, whole.all.eligible);
        QVERIFY(std::abs(part.all.ofEligible() - whole.all.ofEligible()) < 0.05);
    }

    void aTargetIsForecastAsMet()
    {
        const Recorded recorded;
        ReplayPolicy policy;
        for (const float ratio : {0.0f, 0.3f, 0.8f, 1.0f}) {
            policy.target = ReplayTarget{.ratio = ratio};
            const ReplayForecast expected = forecast(recorded.digest(video.steps()), policy);
            QVERIFY(std::abs(expected.all.ofEligible() - static_cast<double>(ratio)) < 0.01);
        }
    }

    void nothingIsKnownWithoutScoresOfTheDefinition()
    {
        const Recorded recorded;
        ReplayPolicy policy = somePolicy(GateMode::Row);
        QVERIFY(!forecast(recorded.digest(video.stride), policy).known);
        policy.definition = TasDefinition::Paper;
        QVERIFY(!forecast(recorded.digest(video.steps()), policy).known);
    }

    void timesTellWhatARowCosts()
    {
        constexpr double perRow = 4e-4;
        const StepTimes times = timesOf(perRow, true);
        QVERIFY(times.fit().has_value());
        for (const double rows : {0.0, 2.0, 6.0}) {
            const StepLoad load{.position = 70.0, .layersRead = std::min(3.0, rows), .rowsComputed = rows};
            const double expected = 1e-3 + 2e-6 * 70.0 + perRow * rows;
            QVERIFY(std::abs(times.fit()->of(load) - expected) < 5e-6);
            QVERIFY(times.fit()->errorAt(load) < 5e-6);
        }
        const ReplayForecast expected = forecast(Recorded().digest(video.steps()), somePolicy(GateMode::Row));
        const std::optional<TimeForecast> time = times.forecast(expected, video);
        QVERIFY(time.has_value());
        const double steps = video.steps() * times.fit()->of(meanLoad(expected, video));
        QVERIFY(std::abs(time->clipSeconds - steps - video.frames * 0.05) < 1e-3);
    }

    void withoutReplayTheTimesWithinMlpsTell()
    {
        constexpr double mlp = 8e-4;
        StepTimes times;
        for (int step = 0; step < 200; ++step) {
            const double jitter = 1e-5 * (step % 7 - 3);
            const double pause = step % 50 == 17 ? 3.0 : 0.0;
            times.add({.position = double(step), .layersRead = 3.0, .rowsComputed = 6.0},
                      1e-3 + 2e-6 * step + 3.0 * mlp + jitter + pause, false, 3.0 * mlp + 0.5 * jitter);
        }
        QVERIFY(times.fit().has_value());
        for (const double layers : {0.0, 1.5, 3.0}) {
            const StepLoad load{.position = 70.0, .layersRead = layers, .rowsComputed = 2.0 * layers};
            QVERIFY(std::abs(times.fit()->of(load) - (1e-3 + 2e-6 * 70.0 + layers * mlp)) < 5e-6);
            QVERIFY(times.fit()->errorAt(load) > 0.0 && times.fit()->errorAt(load) < 5e-6);
        }
        // A row alone saves no layer.
        QCOMPARE(times.fit()->of({.layersRead = 3.0, .rowsComputed = 3.0}),
                 times.fit()->of({.layersRead = 3.0, .rowsComputed = 6.0}));
    }

    void timesWithinMlpsTellWhatARowCosts()
    {
        constexpr double perLayer = 3e-4, perRow = 1e-4;
        std::mt19937 random(5);
        StepTimes times;
        for (int step = 0; step < 200; ++step) {
            const int layers = static_cast<int>(random() % 4);
            const int rows = layers == 0 ? 0 : layers + static_cast<int>(random() % 4);
            const double mlp = layers == 0 ? 1e-7 : perLayer * layers + perRow * rows;
            const double other = 1e-3 + 1e-3 * (static_cast<double>(random() % 1000) / 1000.0 - 0.5);
            times.add({.position = double(step), .layersRead = double(layers), .rowsComputed = double(rows)},
                      other + mlp, false, mlp);
        }
        QVERIFY(times.fit().has_value());
        const auto saved = [&](double layers, double rows) {
            return times.fit()->of({.layersRead = 3.0, .rowsComputed = 6.0}) -
                   times.fit()->of({.layersRead = layers, .rowsComputed = rows});
        };
        // The rest scatters by more than a layer costs.
        QVERIFY(std::abs(saved(3.0, 4.0) - 2.0 * perRow) < 1e-6);
        QVERIFY(std::abs(saved(2.0, 4.0) - perLayer - 2.0 * perRow) < 1e-6);
    }

    void timesWithoutVariationTellNothing()
    {
        QVERIFY(!timesOf(4e-4, false).fit().has_value());
        QVERIFY(!timesOf(0.0, true).fit().has_value());
        QVERIFY(!StepTimes().fit().has_value());
    }
};

QTEST_APPLESS_MAIN(TestForecast)
#include "test_forecast.moc"
