// SPDX-License-Identifier: Apache-2.0
//
// Everything that a generation depends on, as one value: it goes into the trace and into the exported file,
// and a run made again from it gives the same codes on the same device, bit for bit, whatever the number of
// threads.
#pragma once

#include "engine/base/result.h"
#include "engine/replay/replay_policy.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

struct RowLayout;

/// How a code is drawn from the logits (docs/model.md, "One visual token"). VILA-U's own constants are the
/// defaults.
struct SamplerSettings {
    bool greedy = false; // the most likely code; temperature, topK and topP do not matter then
    float temperature = 1.0f;
    int topK = 900;     // 0: all
    float topP = 0.96f; // 1: all
    float cfg = 3.0f;   // guided = uncond + cfg * (cond - uncond); 1: no guidance, and no unconditional rows

    bool operator==(const SamplerSettings &) const = default;
};

/// A run that had stopped went on: on another device, or on the same one again. There the steps before were
/// run again, to make the caches.
struct Continuation {
    int step = 0; // the first one that is this device's: its input is visual token `step`
    std::string device;
    std::string version; // of the program

    bool operator==(const Continuation &) const = default;
};

struct RunSettings {
    std::string prompt;
    std::string modelFolder;
    std::string modelDigest; // filled in by the engine
    int frames = 8;
    int videos = 1;
    std::uint64_t seed = 1;
    SamplerSettings sampler;
    ReplayPolicy replay;
    AttentionSpan attention;
    std::string device = "cpu"; // that the run began on
    std::string version;        // of the program; filled in by the engine
    /// In the order of their steps; empty for a run that never stopped. Filled in by the engine.
    std::vector<Continuation> continued;

    bool operator==(const RunSettings &) const = default;
};

/// Without guidance the unconditional rows would be computed for nothing: there are none.
RowLayout rowLayout(const RunSettings &settings);

/// What computes a step of a run of `settings`.
const std::string &deviceOfStep(const RunSettings &settings, int step);

/// One JSON document with every field; thresholds of infinity are the strings "inf" and "-inf".
std::string toJson(const RunSettings &settings);
Result<RunSettings> runSettingsFromJson(std::string_view json);

/// As in the settings' list "continued".
std::string continuationToJson(const Continuation &continuation);
Result<Continuation> continuationFromJson(std::string_view json);

} // namespace fastcar
