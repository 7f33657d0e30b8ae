// SPDX-License-Identifier: Apache-2.0
//
// How long a run may be and how many videos it may make: what a model's positions and the machine's memory
// leave room for.
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/decode/run_settings.h"

#include <cstdint>

namespace fastcar {

/// The largest number of frames for which `model`'s positions suffice behind a prompt of `promptTokens`.
int maxFrames(const ModelConfig &model, int promptTokens);

/// What a run's keys, values and replayed outputs take on the processor, behind a prompt of `promptTokens`, in the
/// numbers that its device keeps them in. Other devices: as if they were f32.
std::uint64_t cacheBytes(const Checkpoint &model, int promptTokens, const RunSettings &settings);

/// The most videos that are made at a time.
constexpr int videosAtATime = 16;

/// Of them, how many have caches that fit into the memory that is free now, behind a prompt of `promptTokens`
/// and with the frames and the guidance of `settings`; 1 at least.
int maxVideos(const Checkpoint &model, int promptTokens, const RunSettings &settings);

} // namespace fastcar
