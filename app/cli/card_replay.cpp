// SPDX-License-Identifier: Apache-2.0
#include "app/cli/card_replay.h"

#include "app/cli/report.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

using nlohmann::ordered_json;

namespace {

/// [layers]: bit r, row r replayed.
std::vector<std::uint32_t> decisionsOf(const Trace &trace, int step)
{
    std::vector<std::uint32_t> replays(static_cast<std::size_t>(trace.shape().layers));
    const auto outcomes = trace.outcomes(step);
    for (std::size_t layer = 0; layer < replays.size(); ++layer) {
        const auto rows = outcomes.row(static_cast<std::int64_t>(layer));
        for (std::size_t row = 0; row < rows.size(); ++row)
            replays[layer] |= std::uint32_t{rows[row].decision == Decision::Replayed} << row;
    }
    return replays;
}

std::string assumptions(const CardInfo &card)
{
    std::string names;
    for (const std::string &name : card.assumed)
        names += (names.empty() ? "" : ", ") + name;
    return names;
}

} // namespace

Result<std::vector<RunOnCard>> timeOnCard(const Trace &trace, CardTiming &timing, int promptTokens)
{
    const TraceShape &shape = trace.shape();
    if (shape.rows > timing.card().rows)
        return Error{.kind = ErrorKind::BadInput,
                     .message = fmt::format("The run has {} rows, but the card \"{}\" takes {}.", shape.rows,
                                            timing.card().name, timing.card().rows)};
    std::vector<RunOnCard> runs;
    for (const DrsPolicy drs : {DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split})
        runs.push_back({.drs = drs, .card = {}, .seconds = 0.0, .energy = {}});
    for (int step = 0; step < trace.steps(); ++step) {
        const std::vector<std::uint32_t> replays = decisionsOf(trace, step);
        StepQuery query;
        query.position = promptTokens + step;
        query.rows = shape.rows;
        query.measured = step >= shape.stride;
        query.earlier = query.measured ? query.position - shape.stride : 0;
        query.replays = replays;
        query.policy = trace.policy(trace.policyOf(step));
        query.attention = trace.settings().attention;
        for (RunOnCard &run : runs) {
            query.policy.drs = run.drs;
            const Result<StepTiming> taken = timing.time(query, false);
            if (!taken)
                return taken.error();
            run.card.add(taken->counters);
            run.seconds += taken->seconds;
            run.energy.computeJ += taken->energy.computeJ;
            run.energy.memoryJ += taken->energy.memoryJ;
            run.energy.idleJ += taken->energy.idleJ;
        }
    }
    return runs;
}

ordered_json toJsonValue(const CardInfo &card)
{
    return {{"name", card.name},   {"title", card.title},    {"clock_hz", card.clockHz},
            {"cores", card.cores}, {"lanes", card.lanes},    {"ports", card.ports},
            {"rows", card.rows},   {"assumed", card.assumed}};
}

ordered_json toJsonValue(const RunOnCard &run)
{
    return {{"drs", toString(run.drs)},
            {"seconds", run.seconds},
            {"energy_estimate_joule",
             {{"total", run.energy.totalJ()},
              {"compute", run.energy.computeJ},
              {"memory", run.energy.memoryJ},
              {"idle", run.energy.idleJ}}},
            {"counters", toJsonValue(std::optional(run.card))}};
}

void printOnCard(const CardInfo &card, const std::vector<RunOnCard> &runs)
{
    printLine(fmt::format(
        "on card   {}: {} of {} multiply-adds, {}, {:.0f} MHz; by the cycle model, never on a card",
        card.title, counted(card.cores, "core"), card.lanes, counted(card.ports, "memory port"),
        card.clockHz * 1e-6));
    printLine("assumed   " + assumptions(card));
    printLine(
        "  drs     cycles a step  decode steps  cores busy  energy (estimate): all, compute, memory, idle");
    for (const RunOnCard &run : runs)
        printLine(fmt::format(
            "  {:6}  {:13.0f}  {:10.4f} s  {:8.1f} %  {:.3g} J, {:.3g} J, {:.3g} J, {:.3g} J",
            toString(run.drs), run.card.cyclesPerStep(), run.seconds, 100.0 * run.card.coresBusyShare(),
            run.energy.totalJ(), run.energy.computeJ, run.energy.memoryJ, run.energy.idleJ));
}

} // namespace fastcar::cli
