// SPDX-License-Identifier: Apache-2.0
#include "app/cli/generation_report.h"

#include "app/cli/model_options.h"
#include "app/cli/report.h"
#include "engine/text/prompt.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

using nlohmann::ordered_json;

namespace {

ordered_json namesOf(const std::vector<std::filesystem::path> &files)
{
    ordered_json names = ordered_json::array();
    for (const auto &file : files)
        names.push_back(file.string());
    return names;
}

double ceilingOf(const GenerationReport &report)
{
    return ReplayStatistics::ceiling(report.result.settings.frames,
                                     report.model.checkpoint->config().stride());
}

ordered_json jsonOf(const PhaseSeconds &seconds)
{
    return {{"load", seconds.load},
            {"prefill", seconds.prefill},
            {"repeat", seconds.repeat},
            {"decode",
             {{"total", seconds.decode},
              {"backbone", seconds.backbone},
              {"depth", seconds.depth},
              {"mlp", seconds.mlp}}},
            {"pixels", seconds.pixels},
            {"pixels_beside", seconds.pixelsBeside},
            {"write", seconds.write}};
}

double each(std::uint64_t bytes, int times)
{
    return times > 0 ? static_cast<double>(bytes) / times : 0.0;
}

ordered_json jsonOf(const BytesRead &read)
{
    return {{"weights_per_step", each(read.weights, read.steps)},
            {"caches_per_step", each(read.caches, read.steps)},
            {"depth_per_token", each(read.depth, read.tokens)}};
}

ordered_json textOrNull(const std::string &text)
{
    return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json jsonOf(const WentOn &time)
{
    return {{"tokens", time.tokens},
            {"device", time.device},
            {"trace", textOrNull(time.trace.string())},
            {"failed_device", textOrNull(time.failedDevice)},
            {"failure", textOrNull(time.failure)},
            {"same_numbers", time.sameNumbers}};
}

void printWentOn(const WentOn &time)
{
    printLine(fmt::format(
        "went on   behind {} of {}, on {}{}", counted(time.tokens, "token"),
        time.trace.empty() ? time.failedDevice + ", which failed" : time.trace.string(), time.device,
        time.sameNumbers ? "" : "; its numbers are not those that were there, and so are the codes"));
}

} // namespace

ordered_json toJsonValue(const GenerationReport &report)
{
    const GenerationResult &result = report.result;
    const RunSettings &settings = result.settings;
    ordered_json hashes = ordered_json::array();
    for (int video = 0; video < settings.videos; ++video)
        hashes.push_back(result.codesSha256(video));
    ordered_json document{
        {"prompt", settings.prompt},
        {"unconditional", isUnconditional(settings.prompt)},
        {"seed", settings.seed},
        {"frames", settings.frames},
        {"videos", settings.videos},
        {"device", settings.device},
        {"threads", report.threads},
        {"model",
         {{"name", modelName(report.model)}, {"folder", report.model.checkpoint->folder().string()}}},
        {"model_digest", settings.modelDigest},
        {"codes_sha256", std::move(hashes)},
        {"files", namesOf(report.files)},
        {"codes_files", namesOf(report.codes)},
        {"trace", report.trace.empty() ? ordered_json() : ordered_json(report.trace.string())},
        {"kept_as", report.keptAs ? ordered_json(report.keptAs) : ordered_json()},
        {"tokens", result.tokens},
        {"cancelled", result.cancelled},
    };
    document["went_on"] = ordered_json::array();
    for (const WentOn &time : report.goingOn)
        document["went_on"].push_back(jsonOf(time));
    addReplay(document, result.replay);
    document["ceiling"] = ceilingOf(report);
    document["card"] = toJsonValue(result.card);
    document["sensors"] = toJsonValue(report.sensors);
    ordered_json run = toJsonValue(settings);
    document["sampler"] = run["sampler"];
    document["settings"] = std::move(run);
    document["seconds"] = jsonOf(result.seconds);
    document["bytes_read"] = jsonOf(result.bytesRead);
    document["version"] = settings.version;
    return document;
}

void printForPeople(const GenerationReport &report)
{
    const GenerationResult &result = report.result;
    const PhaseSeconds &seconds = result.seconds;
    for (std::size_t i = 0; i < report.files.size(); ++i)
        printLine(fmt::format("wrote     {} ({})", report.files[i].string(),
                              counted(static_cast<std::int64_t>(result.frames[i].size()), "frame")));
    for (const auto &file : report.codes)
        printLine("codes     " + file.string());
    if (!report.trace.empty())
        printLine("trace     " + report.trace.string());
    if (report.keptAs)
        printLine(fmt::format("kept as   run {} of the library", report.keptAs));
    for (const WentOn &time : report.goingOn)
        printWentOn(time);
    if (isUnconditional(result.settings.prompt))
        printLine("prompt    none: the video is unconditional");
    printLine(fmt::format("seed      {}", result.settings.seed));
    printLine("replayed  " + replayLine(result.replay.all(), ceilingOf(report)));
    if (result.card)
        printLine("card      " + cardLine(*result.card));
    if (report.sensors.any())
        printLine("sensors   " + sensorsLine(report.sensors));
    const double total =
        seconds.load + seconds.prefill + seconds.repeat + seconds.decode + seconds.pixels + seconds.write;
    const std::string beside =
        seconds.pixelsBeside > 0.0 ? fmt::format(" (and {:.2f} meanwhile)", seconds.pixelsBeside) : "";
    const std::string repeated =
        seconds.repeat > 0.0 ? fmt::format("steps run again {:.2f}, ", seconds.repeat) : "";
    printLine(fmt::format(
        "took      {:.2f} s: model {:.2f}, prompt {:.2f}, {}decoding {:.2f} (backbone {:.2f}, of it MLPs "
        "{:.2f}; depth transformer {:.2f}), pixels {:.2f}{}, files {:.2f}",
        total, seconds.load, seconds.prefill, repeated, seconds.decode, seconds.backbone, seconds.mlp,
        seconds.depth, seconds.pixels, beside, seconds.write));
    if (const BytesRead &read = result.bytesRead; read.steps > 0)
        printLine(fmt::format(
            "read      {:.1f} MB of weights a step and {:.1f} MB of caches; {:.1f} MB a token by the "
            "depth transformer",
            1e-6 * each(read.weights, read.steps), 1e-6 * each(read.caches, read.steps),
            1e-6 * each(read.depth, read.tokens)));
    if (const int made = result.tokens - result.given; seconds.decode > 0.0 && made > 0)
        printLine(fmt::format("speed     {:.1f} tokens/s{}", made / seconds.decode,
                              result.settings.videos > 1 ? " of each video" : ""));
}

} // namespace fastcar::cli
