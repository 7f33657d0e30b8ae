// SPDX-License-Identifier: Apache-2.0
#include "app/cli/generation_report.h"

#include "app/cli/model_options.h"
#include "app/cli/report.h"

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

ordered_json toJsonValue(const PhaseSeconds &seconds)
{
    return {{"load", seconds.load},
            {"prefill", seconds.prefill},
            {"decode",
             {{"total", seconds.decode},
              {"backbone", seconds.backbone},
              {"depth", seconds.depth},
              {"mlp", seconds.mlp}}},
            {"pixels", seconds.pixels},
            {"write", seconds.write}};
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
        {"tokens", result.tokens},
        {"cancelled", result.cancelled},
    };
    addReplay(document, result.replay);
    document["ceiling"] = ceilingOf(report);
    document["card"] = toJsonValue(result.card);
    ordered_json run = toJsonValue(settings);
    document["sampler"] = run["sampler"];
    document["settings"] = std::move(run);
    document["seconds"] = toJsonValue(result.seconds);
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
    printLine(fmt::format("seed      {}", result.settings.seed));
    printLine("replayed  " + replayLine(result.replay.all(), ceilingOf(report)));
    if (result.card)
        printLine("card      " + cardLine(*result.card));
    const double total = seconds.load + seconds.prefill + seconds.decode + seconds.pixels + seconds.write;
    printLine(fmt::format(
        "took      {:.2f} s: model {:.2f}, prompt {:.2f}, decoding {:.2f} (backbone {:.2f}, of it MLPs "
        "{:.2f}; depth transformer {:.2f}), pixels {:.2f}, files {:.2f}",
        total, seconds.load, seconds.prefill, seconds.decode, seconds.backbone, seconds.mlp, seconds.depth,
        seconds.pixels, seconds.write));
    if (seconds.decode > 0.0 && result.tokens > 0)
        printLine(fmt::format("speed     {:.1f} tokens/s{}", result.tokens / seconds.decode,
                              result.settings.videos > 1 ? " of each video" : ""));
}

} // namespace fastcar::cli
