// SPDX-License-Identifier: Apache-2.0
//
// Clips that a model draws dense, and what it costs to code them under a replay policy: the codes are fed
// back as they are, so that every policy is asked about the same tokens.
#pragma once

#include "bench/must.h"
#include "engine/backend/devices.h"
#include "engine/decode/forward_comparison.h"

#include <algorithm>

namespace fastcar::bench {

struct NullSink final : RunSink {
    void onEvent(const Event &) override {}
};

/// The device that was asked for; "": the model's own.
inline std::string deviceOr(const std::string &asked, const Model &model)
{
    return asked.empty() ? defaultDevice(model.checkpoint->defaults()) : asked;
}

/// The settings of clip `number`: prompts and sampling are the model's own.
inline RunSettings clipSettings(const Model &model, const std::string &folder, int number)
{
    const ModelDefaults &defaults = model.checkpoint->defaults();
    const auto &prompts = defaults.examplePrompts;
    RunSettings settings;
    settings.prompt =
        prompts.empty() ? std::string("a cat") : prompts[static_cast<std::size_t>(number) % prompts.size()];
    settings.modelFolder = folder;
    settings.frames = defaults.frames.value_or(model.checkpoint->config().videoFrames);
    settings.seed = static_cast<std::uint64_t>(number) + 1;
    settings.sampler = {.temperature = defaults.temperature.value_or(1.0f),
                        .topK = defaults.topK.value_or(900),
                        .topP = defaults.topP.value_or(0.96f),
                        .cfg = defaults.cfg.value_or(3.0f)};
    return settings;
}

struct ForcedClip {
    RunSettings settings;
    GenerationResult drawn; // dense
    ForwardResult dense;    // the same codes again

    const std::vector<std::int32_t> &codes() const { return drawn.codes[0]; }
};

inline ForcedClip drawClip(const Model &model, RunSettings settings, ThreadPool &pool, bool pixels = false)
{
    NullSink sink;
    RunControl control;
    GenerationResult drawn = must(generate(model, settings, pool, sink, control, {.pixels = pixels}));
    ForwardResult dense = must(forward(model, {.prompt = settings.prompt}, drawn.codes[0], pool));
    return {.settings = std::move(settings), .drawn = std::move(drawn), .dense = std::move(dense)};
}

/// Of the codes behind frame 1, under the conditional row.
struct CodingCost {
    double nats = 0.0;
    std::int64_t codes = 0, sameLikeliest = 0; // as the dense model's

    double natsPerCode() const { return nats / static_cast<double>(codes); }
    double shareOfSameLikeliest() const
    {
        return static_cast<double>(sameLikeliest) / static_cast<double>(codes);
    }
    CodingCost &operator+=(const CodingCost &other)
    {
        nats += other.nats;
        codes += other.codes;
        sameLikeliest += other.sameLikeliest;
        return *this;
    }
};

inline CodingCost costOf(const ForwardResult &run, const ForcedClip &clip, const ModelConfig &config)
{
    CodingCost cost;
    const auto width = static_cast<std::size_t>(config.depth.codes);
    const auto first = static_cast<std::size_t>(config.stride() * config.depth.depth);
    for (std::size_t i = first; i < clip.codes().size(); ++i) {
        const auto logits = std::span(run.logits).subspan(i * width, width);
        const auto reference = std::span(clip.dense.logits).subspan(i * width, width);
        cost.nats += logMass(logits) - static_cast<double>(logits[static_cast<std::size_t>(clip.codes()[i])]);
        cost.sameLikeliest += std::ranges::max_element(logits) - logits.begin() ==
                              std::ranges::max_element(reference) - reference.begin();
        ++cost.codes;
    }
    return cost;
}

} // namespace fastcar::bench
