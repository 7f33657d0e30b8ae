// SPDX-License-Identifier: Apache-2.0
//
// The beginning of a run that stopped: what generate() needs to go on behind it. The codes alone make the
// caches again, for the backbone's state is a function of the prompt, the codes, the policies that ruled and
// the device; and every random number is a function of (seed, video, token, depth). A trace holds all of it:
// prefixOf() in engine/trace/trace.h.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/base/result.h"
#include "engine/checkpoint/model_config.h"
#include "engine/decode/run_settings.h"

#include <cstdint>
#include <map>
#include <vector>

namespace fastcar {

struct RunPrefix {
    RunSettings settings; // of the run, with the model's digest
    int layers = 0;
    int rows = 0;
    int stride = 0;
    int depth = 0;                      // K
    int tokens = 0;                     // of each video, that were drawn
    std::vector<std::int32_t> codes;    // [tokens, videos, K]
    std::vector<LayerOutcome> outcomes; // [tokens - 1, layers, rows]: of the steps that the trace tells of
    /// [tokens + 1]: the number of the policy that rules a step. The last two entries are of steps that
    /// nobody has seen: the one whose input is the last token, and all behind it.
    std::vector<std::uint32_t> policyOf;
    std::map<std::uint32_t, ReplayPolicy> policies; // but for 0, which is the settings' own
    std::int64_t timeNs = 0;                        // when the last token was done, since the run began

    int steps() const { return tokens > 0 ? tokens - 1 : 0; }
    const ReplayPolicy &policy(std::uint32_t number) const;
    /// The codes [videos, K] of a token.
    MatrixView<const std::int32_t> codesOf(int token) const;
    /// [layers, rows]
    MatrixView<const LayerOutcome> outcomesOf(int step) const;
};

/// Is `prefix` the beginning of a run of `settings` (with its digest filled in) by a model of `config`? The
/// device, the model's folder and the program's version may differ. Errors name what does not fit.
Result<void> checkPrefix(const RunPrefix &prefix, const RunSettings &settings, const ModelConfig &config);

} // namespace fastcar
