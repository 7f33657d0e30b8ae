// SPDX-License-Identifier: Apache-2.0
#include "app/cli/replay_options.h"

#include "engine/decode/replay_presets.h"

#include <CLI/CLI.hpp>

namespace fastcar::cli {

namespace {

/// The words are checked while the command line is parsed, so that a wrong one is found before a model is
/// opened.
template <typename Parse>
CLI::Validator understoodBy(Parse parse, const char *words)
{
    return CLI::Validator(
        [parse](std::string &text) {
            const auto parsed = parse(text);
            return parsed ? std::string() : parsed.error().message;
        },
        words);
}

/// Only what was calibrated, not what lies between: quality was measured there.
Result<std::vector<std::optional<float>>> thresholdsFor(int percent, const ReplayPolicy &rest,
                                                        const Checkpoint &checkpoint)
{
    const CalibratedLevels *const levels = calibratedLevels(checkpoint.defaults(), rest.definition, rest.gate);
    if (!levels)
        return Error{ErrorKind::BadInput,
                     "The model in " + checkpoint.folder().string() +
                         " comes without calibrated thresholds for --tas " + toString(rest.definition) +
                         "; ask for a share with --target-ratio, or give your own with --tas-threshold."};
    if (levels->contains(percent))
        return calibratedThresholds(checkpoint.defaults(), rest.definition, rest.gate, percent);
    std::string known;
    for (const auto &[ratio, thresholds] : *levels)
        known += (known.empty() ? "" : ", ") + std::to_string(ratio);
    return Error{ErrorKind::BadInput, "The model in " + checkpoint.folder().string() +
                                          " has no calibrated thresholds for --replay " +
                                          std::to_string(percent) + "; it has them for " + known +
                                          ". Any share can be asked for with --target-ratio."};
}

/// What says how much is replayed; `rest` is all that was said besides.
Result<ReplayPolicy> withAmount(const ReplayOptions &options, const Checkpoint &checkpoint, ReplayPolicy rest)
{
    if (options.preset) {
        const auto preset = parseReplayPreset(*options.preset);
        if (!preset)
            return preset.error();
        return presetPolicy(*preset, checkpoint.defaults(), std::move(rest));
    }
    if (options.target)
        return targetPolicy({.ratio = *options.target, .perLayer = options.perLayer}, checkpoint.defaults(),
                            std::move(rest));
    if (!options.thresholds && !options.calibrated)
        return rest;
    auto thresholds = options.calibrated
                          ? thresholdsFor(*options.calibrated, rest, checkpoint)
                          : parseThresholds(*options.thresholds, checkpoint.config().backbone.layers);
    if (!thresholds)
        return thresholds.error();
    rest.thresholds = std::move(*thresholds);
    return rest;
}

} // namespace

void addReplayOptions(CLI::App &parser, ReplayOptions &options)
{
    const char *group = "Replay";
    parser
        .add_option("--tas-threshold", options.thresholds,
                    "Replay an MLP where its Temporal Attention Score is above X, or X0,X1,... by layer; "
                    "none, inf and -inf are allowed (otherwise nothing is replayed)")
        ->type_name("X")
        ->group(group);
    parser
        .add_option(
            "--target-ratio", options.target,
            "Replay this share of the eligible MLPs, 0 to 1: thresholds follow the scores, so that it "
            "is met at the end of the video")
        ->type_name("R")
        ->check(CLI::Range(0.0, 1.0))
        ->excludes("--tas-threshold")
        ->group(group);
    parser.add_flag("--per-layer", options.perLayer, "Each layer meets the target, not all of them together")
        ->needs("--target-ratio")
        ->group(group);
    parser
        .add_option("--replay-frames", options.frames,
                    "Frames in which replay is allowed, counted from 1: A-B, A- or A")
        ->type_name("A-B")
        ->check(understoodBy(parseReplayRange, ""))
        ->capture_default_str()
        ->group(group);
    parser
        .add_option("--replay-layers", options.layers,
                    "Layers in which replay is allowed, counted from 1: A-B, A- or A")
        ->type_name("A-B")
        ->check(understoodBy(parseReplayRange, ""))
        ->capture_default_str()
        ->group(group);
    parser
        .add_option("--tas", options.definition,
                    "Which score: as the published code computes it, or as the paper says")
        ->type_name("official|paper")
        ->check(understoodBy(parseTasDefinition, ""))
        ->capture_default_str()
        ->group(group);
    parser
        .add_option("--gate", options.gate,
                    "Who decides: each row, all together, the conditional row, a video's mean (otherwise as the model "
                    "recommends, or each row)")
        ->type_name("row|all|cond|mean")
        ->check(understoodBy(parseGateMode, ""))
        ->group(group);
    parser
        .add_option(
            "--drs", options.drs,
            "How an accelerator's cores share the rows that compute: fixed, dealt (the paper), split; for "
            "the devices fpga, fpga-emulated and fpga-modelled")
        ->type_name("static|deal|split")
        ->check(understoodBy(parseDrsPolicy, ""))
        ->capture_default_str()
        ->group(group);
    parser
        .add_option("--attention", options.attention,
                    "What attention sees: everything, or the first SINKS positions and the last W")
        ->type_name("full|window:SINKS+W")
        ->check(understoodBy(parseAttentionSpan, ""))
        ->capture_default_str()
        ->group(group);
}

void addCalibratedReplayOption(CLI::App &parser, ReplayOptions &options)
{
    parser
        .add_option("--replay", options.calibrated,
                    "Replay about this share of the eligible MLPs, by thresholds that come with the model")
        ->type_name("PERCENT")
        ->check(CLI::Range(1, 100))
        ->excludes("--tas-threshold")
        ->excludes("--target-ratio")
        ->group("Replay");
    parser
        .add_option("--preset", options.preset,
                    "Nothing replayed; as much as costs nothing that was measured; more, at a cost that the "
                    "model's card tells")
        ->type_name("exact|balanced|fast")
        ->check(understoodBy(parseReplayPreset, ""))
        ->excludes("--tas-threshold")
        ->excludes("--target-ratio")
        ->excludes("--replay")
        ->group("Replay");
}

Result<ReplayPolicy> replayPolicy(const ReplayOptions &options, const Checkpoint &checkpoint)
{
    const auto definition = parseTasDefinition(options.definition);
    if (!definition)
        return definition.error();
    const auto gate = options.gate ? parseGateMode(*options.gate)
                                   : Result<GateMode>(defaultGate(checkpoint.defaults()));
    if (!gate)
        return gate.error();
    const auto drs = parseDrsPolicy(options.drs);
    if (!drs)
        return drs.error();
    const auto frames = parseReplayRange(options.frames);
    if (!frames)
        return frames.error();
    const auto layers = parseReplayRange(options.layers);
    if (!layers)
        return layers.error();
    ReplayPolicy policy;
    policy.definition = *definition;
    policy.gate = *gate;
    policy.drs = *drs;
    policy.frames = *frames;
    policy.layers = *layers;
    return withAmount(options, checkpoint, std::move(policy));
}

Result<AttentionSpan> attentionSpan(const ReplayOptions &options)
{
    return parseAttentionSpan(options.attention);
}

} // namespace fastcar::cli
