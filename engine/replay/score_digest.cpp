// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/score_digest.h"

#include "engine/replay/gate.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

namespace fastcar {

namespace {

constexpr std::array gates{GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean};

void insert(std::vector<float> &sorted, float score)
{
    sorted.insert(std::ranges::upper_bound(sorted, score), score);
}

std::int64_t countAbove(const std::vector<float> &sorted, float threshold)
{
    if (threshold == -std::numeric_limits<float>::infinity())
        return static_cast<std::int64_t>(sorted.size());
    return sorted.end() - std::ranges::upper_bound(sorted, threshold);
}

} // namespace

ScoreDigest::ScoreDigest(const RunExtent &run, TasDefinition definition)
    : run_(run)
    , definition_(definition)
    , cells_(static_cast<std::size_t>(run.layers) * static_cast<std::size_t>(run.frames))
    , steps_(static_cast<std::size_t>(run.frames))
    , step_(static_cast<std::size_t>(run.rows.rows()))
{
}

void ScoreDigest::add(int visualToken, MatrixView<const LayerOutcome> outcomes)
{
    assert(outcomes.rows == run_.layers && outcomes.cols == run_.rows.rows());
    const int frame = visualToken / run_.stride;
    assert(visualToken >= 0 && frame < run_.frames);
    if (frame == 0)
        return;
    ++steps_[static_cast<std::size_t>(frame)];
    for (int layer = 0; layer < run_.layers; ++layer) {
        Cell &cell = cells_[static_cast<std::size_t>(layer * run_.frames + frame)];
        for (const GateMode gate : gates) {
            Scores &of = cell[static_cast<std::size_t>(gate)];
            const std::span<const float> scores = decidingScores(gate, run_.rows, outcomes.row(layer), step_);
            for (const float score : scores)
                insert(of.deciding, score);
            if (scores.size() > 1)
                insert(of.whole, *std::ranges::min_element(scores));
        }
    }
}

int ScoreDigest::steps() const
{
    return std::accumulate(steps_.begin(), steps_.end(), 0);
}

const ScoreDigest::Scores &ScoreDigest::scores(GateMode gate, int layer, int frame) const
{
    assert(layer >= 0 && layer < run_.layers && frame >= 0 && frame < run_.frames);
    return cells_[static_cast<std::size_t>(layer * run_.frames + frame)][static_cast<std::size_t>(gate)];
}

ScoreDigest::Passed ScoreDigest::passed(GateMode gate, int layer, int frame, float threshold) const
{
    const Scores &of = scores(gate, layer, frame);
    if (of.deciding.empty())
        return {};
    const std::int64_t passing = countAbove(of.deciding, threshold);
    const std::int64_t rows = std::int64_t{steps(frame)} * run_.rows.rows();
    return {.rows = passing * (rows / static_cast<std::int64_t>(of.deciding.size())),
            .wholeSteps = of.whole.empty() ? passing : countAbove(of.whole, threshold)};
}

std::span<const float> ScoreDigest::deciding(GateMode gate, int layer, int frame) const
{
    return scores(gate, layer, frame).deciding;
}

} // namespace fastcar
