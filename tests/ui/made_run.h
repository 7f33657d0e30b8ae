// SPDX-License-Identifier: Apache-2.0
//
// A run that no model made: events and pictures as an engine would send them, with scores that a test can
// foretell.
#pragma once

#include "ui/models/run_record.h"

namespace fastcar::ui {

/// Three layers, two rows, frames of 2 x 3 positions, two codes each, pictures of 12 x 8.
class MadeRun {
public:
    static constexpr int layers = 3;
    static constexpr int rows = 2;
    static constexpr int gridHeight = 2;
    static constexpr int gridWidth = 3;
    static constexpr int stride = 6;
    static constexpr int frames = 3;

    MadeRun();

    ModelConfig config;
    RunSettings settings;
    std::int64_t mlpNs = 0; // that a device tells of a step; 0: it does not tell

    /// The score of a step from frame 2 on: position, layer and row can be told from it.
    static float tas(int step, int layer, int row);
    /// A picture of one colour.
    static SharedFrame picture(std::uint8_t red, std::uint8_t green, std::uint8_t blue);

    /// What comes next, up to and with token number `tokens` - 1: outcomes, codes, finished frames. A token
    /// takes 10 ms.
    EngineThread::Drained upTo(int tokens);
    EngineThread::Drained phase(Phase phase) const;
    /// From the next step on.
    EngineThread::Drained newPolicy(const ReplayPolicy &policy);

private:
    void addStep(std::vector<Event> &events, int step) const;

    int next_ = 0;
    std::uint32_t policyNumber_ = 0;
    ReplayPolicy policy_;
};

} // namespace fastcar::ui
