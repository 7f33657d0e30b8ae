// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_limits.h"

#include "engine/backend/cpu/attention.h"
#include "engine/backend/devices.h"
#include "engine/backend/machine_memory.h"
#include "engine/replay/mlp_cache.h"

#include <algorithm>

namespace fastcar {

int maxFrames(const ModelConfig &model, int promptTokens)
{
    // The last token of a video is drawn but never fed back: it needs no position.
    return std::max(0, (model.backbone.maxPositions - promptTokens + 1) / model.stride());
}

std::uint64_t cacheBytes(const Checkpoint &model, int promptTokens, const RunSettings &settings)
{
    const auto wide = [](auto value) { return static_cast<std::int64_t>(std::max(0, value)); };
    const BackboneConfig &backbone = model.config().backbone;
    const int stride = model.config().stride();
    const std::int64_t rows = wide(settings.videos) * (rowLayout(settings).guided ? 2 : 1);
    return cpu::KvCache::bytes({.layers = backbone.layers,
                                .rows = rows,
                                .kvHeads = backbone.kvHeads,
                                .positions = wide(promptTokens) + wide(settings.frames) * wide(stride),
                                .headDim = backbone.headDim,
                                .type = cacheType(settings.device, model)}) +
           MlpCache::bytes(
               {.layers = backbone.layers, .rows = rows, .stride = stride, .hidden = backbone.hidden});
}

int maxVideos(const Checkpoint &model, int promptTokens, const RunSettings &settings)
{
    const auto memory = machineMemory();
    if (!memory)
        return videosAtATime;
    RunSettings one = settings;
    one.videos = 1;
    const std::uint64_t bytes = cacheBytes(model, promptTokens, one);
    return static_cast<int>(std::clamp<std::uint64_t>(
        memory->availableBytes / std::max<std::uint64_t>(1, bytes), 1, videosAtATime));
}

} // namespace fastcar
