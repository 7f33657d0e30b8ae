// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/settings_check.h"

#include "engine/decode/run_limits.h"
#include "engine/decode/sampler.h"

#include <algorithm>
#include <cmath>

namespace fastcar {

namespace {

Error badInput(std::string text)
{
    return Error{ErrorKind::BadInput, std::move(text)};
}

} // namespace

Result<void> checkReplayPolicy(const ReplayPolicy &policy, int layers)
{
    const auto count = static_cast<int>(policy.thresholds.size());
    if (count != 0 && count != layers)
        return badInput("The model has " + std::to_string(layers) + " layers, but " + std::to_string(count) +
                        " TAS thresholds were given. Give one for each layer, or a single one for all.");
    for (const auto &threshold : policy.thresholds)
        if (threshold && std::isnan(*threshold))
            return badInput("A TAS threshold is not a number.");
    if (policy.layers.first > layers || policy.layers.last > layers)
        return badInput("The model has " + std::to_string(layers) +
                        " layers, but replay is limited to layers " + toString(policy.layers) +
                        ", counted from 1.");
    if (policy.target && !(policy.target->ratio >= 0.0f && policy.target->ratio <= 1.0f))
        return badInput("A target of replay is a share of the eligible MLPs from 0 to 1, not " +
                        std::to_string(policy.target->ratio) + ".");
    return {};
}

Result<void> checkRunSettings(const RunSettings &settings, const ModelConfig &model, const PromptIds &prompt)
{
    if (settings.frames < 1)
        return badInput("At least one frame must be asked for, not " + std::to_string(settings.frames) + ".");
    if (settings.videos < 1 || settings.videos > videosAtATime)
        return badInput("Between 1 and " + std::to_string(videosAtATime) +
                        " videos can be made at a time, not " + std::to_string(settings.videos) + ".");
    const auto longest = static_cast<int>(std::max(prompt.conditional.size(), prompt.unconditional.size()));
    const int most = maxFrames(model, longest);
    if (most < 1)
        return badInput("The model has " + std::to_string(model.backbone.maxPositions) +
                        " positions: a prompt of " + std::to_string(longest) +
                        " tokens leaves no room for a frame of " + std::to_string(model.stride()) +
                        ". Shorten the prompt.");
    if (settings.frames > most)
        return badInput("The model has " + std::to_string(model.backbone.maxPositions) +
                        " positions: behind a prompt of " + std::to_string(longest) +
                        " tokens they hold at most " + std::to_string(most) + " frames of " +
                        std::to_string(model.stride()) + " tokens, but " + std::to_string(settings.frames) +
                        " were asked for. Ask for fewer frames.");
    if (auto fine = checkReplayPolicy(settings.replay, model.backbone.layers); !fine)
        return fine;
    if (settings.replay.frames.first > settings.frames)
        return badInput("Replay is limited to frames " + toString(settings.replay.frames) +
                        ", but the video has only " + std::to_string(settings.frames) + ".");
    return checkSampler(settings.sampler);
}

} // namespace fastcar
