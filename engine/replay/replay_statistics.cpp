// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_statistics.h"

#include <cassert>

namespace fastcar
{

ReplayCount ReplayCount::of(std::span<const LayerOutcome> outcomes)
{
    ReplayCount count;
    for (const LayerOutcome &outcome : outcomes) {
        count.replayed += outcome.decision == Decision::Replayed;
        count.eligible += outcome.decision != Decision::NotEligible;
        ++count.total;
    }
    return count;
}

ReplayStatistics::ReplayStatistics(int layers, int frames, int stride)
    : layers_(layers)
    , frames_(frames)
    , stride_(stride)
    , counts_(static_cast<std::size_t>(layers) * static_cast<std::size_t>(frames))
{
    assert(layers >= 0 && frames >= 0 && stride > 0);
}

void ReplayStatistics::add(int visualToken, MatrixView<const LayerOutcome> outcome)
{
    const int frame = visualToken / stride_;
    assert(outcome.rows == layers_ && visualToken >= 0 && frame < frames_);
    for (int layer = 0; layer < layers_; ++layer) {
        const ReplayCount step = ReplayCount::of(outcome.row(layer));
        counts_[static_cast<std::size_t>(layer * frames_ + frame)] += step;
        fullySkipped_ += step.total > 0 && step.replayed == step.total;
        ++layerSteps_;
    }
}

ReplayCount ReplayStatistics::ofLayer(int layer) const
{
    ReplayCount sum;
    for (int frame = 0; frame < frames_; ++frame)
        sum += at(layer, frame);
    return sum;
}

ReplayCount ReplayStatistics::ofFrame(int frame) const
{
    ReplayCount sum;
    for (int layer = 0; layer < layers_; ++layer)
        sum += at(layer, frame);
    return sum;
}

ReplayCount ReplayStatistics::all() const
{
    ReplayCount sum;
    for (const ReplayCount &count : counts_)
        sum += count;
    return sum;
}

double ReplayStatistics::ceiling(int frames, int stride)
{
    const double tokens = static_cast<double>(frames) * stride;
    const double first = stride;
    if (frames < 2)
        return 0.0; // no frame has a frame before it
    // The last token is drawn but never fed back: it has no decode step.
    return (tokens - first - 1.0) / (tokens - 1.0);
}

} // namespace fastcar
