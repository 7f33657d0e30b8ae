// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "app/cli/report.h"
#include "engine/trace/trace_file.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

double ceilingOf(const TraceShape &shape)
{
    return ReplayStatistics::ceiling(shape.frames, shape.stride);
}

bool isWhole(const Trace &trace)
{
    return trace.tokens() == trace.shape().frames * trace.shape().stride;
}

double lastSeconds(const Trace &trace)
{
    return trace.tokens() ? 1e-9 * static_cast<double>(trace.timeNs(trace.tokens() - 1)) : 0.0;
}

std::optional<CardTotals> cardOf(const Trace &trace)
{
    CardTotals totals = trace.cardTotals();
    return totals.steps ? std::optional(std::move(totals)) : std::nullopt;
}

void printTraceJson(const InspectOptions &options, const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    nlohmann::ordered_json document{{"kind", "trace"},
                                    {"file", options.what.string()},
                                    {"layers", shape.layers},
                                    {"rows", shape.rows},
                                    {"videos", shape.videos},
                                    {"depth", shape.depth},
                                    {"stride", shape.stride},
                                    {"grid", {shape.gridHeight, shape.gridWidth}},
                                    {"frames", shape.frames},
                                    {"tokens", trace.tokens()},
                                    {"steps", trace.steps()},
                                    {"complete", isWhole(trace)},
                                    {"seconds", lastSeconds(trace)},
                                    {"policies", trace.policies().size()}};
    addReplay(document, trace.statistics());
    document["ceiling"] = ceilingOf(shape);
    document["card"] = toJsonValue(cardOf(trace));
    document["settings"] = toJsonValue(trace.settings());
    printJson(document);
}

void printTrace(const InspectOptions &options, const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    const RunSettings &settings = trace.settings();
    const ReplayStatistics statistics = trace.statistics();
    printLine("trace     " + options.what.string());
    printLine("prompt    " + settings.prompt);
    printLine(fmt::format("shape     {}, {} of {}, {} of {}x{} positions, {} codes each",
                          counted(shape.layers, "layer"), counted(shape.rows, "row"),
                          counted(shape.videos, "video"), counted(shape.frames, "frame"), shape.gridHeight,
                          shape.gridWidth, shape.depth));
    printLine(fmt::format("tokens    {} of {}{}, {:.2f} s", trace.tokens(), shape.frames * shape.stride,
                          isWhole(trace) ? "" : ": the run was cancelled, killed or is still going on",
                          lastSeconds(trace)));
    printLine(fmt::format("run       seed {}, tas {}, gate {}, thresholds {}, attention {}, device {}",
                          settings.seed, toString(settings.replay.definition), toString(settings.replay.gate),
                          toString(settings.replay.thresholds), toString(settings.attention),
                          settings.device));
    for (const Continuation &continuation : settings.continued)
        printLine(fmt::format("went on   on {} from step {}", continuation.device, continuation.step));
    if (!isWhole(trace))
        printLine("goes on   fastcar generate --resume " + options.what.string() + " -o FILE");
    if (!trace.policies().empty())
        printLine(fmt::format("policies  {} in the course of the run",
                              counted(static_cast<std::int64_t>(trace.policies().size()), "change")));
    printLine("replayed  " + replayLine(statistics.all(), ceilingOf(shape)));
    if (const std::optional<CardTotals> card = cardOf(trace))
        printLine("card      " + cardLine(*card));
    printLayerTable(statistics);
}

} // namespace

int inspectTrace(const InspectOptions &options)
{
    const auto trace = readTrace(options.what);
    if (!trace)
        return fail(trace.error());
    if (options.json)
        printTraceJson(options, *trace);
    else
        printTrace(options, *trace);
    return done;
}

} // namespace fastcar::cli
