// SPDX-License-Identifier: Apache-2.0
#include "app/cli/comparison_report.h"
#include "app/cli/report.h"

#include <cmath>

namespace fastcar::cli {

using nlohmann::ordered_json;

namespace {

/// null where there is nothing.
ordered_json numberOrNull(const std::optional<double> &number)
{
    return number ? ordered_json(*number) : ordered_json();
}

/// JSON has no infinity; run settings write it the same way.
ordered_json decibelValue(double psnr)
{
    return std::isinf(psnr) ? ordered_json("inf") : ordered_json(psnr);
}

ordered_json jsonOf(const RecordedRun &run, int frames)
{
    ordered_json document{{"file", run.file.string()}, {"video", nullptr}, {"trace", nullptr}};
    if (run.video)
        document["video"] = {{"format", run.video->format}, {"codec", run.video->codec},
                             {"exact", run.video->exact},   {"width", run.video->width},
                             {"height", run.video->height}, {"frames", frames ? frames : run.video->frames}};
    if (run.trace)
        document["trace"] = run.traceFile.string();
    document["settings"] = run.settings ? toJsonValue(*run.settings) : ordered_json();
    return document;
}

ordered_json jsonOf(const std::optional<Flicker> &flicker)
{
    if (!flicker)
        return nullptr;
    return {{"a", flicker->a}, {"b", flicker->b}, {"ratio", numberOrNull(flicker->ratio())}};
}

ordered_json jsonOf(const PictureComparison &pictures, bool exact)
{
    ordered_json document{{"frames", pictures.frames().size()},
                          {"equal_frames", pictures.equalFrames()},
                          {"width", pictures.width()},
                          {"height", pictures.height()},
                          {"exact", exact},
                          {"psnr", decibelValue(pictures.psnr())},
                          {"ssim", pictures.ssim()},
                          {"drift", pictures.drift()},
                          {"flicker", jsonOf(pictures.flicker())},
                          {"per_frame", ordered_json::array()}};
    for (const FrameQuality &frame : pictures.frames())
        document["per_frame"].push_back({{"psnr", decibelValue(frame.psnr)},
                                         {"ssim", frame.ssim},
                                         {"drift", frame.drift},
                                         {"flicker", jsonOf(frame.flicker)}});
    return document;
}

ordered_json jsonOf(const EqualCodes &codes)
{
    return {{"equal", codes.equal}, {"all", codes.all}, {"share", numberOrNull(codes.share())}};
}

ordered_json jsonOf(const TraceComparison &traces)
{
    ordered_json document = jsonOf(traces.codes);
    document["tokens"] = traces.tokens;
    document["videos"] = traces.videos;
    document["first_difference"] = nullptr;
    if (const auto &first = traces.firstDifference)
        document["first_difference"] = {{"token", first->token},
                                        {"frame", first->frame},
                                        {"video", first->video},
                                        {"depth", first->depth}};
    document["per_frame"] = ordered_json::array();
    for (const EqualCodes &frame : traces.perFrame)
        document["per_frame"].push_back(jsonOf(frame));
    document["per_depth"] = ordered_json::array();
    for (const EqualCodes &depth : traces.perDepth)
        document["per_depth"].push_back(jsonOf(depth));
    return document;
}

ordered_json jsonOf(const TraceFigures &figures)
{
    ordered_json document{{"tokens", figures.tokens}, {"tokens_wanted", figures.tokensWanted}};
    document.update(toJsonValue(figures.replay));
    document["replayed_of_eligible"] = figures.replay.ofEligible();
    document["replayed_of_all"] = figures.replay.ofAll();
    document["ceiling"] = figures.ceiling;
    document["seconds_per_token"] = numberOrNull(figures.secondsPerToken);
    return document;
}

} // namespace

ordered_json toJsonValue(const ComparisonReport &report)
{
    const RunComparison &comparison = report.comparison;
    ordered_json document{{"a", jsonOf(report.a, comparison.framesOfA)},
                          {"b", jsonOf(report.b, comparison.framesOfB)},
                          {"notes", comparison.notes},
                          {"settings_differ", nullptr},
                          {"pictures", nullptr},
                          {"codes", nullptr},
                          {"runs", nullptr}};
    if (comparison.settings) {
        document["settings_differ"] = ordered_json::array();
        for (const SettingDifference &difference : *comparison.settings)
            document["settings_differ"].push_back({{"name", difference.name},
                                                   {"a", ordered_json(difference.a)},
                                                   {"b", ordered_json(difference.b)}});
    }
    if (comparison.pictures)
        document["pictures"] = jsonOf(*comparison.pictures, comparison.exactPictures);
    if (comparison.codes) {
        document["codes"] = jsonOf(*comparison.codes);
        document["runs"] = {{"a", jsonOf(comparison.codes->a)},
                            {"b", jsonOf(comparison.codes->b)},
                            {"speed_up", numberOrNull(comparison.codes->speedUp())}};
    }
    return document;
}

} // namespace fastcar::cli
