// SPDX-License-Identifier: Apache-2.0
#include "app/cli/trace_report.h"

#include "app/cli/report.h"
#include "app/cli/trace_shape_report.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

using nlohmann::ordered_json;

std::optional<CardTotals> cardOf(const TraceSummary &summary)
{
    return summary.card().steps ? std::optional(summary.card()) : std::nullopt;
}

/// What there is to say of all chains together.
struct ChainFigures {
    std::vector<std::int64_t> byLength; // from 1 on
    std::int64_t chains = 0;
    std::int64_t replays = 0;
    std::size_t longest = 0;

    explicit ChainFigures(const ReplayChains &chainsOfRun)
        : byLength(chainsOfRun.chains())
    {
        byLength.erase(byLength.begin());
        longest = byLength.size();
        for (std::size_t i = 0; i < longest; ++i) {
            chains += byLength[i];
            replays += byLength[i] * static_cast<std::int64_t>(i + 1);
        }
    }
    double mean() const { return chains ? static_cast<double>(replays) / static_cast<double>(chains) : 0.0; }
};

ordered_json jsonOf(const StepTimes &times)
{
    return {{"steps", times.steps},
            {"mean_ms", 1e-6 * times.meanNs()},
            {"fastest_ms", 1e-6 * static_cast<double>(times.fastestNs)},
            {"slowest_ms", 1e-6 * static_cast<double>(times.slowestNs)}};
}

ordered_json policiesJson(const TraceSummary &summary)
{
    ordered_json list = ordered_json::array();
    RunSettings settings = summary.facts().settings;
    for (const PolicyStretch &stretch : summary.policies()) {
        ordered_json entry{
            {"number", stretch.policy}, {"first_step", stretch.firstStep}, {"last_step", stretch.lastStep}};
        entry.update(toJsonValue(stretch.replay));
        settings.replay = summary.facts().policy(stretch.policy);
        entry["replay"] = toJsonValue(settings)["replay"];
        list.push_back(std::move(entry));
    }
    return list;
}

std::string percent(double share, bool known)
{
    return known ? fmt::format("{:.1f} %", 100.0 * share) : "-";
}

void printRun(const TraceReport &report)
{
    const TraceFacts &facts = report.summary.facts();
    const TraceShape &shape = facts.shape;
    const RunSettings &settings = facts.settings;
    printLine("trace     " + report.file.string());
    printLine("prompt    " + settings.prompt);
    printShape(shape);
    printLine(fmt::format("tokens    {} of {}, {:.2f} s{}", facts.tokens, shape.frames * shape.stride,
                          1e-9 * static_cast<double>(report.summary.lastTokenNs()),
                          report.beingWritten ? ": a run is still writing" : ""));
    printLine(fmt::format("run       seed {}, attention {}, device {}, made by fastcar {}", settings.seed,
                          toString(settings.attention), settings.device, settings.version));
    printContinuations(settings);
}

void printFigures(const TraceSummary &summary)
{
    const ReplayStatistics &replay = summary.replay();
    const StepTimes &times = summary.times();
    if (times.steps > 0)
        printLine(fmt::format("time      {:.3f} ms a token ({:.3f} to {:.3f}); the first after {:.3f} s",
                              1e-6 * times.meanNs(), 1e-6 * static_cast<double>(times.fastestNs),
                              1e-6 * static_cast<double>(times.slowestNs),
                              1e-9 * static_cast<double>(summary.firstTokenNs())));
    printLine("replayed  " + replayLine(replay.all(), ceilingOf(summary.facts().shape)));
    if (replay.layerSteps() > 0)
        printLine(
            fmt::format("unread    {:.1f} % of the MLPs' weights: in {} of {} layer steps every row replayed",
                        100.0 * static_cast<double>(replay.fullySkippedLayers()) /
                            static_cast<double>(replay.layerSteps()),
                        replay.fullySkippedLayers(), replay.layerSteps()));
    const ChainFigures chains(summary.chains());
    if (chains.chains > 0)
        printLine(fmt::format("chains    {} used again, {:.2f} times in the mean and {} at the most",
                              counted(chains.chains, "computed output"), chains.mean(), chains.longest));
    if (const std::optional<CardTotals> card = cardOf(summary))
        printLine("card      " + cardLine(*card));
}

void printPolicies(const TraceSummary &summary)
{
    printLine("  steps            policy  of eligible  settings");
    for (const PolicyStretch &stretch : summary.policies()) {
        const ReplayPolicy &policy = summary.facts().policy(stretch.policy);
        const std::string limits = replayLimits(policy);
        printLine(fmt::format("  {:<15}  {:6}  {:>11}  tas {}, gate {}, thresholds {}{}{}",
                              fmt::format("{} to {}", stretch.firstStep, stretch.lastStep), stretch.policy,
                              percent(stretch.replay.ofEligible(), stretch.replay.eligible > 0),
                              toString(policy.definition), toString(policy.gate),
                              policy.thresholds.empty() ? "none" : toString(policy.thresholds),
                              limits.empty() ? "" : ", " + limits,
                              policy.target ? ", target " + targetText(*policy.target) : ""));
    }
}

void printFrames(const TraceSummary &summary)
{
    printLine("  frame  replayed  eligible  of eligible  ms a token");
    int frame = 0;
    for (const StepTimes &times : summary.timesOfFrames()) {
        const ReplayCount count = summary.replay().ofFrame(frame);
        printLine(fmt::format("  {:5}  {:8}  {:8}  {:>11}  {:10.3f}", ++frame, count.replayed, count.eligible,
                              percent(count.ofEligible(), count.eligible > 0), 1e-6 * times.meanNs()));
    }
}

void printChains(const ChainFigures &figures)
{
    if (figures.chains == 0)
        return;
    printLine("  replays in a row    chains");
    for (std::size_t i = 0; i < figures.byLength.size(); ++i)
        if (figures.byLength[i] > 0)
            printLine(fmt::format("  {:16}  {:8}", i + 1, figures.byLength[i]));
}

} // namespace

const char *toWord(TraceEnding ending)
{
    switch (ending) {
    case TraceEnding::Whole:
        return "whole";
    case TraceEnding::CutOff:
        return "cut_off";
    case TraceEnding::Damaged:
        return "damaged";
    }
    return "";
}

ordered_json toJsonValue(const TraceReport &report)
{
    const TraceSummary &summary = report.summary;
    const TraceFacts &facts = summary.facts();
    const TraceShape &shape = facts.shape;
    ordered_json document{{"kind", "trace_summary"},
                          {"file", report.file.string()},
                          {"bytes", report.extent.fileBytes},
                          {"bytes_read", report.extent.wholeBytes},
                          {"ending", toWord(report.extent.ending)},
                          {"being_written", report.beingWritten}};
    addShape(document, shape);
    document["tokens"] = facts.tokens;
    document["steps"] = facts.steps();
    document["complete"] = facts.isWhole();
    document["seconds"] = 1e-9 * static_cast<double>(summary.lastTokenNs());
    document["seconds_to_first_token"] = 1e-9 * static_cast<double>(summary.firstTokenNs());
    document["step_times"] = jsonOf(summary.times());
    addReplay(document, summary.replay());
    document["ceiling"] = ceilingOf(shape);
    document["step_times_per_frame"] = ordered_json::array();
    for (const StepTimes &times : summary.timesOfFrames())
        document["step_times_per_frame"].push_back(jsonOf(times));
    const ChainFigures chains(summary.chains());
    document["chains"] = {{"chains", chains.chains},
                          {"mean_length", chains.mean()},
                          {"longest", chains.longest},
                          {"by_length", chains.byLength}};
    document["policies"] = policiesJson(summary);
    document["card"] = toJsonValue(cardOf(summary));
    document["settings"] = toJsonValue(facts.settings);
    return document;
}

void printForPeople(const TraceReport &report)
{
    printRun(report);
    printFigures(report.summary);
    printPolicies(report.summary);
    printLayerTable(report.summary.replay());
    printFrames(report.summary);
    printChains(ChainFigures(report.summary.chains()));
}

} // namespace fastcar::cli
