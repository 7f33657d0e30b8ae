// SPDX-License-Identifier: Apache-2.0
//
// Teacher forcing: given codes are fed back instead of drawn ones, and every number on the way is kept. The
// instrument by which the engine is checked against the published modules, and by which quantisation and
// replay are judged.
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/base/result.h"
#include "engine/decode/generation.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fastcar {

struct ForwardSettings {
    std::string prompt;
    ReplayPolicy replay;
    AttentionSpan attention;
    std::string device = "cpu";
};

/// J = frames * stride tokens; row 0 conditional, row 1 unconditional.
struct ForwardResult {
    int tokens = 0; // J
    std::vector<std::int32_t> promptIds, uncondIds;
    std::vector<float> hidden;          // [2, J, D]: the state that predicts token j
    std::vector<float> tas;             // [layers, 2, J]: of the step whose input is token j; NaN: none
    std::vector<std::uint8_t> eligible; // [layers, 2, J]
    std::vector<std::uint8_t> replayed; // [layers, 2, J]
    std::vector<float> logits;          // [2, J, K, codes], before guidance
    std::vector<SharedFrame> frames;
    ReplayStatistics replay;
};

/// `codes` [J, K], J a multiple of the stride.
Result<ForwardResult> forward(const Model &model, const ForwardSettings &settings,
                              std::span<const std::int32_t> codes, ThreadPool &pool);

} // namespace fastcar
