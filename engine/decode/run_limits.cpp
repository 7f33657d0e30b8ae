// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_limits.h"

#include "engine/backend/machine_memory.h"

#include <algorithm>

namespace fastcar {

int maxFrames(const ModelConfig &model, int promptTokens)
{
    // The last token of a video is drawn but never fed back: it needs no position.
    return std::max(0, (model.backbone.maxPositions - promptTokens + 1) / model.stride());
}

std::uint64_t cacheBytes(const ModelConfig &model, int promptTokens, const RunSettings &settings)
{
    const auto wide = [](auto value) { return static_cast<std::uint64_t>(std::max(0, value)); };
    const BackboneConfig &backbone = model.backbone;
    const std::uint64_t positions = wide(promptTokens) + wide(settings.frames) * wide(model.stride());
    const std::uint64_t attention = 2 * wide(backbone.kvHeads) * wide(backbone.headDim) * positions;
    const std::uint64_t replay = wide(model.stride()) * wide(backbone.hidden);
    const std::uint64_t rows = wide(settings.videos) * (rowLayout(settings).guided ? 2 : 1);
    return rows * wide(backbone.layers) * (attention + replay) * sizeof(float);
}

int maxVideos(const ModelConfig &model, int promptTokens, const RunSettings &settings)
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
