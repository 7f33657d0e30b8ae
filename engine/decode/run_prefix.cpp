// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_prefix.h"

#include "engine/decode/settings_check.h"

#include <algorithm>

namespace fastcar {

namespace {

Error misfit(const std::string &what)
{
    return {ErrorKind::BadInput, "The run that stopped cannot go on with these settings: " + what};
}

/// What of two runs' settings differs that must not; empty if nothing does.
std::string difference(const RunSettings &begun, const RunSettings &asked)
{
    if (begun.modelDigest != asked.modelDigest)
        return "it was made with another model, whose digest is " + begun.modelDigest + ", while " +
               asked.modelFolder + " has " + asked.modelDigest + ".";
    const auto differs = [](const char *thing) { return std::string("its ") + thing + " is another one."; };
    if (begun.prompt != asked.prompt)
        return differs("prompt");
    if (begun.frames != asked.frames)
        return differs("number of frames");
    if (begun.videos != asked.videos)
        return differs("number of videos");
    if (begun.seed != asked.seed)
        return differs("seed");
    if (begun.sampler != asked.sampler)
        return differs("sampler");
    if (begun.replay != asked.replay)
        return differs("replay policy");
    if (begun.attention != asked.attention)
        return differs("attention");
    return {};
}

bool hasTheModelsSizes(const RunPrefix &prefix, const RunSettings &settings, const ModelConfig &config)
{
    const RowLayout layout = rowLayout(settings);
    const auto tokens = static_cast<std::size_t>(std::max(0, prefix.tokens));
    const auto layers = static_cast<std::size_t>(config.backbone.layers);
    return prefix.layers == config.backbone.layers && prefix.rows == layout.rows() &&
           prefix.stride == config.stride() && prefix.depth == config.depth.depth && prefix.tokens >= 0 &&
           prefix.tokens <= settings.frames * config.stride() &&
           prefix.codes.size() ==
               tokens * static_cast<std::size_t>(settings.videos) * static_cast<std::size_t>(prefix.depth) &&
           prefix.outcomes.size() ==
               static_cast<std::size_t>(prefix.steps()) * layers * static_cast<std::size_t>(layout.rows()) &&
           prefix.policyOf.size() == tokens + 1;
}

} // namespace

const ReplayPolicy &RunPrefix::policy(std::uint32_t number) const
{
    const auto found = policies.find(number);
    return found == policies.end() ? settings.replay : found->second;
}

MatrixView<const std::int32_t> RunPrefix::codesOf(int token) const
{
    return {codes.data() + std::ptrdiff_t{token} * settings.videos * depth, settings.videos, depth};
}

MatrixView<const LayerOutcome> RunPrefix::outcomesOf(int step) const
{
    return {outcomes.data() + std::ptrdiff_t{step} * layers * rows, layers, rows};
}

Result<void> checkPrefix(const RunPrefix &prefix, const RunSettings &settings, const ModelConfig &config)
{
    if (const std::string what = difference(prefix.settings, settings); !what.empty())
        return misfit(what);
    if (!hasTheModelsSizes(prefix, settings, config))
        return misfit("its layers, rows, positions or codes are not as many as this model's.");
    const auto wrong = std::ranges::find_if(
        prefix.codes, [&](std::int32_t code) { return code < 0 || code >= config.depth.codes; });
    if (wrong != prefix.codes.end())
        return misfit("it holds the code " + std::to_string(*wrong) + ", but the model's are 0 to " +
                      std::to_string(config.depth.codes - 1) + ".");
    for (const std::uint32_t number : prefix.policyOf)
        if (number != 0 && !prefix.policies.contains(number))
            return misfit("replay policy " + std::to_string(number) +
                          ", which ruled some of it, is missing.");
    for (const auto &[number, policy] : prefix.policies)
        if (auto fine = checkReplayPolicy(policy, config.backbone.layers); !fine)
            return misfit(fine.error().message);
    return {};
}

} // namespace fastcar
