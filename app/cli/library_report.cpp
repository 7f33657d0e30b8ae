// SPDX-License-Identifier: Apache-2.0
#include "app/cli/library_report.h"

#include "app/cli/amounts.h"
#include "app/cli/report.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace fastcar::cli {

using nlohmann::ordered_json;

namespace {

std::string replayText(const RunEntry &entry)
{
    const auto ratio = entry.replayOfEligible();
    return ratio ? fmt::format("{:.1f} %", 100.0 * *ratio) : "-";
}

std::string starsText(int rating)
{
    return rating == 0 ? "-" : std::string(static_cast<std::size_t>(rating), '*');
}

std::string lengthText(double seconds)
{
    return seconds < 100.0 ? fmt::format("{:.1f} s", seconds) : fmt::format("{:.0f} s", seconds);
}

/// "done", or how far it is
std::string stateText(const RunEntry &entry)
{
    std::string text(nameOf(entry.state));
    if (entry.unfinished())
        text += fmt::format(" {}/{}", entry.tokens, entry.totalTokens);
    return text;
}

ordered_json orNull(bool there, ordered_json value)
{
    return there ? std::move(value) : ordered_json();
}

} // namespace

ordered_json toJsonValue(const RunEntry &entry, const Library &library)
{
    ordered_json settings = ordered_json::parse(entry.settingsJson, nullptr, false);
    const auto ratio = entry.replayOfEligible();
    return {{"id", entry.id},
            {"made", utcText(entry.madeMs)},
            {"state", nameOf(entry.state)},
            {"reason", orNull(!entry.reason.empty(), entry.reason)},
            {"prompt", entry.prompt},
            {"model", entry.modelName},
            {"model_digest", entry.modelDigest},
            {"device", entry.device},
            {"videos", entry.videos},
            {"tokens", entry.tokens},
            {"tokens_total", entry.totalTokens},
            {"replayed", entry.replayed},
            {"eligible", entry.eligible},
            {"replayed_of_eligible", orNull(ratio.has_value(), ratio.value_or(0.0))},
            {"seconds", entry.seconds},
            {"rating", entry.rating},
            {"note", entry.note},
            {"bytes", entry.bytes},
            {"deleted", orNull(entry.deletedMs.has_value(), utcText(entry.deletedMs.value_or(0)))},
            {"folder", library.filesOf(entry.id).path().string()},
            {"settings", settings.is_discarded() ? ordered_json() : std::move(settings)}};
}

ordered_json toJsonValue(const DiskUse &use)
{
    return {{"runs", use.runs},
            {"bytes", use.bytes},
            {"deleted_runs", use.deletedRuns},
            {"deleted_bytes", use.deletedBytes}};
}

ordered_json toJsonValue(const std::vector<RunEntry> &entries, const Library &library)
{
    ordered_json list = ordered_json::array();
    for (const RunEntry &entry : entries)
        list.push_back(toJsonValue(entry, library));
    return list;
}

void printEntries(const std::vector<RunEntry> &entries)
{
    std::size_t stateWidth = 5;
    std::size_t deviceWidth = 6;
    for (const RunEntry &entry : entries) {
        stateWidth = std::max(stateWidth, stateText(entry).size());
        deviceWidth = std::max(deviceWidth, entry.device.size());
    }
    printLine(fmt::format("{:>6}  {:16}  {:{}}  {:5}  {:>8}  {:{}}  {:>8}  {:>8}  prompt", "run", "made",
                          "state", stateWidth, "stars", "replayed", "device", deviceWidth, "took", "size"));
    for (const RunEntry &entry : entries)
        printLine(fmt::format("{:6}  {:16}  {:{}}  {:5}  {:>8}  {:{}}  {:>8}  {:>8}  {}", entry.id,
                              dateText(entry.madeMs), stateText(entry), stateWidth, starsText(entry.rating),
                              replayText(entry), entry.device, deviceWidth, lengthText(entry.seconds),
                              sizeText(entry.bytes), entry.prompt));
}

void printEntry(const RunEntry &entry, const Library &library)
{
    const RunFolder files = library.filesOf(entry.id);
    printLine(fmt::format("run       {}, {}{}", entry.id, stateText(entry),
                          entry.deletedMs ? ", deleted " + dateText(*entry.deletedMs) : ""));
    if (!entry.reason.empty())
        printLine("reason    " + entry.reason);
    printLine("made      " + dateText(entry.madeMs));
    printLine("prompt    " + entry.prompt);
    printLine(fmt::format("model     {} ({})", entry.modelName, entry.modelDigest.substr(0, 12)));
    printLine(fmt::format("device    {}, {}", entry.device, lengthText(entry.seconds)));
    printLine("replayed  " + replayText(entry) + " of eligible");
    printLine("stars     " + starsText(entry.rating));
    if (!entry.note.empty())
        printLine("note      " + entry.note);
    printLine(fmt::format("files     {} ({})", files.path().string(), sizeText(entry.bytes)));
    printLine("settings");
    const ordered_json settings = ordered_json::parse(entry.settingsJson, nullptr, false);
    for (const auto &[key, value] : settings.items())
        printLine("  " + key + ": " +
                  (value.is_string() ? value.get<std::string>()
                                     : value.dump(-1, ' ', false, ordered_json::error_handler_t::replace)));
    if (entry.unfinished() && entry.state != RunState::Running)
        printLine(fmt::format("goes on with `fastcar generate --resume {} -o FILE`", files.trace().string()));
}

void printDiskUse(const DiskUse &use)
{
    printLine(fmt::format("{}, {}{}", counted(use.runs, "run"), sizeText(use.bytes),
                          use.deletedRuns
                              ? fmt::format("; {} deleted, {}: `fastcar library clean` takes them away",
                                            use.deletedRuns, sizeText(use.deletedBytes))
                              : ""));
}

} // namespace fastcar::cli
