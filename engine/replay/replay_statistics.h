// SPDX-License-Identifier: Apache-2.0
//
// What replay did, counted per layer and frame: the ratios that are shown and reported. "Of eligible" and "of all" are
// always told apart, with the structural ceiling beside them (docs/replay.md).
#pragma once

#include "engine/backend/backbone.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fastcar {

struct ReplayCount {
    std::int64_t replayed = 0;
    std::int64_t eligible = 0;
    std::int64_t total = 0; // MLP calls of decode steps, frame 1 and unconditional rows included

    static ReplayCount of(std::span<const LayerOutcome> outcomes);
    double ofEligible() const { return eligible ? static_cast<double>(replayed) / static_cast<double>(eligible) : 0.0; }
    double ofAll() const { return total ? static_cast<double>(replayed) / static_cast<double>(total) : 0.0; }
    ReplayCount &operator+=(const ReplayCount &other)
    {
        replayed += other.replayed;
        eligible += other.eligible;
        total += other.total;
        return *this;
    }
    bool operator==(const ReplayCount &) const = default;
};

class ReplayStatistics {
public:
    ReplayStatistics() = default;
    ReplayStatistics(int layers, int frames, int stride);

    /// One decode step: outcome [layers, rows] of the step whose input was `visualToken`.
    void add(int visualToken, MatrixView<const LayerOutcome> outcome);

    int layers() const { return layers_; }
    int frames() const { return frames_; }
    ReplayCount at(int layer, int frame) const { return counts_[static_cast<std::size_t>(layer * frames_ + frame)]; }
    ReplayCount ofLayer(int layer) const;
    ReplayCount ofFrame(int frame) const;
    ReplayCount all() const;
    /// Layers of steps in which every row replayed: their MLP weights were not read.
    std::int64_t fullySkippedLayers() const { return fullySkipped_; }
    std::int64_t layerSteps() const { return layerSteps_; }

    /// ((T - 1) N - 1) / (T N - 1): what share of all MLP calls of a whole video can be replayed at the most.
    static double ceiling(int frames, int stride);

private:
    int layers_ = 0;
    int frames_ = 0;
    int stride_ = 1;
    std::vector<ReplayCount> counts_; // [layers, frames]
    std::int64_t fullySkipped_ = 0;
    std::int64_t layerSteps_ = 0;
};

} // namespace fastcar
