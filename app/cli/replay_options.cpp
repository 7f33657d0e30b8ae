// SPDX-License-Identifier: Apache-2.0
#include "app/cli/replay_options.h"

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

Result<std::vector<std::optional<float>>> calibratedThresholds(int percent, TasDefinition definition,
                                                               const Checkpoint &checkpoint)
{
    const auto &all = checkpoint.defaults().thresholds;
    const auto ofDefinition = all.find(toString(definition));
    if (ofDefinition == all.end() || ofDefinition->second.empty())
        return Error{ErrorKind::BadInput, "The model in " + checkpoint.folder().string() +
                                              " comes without calibrated thresholds for --tas " +
                                              toString(definition) + "; give your own with --tas-threshold."};
    const auto found = ofDefinition->second.find(percent);
    if (found != ofDefinition->second.end())
        return std::vector<std::optional<float>>(found->second.begin(), found->second.end());
    std::string known;
    for (const auto &[ratio, thresholds] : ofDefinition->second)
        known += (known.empty() ? "" : ", ") + std::to_string(ratio);
    return Error{ErrorKind::BadInput, "The model in " + checkpoint.folder().string() +
                                          " has no calibrated thresholds for --replay " +
                                          std::to_string(percent) + "; it has them for " + known + "."};
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
        .add_option("--tas", options.definition,
                    "Which score: as the published code computes it, or as the paper says")
        ->type_name("official|paper")
        ->check(understoodBy(parseTasDefinition, ""))
        ->capture_default_str()
        ->group(group);
    parser
        .add_option("--gate", options.gate,
                    "Who decides: each row, all together, the conditional row, a video's mean")
        ->type_name("row|all|cond|mean")
        ->check(understoodBy(parseGateMode, ""))
        ->capture_default_str()
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
        ->group("Replay");
}

Result<ReplayPolicy> replayPolicy(const ReplayOptions &options, const Checkpoint &checkpoint)
{
    const auto definition = parseTasDefinition(options.definition);
    if (!definition)
        return definition.error();
    const auto gate = parseGateMode(options.gate);
    if (!gate)
        return gate.error();
    const auto drs = parseDrsPolicy(options.drs);
    if (!drs)
        return drs.error();
    ReplayPolicy policy{.definition = *definition, .gate = *gate, .drs = *drs, .thresholds = {}};
    if (!options.thresholds && !options.calibrated)
        return policy;
    auto thresholds = options.calibrated
                          ? calibratedThresholds(*options.calibrated, *definition, checkpoint)
                          : parseThresholds(*options.thresholds, checkpoint.config().backbone.layers);
    if (!thresholds)
        return thresholds.error();
    policy.thresholds = std::move(*thresholds);
    return policy;
}

Result<AttentionSpan> attentionSpan(const ReplayOptions &options)
{
    return parseAttentionSpan(options.attention);
}

} // namespace fastcar::cli
