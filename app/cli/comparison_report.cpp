// SPDX-License-Identifier: Apache-2.0
#include "app/cli/comparison_report.h"

#include "app/cli/report.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace fastcar::cli {

namespace {

std::string percent(const std::optional<double> &share)
{
    return share ? fmt::format("{:.1f} %", 100.0 * *share) : "-";
}

/// Filled up from the left also where it is infinite, which fmt alone sets to the left.
std::string decibels(double psnr, int width = 0)
{
    return fmt::format("{:>{}}", fmt::format("{:.2f}", psnr), width);
}

/// A setting as a person reads it.
std::string shown(const nlohmann::json &value)
{
    if (value.is_null())
        return "none";
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number_float())
        return fmt::format("{:.6g}", value.get<double>());
    const bool plainList = value.is_array() && std::ranges::none_of(value, [](const nlohmann::json &entry) {
                               return entry.is_structured();
                           });
    if (!plainList)
        return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::string list;
    for (const nlohmann::json &entry : value)
        list += (list.empty() ? "" : ",") + shown(entry);
    return list.empty() ? "none" : list;
}

void printRun(const char *letter, const RecordedRun &run)
{
    std::string line = fmt::format("{}         {}", letter, run.file.string());
    if (run.video)
        line += fmt::format(" ({}, {})", run.video->format, run.video->codec);
    if (run.video && run.trace)
        line += ", and " + run.traceFile.string() + " beside it";
    printLine(line);
}

void printSettings(const RunComparison &comparison)
{
    if (!comparison.settings)
        return printLine("settings  not compared: fastcar did not write both files");
    if (comparison.settings->empty())
        return printLine("settings  the same");
    printLine("settings  that differ, of a | of b");
    for (const SettingDifference &difference : *comparison.settings)
        printLine("  " + difference.name + ": " + shown(difference.a) + " | " + shown(difference.b));
}

void printPictures(const ComparisonReport &report)
{
    const RunComparison &comparison = report.comparison;
    const PictureComparison &pictures = *comparison.pictures;
    const auto frames = static_cast<int>(pictures.frames().size());
    std::string line = fmt::format("pictures  {} of {}x{} pixels, {} of them equal", frames, pictures.width(),
                                   pictures.height(), pictures.equalFrames());
    if (comparison.framesOfA != comparison.framesOfB)
        line += fmt::format("; a has {} and b {}: the common ones are compared", comparison.framesOfA,
                            comparison.framesOfB);
    printLine(line);
    if (!comparison.exactPictures)
        printLine(
            "          not both files are exact: the loss of their kind is part of these figures (.mkv, "
            ".apng and .png have none)");
    printLine(fmt::format("psnr      {} dB", decibels(pictures.psnr())));
    printLine(fmt::format("ssim      {:.4f}", pictures.ssim()));
    printLine(fmt::format("drift     {:.3f} of 255", pictures.drift()));
    if (const auto flicker = pictures.flicker())
        printLine(fmt::format("flicker   a {:.3f}, b {:.3f} of 255{}", flicker->a, flicker->b,
                              flicker->ratio() ? fmt::format(": {:.3f} times a's", *flicker->ratio()) : ""));
}

void printCodes(const TraceComparison &traces)
{
    std::string line = fmt::format("codes     {} of {} equal, in {}", percent(traces.codes.share()),
                                   traces.codes.all, counted(traces.tokens, "token"));
    if (traces.videos > 1)
        line += fmt::format(" of {}", counted(traces.videos, "video"));
    line += "; by depth";
    for (const EqualCodes &depth : traces.perDepth)
        line += " " + percent(depth.share());
    printLine(line);
    if (traces.a.tokens != traces.b.tokens)
        printLine(fmt::format("          a has {} and b {}: the common ones are compared",
                              counted(traces.a.tokens, "token"), traces.b.tokens));
    if (const auto &first = traces.firstDifference)
        printLine(fmt::format("first     other code: token {}, frame {}, depth {}{} (counted from 0)",
                              first->token, first->frame, first->depth,
                              traces.videos > 1 ? fmt::format(", video {}", first->video) : ""));
}

void printOwnFigures(const TraceComparison &traces)
{
    printLine("replayed  a: " + replayLine(traces.a.replay, traces.a.ceiling));
    printLine("          b: " + replayLine(traces.b.replay, traces.b.ceiling));
    const auto time = [](const TraceFigures &figures) {
        return figures.secondsPerToken ? fmt::format("{:.3f} ms", 1e3 * *figures.secondsPerToken) : "-";
    };
    const auto speedUp = traces.speedUp();
    printLine(fmt::format("time      a {}, b {} a token{}", time(traces.a), time(traces.b),
                          speedUp ? fmt::format(": b is {:.2f} times as fast", *speedUp) : ""));
}

void printFrames(const RunComparison &comparison)
{
    const std::size_t pictures = comparison.pictures ? comparison.pictures->frames().size() : 0;
    const std::size_t codes = comparison.codes ? comparison.codes->perFrame.size() : 0;
    std::string head = "  frame";
    if (pictures)
        head += "    psnr    ssim    drift  flicker a  flicker b";
    printLine(head + (codes ? "  equal codes" : ""));
    for (std::size_t t = 0; t < std::max(pictures, codes); ++t) {
        std::string line = fmt::format("  {:5}", t);
        if (t < pictures) {
            const FrameQuality &frame = comparison.pictures->frames()[t];
            line += fmt::format("  {}  {:.4f}  {:7.3f}", decibels(frame.psnr, 6), frame.ssim, frame.drift);
            line += frame.flicker ? fmt::format("  {:9.3f}  {:9.3f}", frame.flicker->a, frame.flicker->b)
                                  : fmt::format("  {:>9}  {:>9}", "-", "-");
        } else if (pictures) {
            line += fmt::format("{:46}", "");
        }
        if (t < codes)
            line += fmt::format("  {:>11}", percent(comparison.codes->perFrame[t].share()));
        printLine(line);
    }
}

} // namespace

void printForPeople(const ComparisonReport &report)
{
    const RunComparison &comparison = report.comparison;
    printRun("a", report.a);
    printRun("b", report.b);
    printSettings(comparison);
    if (comparison.pictures)
        printPictures(report);
    if (comparison.codes) {
        printCodes(*comparison.codes);
        printOwnFigures(*comparison.codes);
    }
    printFrames(comparison);
}

} // namespace fastcar::cli
