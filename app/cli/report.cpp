// SPDX-License-Identifier: Apache-2.0
#include "app/cli/report.h"

#include "app/cli/terminal_text.h"

#include <spdlog/fmt/fmt.h>

#include <cstdio>

namespace fastcar::cli {

using nlohmann::ordered_json;

void printJson(const ordered_json &document)
{
    std::fputs((document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n").c_str(), stdout);
}

void printLine(const std::string &line)
{
    std::fputs((forTerminal(line) + "\n").c_str(), stdout);
}

ordered_json toJsonValue(const RunSettings &settings)
{
    return ordered_json::parse(toJson(settings));
}

ordered_json toJsonValue(const ReplayCount &count)
{
    return {{"replayed", count.replayed}, {"eligible", count.eligible}, {"mlp_total", count.total}};
}

void addReplay(ordered_json &document, const ReplayStatistics &replay)
{
    const ReplayCount all = replay.all();
    document.update(toJsonValue(all));
    document["replayed_of_eligible"] = all.ofEligible();
    document["replayed_of_all"] = all.ofAll();
    document["fully_skipped_layers"] = replay.fullySkippedLayers();
    document["layer_steps"] = replay.layerSteps();
    document["per_layer"] = ordered_json::array();
    for (int layer = 0; layer < replay.layers(); ++layer)
        document["per_layer"].push_back(toJsonValue(replay.ofLayer(layer)));
    document["per_frame"] = ordered_json::array();
    for (int frame = 0; frame < replay.frames(); ++frame)
        document["per_frame"].push_back(toJsonValue(replay.ofFrame(frame)));
}

ordered_json toJsonValue(const std::optional<CardTotals> &card)
{
    if (!card)
        return nullptr;
    ordered_json sum;
    for (const CardCounterName &name : cardCounterNames)
        sum[std::string(name.name)] = card->sum.*name.value;
    for (const CardCounterListName &name : cardCounterListNames)
        sum[std::string(name.name)] = card->sum.*name.values;
    return {{"steps", card->steps},
            {"cores", card->sum.cores()},
            {"ports", card->sum.ports()},
            {"cycles_per_step", card->cyclesPerStep()},
            {"cores_busy", card->coresBusyShare()},
            {"rows_computed", card->sum.rowsComputed},
            {"rows_replayed", card->sum.rowsReplayed},
            {"sum", std::move(sum)}};
}

ordered_json toJsonValue(const CardSensors &sensors)
{
    if (!sensors.any())
        return nullptr;
    ordered_json celsius = ordered_json::object();
    for (const CardSensors::Temperature &temperature : sensors.temperatures)
        celsius[temperature.place] = temperature.celsius;
    return {{"watts", sensors.watts ? ordered_json(*sensors.watts) : ordered_json()},
            {"celsius", std::move(celsius)}};
}

std::string sensorsLine(const CardSensors &sensors)
{
    std::string line = sensors.watts ? fmt::format("{:.1f} W, ", *sensors.watts) : "";
    for (const CardSensors::Temperature &temperature : sensors.temperatures)
        line += fmt::format("{} {:.0f} C, ", temperature.place, temperature.celsius);
    return line + "measured by the card";
}

std::string cardLine(const CardTotals &card)
{
    return fmt::format("{}, {:.0f} cycles each; {} busy {:.1f} % of them; {} computed, {} replayed",
                       counted(card.steps, "step"), card.cyclesPerStep(), counted(card.sum.cores(), "core"),
                       100.0 * card.coresBusyShare(), counted(card.sum.rowsComputed, "row"),
                       card.sum.rowsReplayed);
}

std::string replayLine(const ReplayCount &all, double ceiling)
{
    if (all.eligible == 0)
        return "nothing: no MLP was eligible (no threshold was given, or no frame behind the first was "
               "begun)";
    return fmt::format(
        "{:.1f} % of eligible, {:.1f} % of all ({} of {} eligible, {} in all); at most {:.1f} % of all "
        "can be",
        100.0 * all.ofEligible(), 100.0 * all.ofAll(), all.replayed, all.eligible, all.total,
        100.0 * ceiling);
}

std::string replayLimits(const ReplayPolicy &policy)
{
    std::string text;
    if (!policy.frames.all())
        text += "frames " + toString(policy.frames);
    if (!policy.layers.all())
        text += (text.empty() ? "layers " : ", layers ") + toString(policy.layers);
    return text;
}

std::string targetText(const ReplayTarget &target)
{
    return fmt::format("{:.1f} % of eligible{}; thresholds moved to meet it",
                       100.0 * static_cast<double>(target.ratio), target.perLayer ? ", in each layer" : "");
}

std::string counted(std::int64_t number, const char *thing)
{
    return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

void printLayerTable(const ReplayStatistics &replay)
{
    printLine("  layer  replayed  eligible  of eligible");
    for (int layer = 0; layer < replay.layers(); ++layer) {
        const ReplayCount count = replay.ofLayer(layer);
        const std::string ratio = count.eligible ? fmt::format("{:.1f} %", 100.0 * count.ofEligible()) : "-";
        printLine(
            fmt::format("  {:5}  {:8}  {:8}  {:>11}", layer + 1, count.replayed, count.eligible, ratio));
    }
}

} // namespace fastcar::cli
