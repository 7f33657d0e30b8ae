// SPDX-License-Identifier: Apache-2.0
//
// Scores of a video that nobody drew: they depend on the place in the picture, differ from layer to layer in
// level and width, drift from frame to frame, and fall where much was replayed.
#pragma once

#include "engine/replay/gate.h"
#include "engine/replay/run_extent.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace fastcar {

class ScoreStream {
public:
    explicit ScoreStream(const RunExtent &run, float drift = 0.6f)
        : run_(run)
        , drift_(drift)
        , outcomes_(static_cast<std::size_t>(run.layers * run.rows.rows()))
        , chain_(static_cast<std::size_t>(run.layers * run.stride))
    {
    }

    /// What becomes of a step under `ruling`, [layers, rows].
    MatrixView<const LayerOutcome> step(int token, const ReplayPolicy &ruling)
    {
        const int rows = run_.rows.rows();
        const int frame = token / run_.stride, position = token % run_.stride;
        for (int layer = 0; layer < run_.layers; ++layer) {
            int &chain = chain_[static_cast<std::size_t>(layer * run_.stride + position)];
            const std::span<LayerOutcome> of(outcomes_.data() + layer * rows, static_cast<std::size_t>(rows));
            for (int row = 0; row < rows; ++row)
                of[static_cast<std::size_t>(row)].tas =
                    frame == 0 ? std::nanf("") : score(token, layer, row) - 0.2f * static_cast<float>(chain);
            decide(ruling.gate, ruling.threshold(layer), frame > 0, run_.rows, of);
            chain = of[0].decision == Decision::Replayed ? chain + 1 : 0;
        }
        return {outcomes_.data(), run_.layers, rows};
    }

private:
    float score(int token, int layer, int row)
    {
        const int frame = token / run_.stride, position = token % run_.stride;
        const float place = std::sin(6.0f * static_cast<float>(position) / static_cast<float>(run_.stride));
        const float width = 0.5f + 2.0f * static_cast<float>(layer);
        return 3.0f * static_cast<float>(layer) +
               width * (place + 0.8f * noise() + 0.1f * static_cast<float>(row)) +
               drift_ * width * static_cast<float>(frame);
    }

    float noise() // -1 to 1
    {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<float>(state_ >> 40) / static_cast<float>(1 << 23) - 1.0f;
    }

    RunExtent run_;
    float drift_;
    std::uint64_t state_ = 1;
    std::vector<LayerOutcome> outcomes_;
    std::vector<int> chain_; // replays since the last computed frame, [layers, positions]
};

} // namespace fastcar
