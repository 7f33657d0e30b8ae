// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/forecast.h"

#include "engine/replay/score_window.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar {

namespace {

/// Rows and whole steps per step.
struct Rate {
    double rows = 0.0;
    double wholeSteps = 0.0;
};

class Forecaster {
public:
    Forecaster(const ScoreDigest &scores, const ReplayPolicy &policy)
        : scores_(scores)
        , run_(scores.run())
        , policy_(policy)
    {
    }

    ExpectedReplay ofLayer(int layer) const
    {
        ExpectedReplay expected{.total = double(run_.steps()) * run_.rows.rows(),
                                .steps = double(run_.steps())};
        if (!allowsLayer(policy_, layer))
            return expected;
        const Rate unseen = rateOfAll(layer);
        for (int frame = 1; frame < run_.frames; ++frame) {
            if (!policy_.frames.contains(frame + 1))
                continue;
            const int steps = run_.stepsOf(frame);
            const int missing = steps - scores_.steps(frame);
            const ScoreDigest::Passed seen = passed(layer, frame);
            expected.eligible += double(steps) * run_.rows.rows();
            expected.replayed += double(seen.rows) + missing * unseen.rows;
            expected.wholeSteps += double(seen.wholeSteps) + missing * unseen.wholeSteps;
        }
        return expected;
    }

private:
    ScoreDigest::Passed passed(int layer, int frame) const
    {
        return scores_.passed(policy_.gate, layer, frame, threshold(layer, frame));
    }

    float threshold(int layer, int frame) const
    {
        const std::optional<float> given = policy_.threshold(layer);
        if (!policy_.target || (given && std::isinf(*given)))
            return given.value_or(std::numeric_limits<float>::infinity());
        return valueBelowShare(scores_.deciding(policy_.gate, layer, frame),
                               static_cast<double>(policy_.target->ratio));
    }

    Rate rateOfAll(int layer) const
    {
        Rate rate;
        int steps = 0;
        for (int frame = 1; frame < run_.frames; ++frame) {
            if (scores_.steps(frame) == 0)
                continue;
            const ScoreDigest::Passed seen = passed(layer, frame);
            rate.rows += double(seen.rows);
            rate.wholeSteps += double(seen.wholeSteps);
            steps += scores_.steps(frame);
        }
        if (steps > 0) {
            rate.rows /= steps;
            rate.wholeSteps /= steps;
        }
        return rate;
    }

    const ScoreDigest &scores_;
    const RunExtent &run_;
    const ReplayPolicy &policy_;
};

} // namespace

ExpectedReplay &ExpectedReplay::operator+=(const ExpectedReplay &other)
{
    replayed += other.replayed;
    eligible += other.eligible;
    total += other.total;
    wholeSteps += other.wholeSteps;
    steps += other.steps;
    return *this;
}

ReplayForecast forecast(const ScoreDigest &scores, const ReplayPolicy &policy)
{
    const RunExtent &run = scores.run();
    assert(policy.thresholds.empty() || static_cast<int>(policy.thresholds.size()) == run.layers);
    ReplayForecast result;
    result.measuredSteps = scores.steps();
    result.scoredSteps = std::max(0, run.steps() - run.stride);
    result.known = result.measuredSteps > 0 && scores.definition() == policy.definition;
    const Forecaster forecaster(scores, policy);
    for (int layer = 0; layer < run.layers; ++layer) {
        result.layers.push_back(forecaster.ofLayer(layer));
        result.all += result.layers.back();
    }
    return result;
}

} // namespace fastcar
