// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "app/cli/report.h"
#include "engine/media/video_file.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

using nlohmann::ordered_json;

/// The settings as a document, or null where there are none or they are no JSON.
ordered_json settingsOf(const VideoFileInfo &info)
{
    ordered_json settings = ordered_json::parse(info.settingsJson, nullptr, false);
    return settings.is_discarded() ? ordered_json() : settings;
}

void printVideo(const InspectOptions &options, const VideoFileInfo &info)
{
    printLine(fmt::format("video     {} ({}, {})", options.what.string(), info.format, info.codec));
    printLine(fmt::format("pictures  {} of {}x{} pixels", info.frames, info.width, info.height) +
              (info.framesPerSecond > 0.0 ? fmt::format(", {:.4g} per second", info.framesPerSecond) : ""));
    if (!info.title.empty())
        printLine("title     " + info.title);
    const ordered_json settings = settingsOf(info);
    printLine(settings.is_null() ? "settings  none: fastcar did not write this file" : "settings");
    for (const auto &[key, value] : settings.items())
        printLine("  " + key + ": " +
                  (value.is_string() ? value.get<std::string>()
                                     : value.dump(-1, ' ', false, ordered_json::error_handler_t::replace)));
}

} // namespace

int inspectVideoFile(const InspectOptions &options)
{
    const auto info = inspectVideo(options.what);
    if (!info)
        return fail(info.error());
    if (!options.json) {
        printVideo(options, *info);
        return done;
    }
    printJson({{"kind", "video"},
               {"file", options.what.string()},
               {"format", info->format},
               {"codec", info->codec},
               {"width", info->width},
               {"height", info->height},
               {"frames", info->frames},
               {"frames_per_second", info->framesPerSecond},
               {"title", info->title},
               {"settings", settingsOf(*info)}});
    return done;
}

} // namespace fastcar::cli
