// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/run_comparison.h"

#include "engine/quality/run_pictures.h"

namespace fastcar {

namespace {

Result<void> comparePictures(const RecordedRun &a, const RecordedRun &b, RunComparison &comparison)
{
    auto picturesA = RunPictures::open(a);
    if (!picturesA)
        return picturesA.error();
    auto picturesB = RunPictures::open(b);
    if (!picturesB)
        return picturesB.error();
    comparison.pictures.emplace();
    for (;;) {
        auto frameA = picturesA->next();
        if (!frameA)
            return frameA.error();
        auto frameB = picturesB->next();
        if (!frameB)
            return frameB.error();
        if (!*frameA && !*frameB)
            break;
        if (*frameA && *frameB) // otherwise the rest of the longer one is counted
            if (auto added = comparison.pictures->add(std::move(*frameA), std::move(*frameB)); !added)
                return added.error();
    }
    comparison.framesOfA = picturesA->frames();
    comparison.framesOfB = picturesB->frames();
    comparison.exactPictures = a.video->exact && b.video->exact;
    return {};
}

Result<void> compareCodes(const RecordedRun &a, const RecordedRun &b, RunComparison &comparison)
{
    auto codes = compareTraces({a.traceFile.string(), *a.trace}, {b.traceFile.string(), *b.trace});
    if (codes)
        comparison.codes = std::move(*codes);
    else if (a.video && b.video)
        comparison.notes.push_back(codes.error().message);
    else
        return codes.error();
    return {};
}

} // namespace

std::optional<std::string> noteOfChangedPolicy(const NamedTrace &named)
{
    if (named.trace.policies().empty())
        return std::nullopt;
    return "The replay policy of '" + named.name +
           "' was changed in the course of the run; its settings tell the first one.";
}

Result<RunComparison> compareRuns(const RecordedRun &a, const RecordedRun &b)
{
    const bool traces = a.trace && b.trace;
    const bool videos = a.video && b.video;
    if (!traces && !videos)
        return Error{
            ErrorKind::BadInput,
            "A trace and a video without one have nothing to compare: '" + a.file.string() + "' is a " +
                (a.video ? "video" : "trace") + " and '" + b.file.string() + "' a " +
                (b.video ? "video" : "trace") +
                ". Name two traces or two videos; a trace beside a video of the same name is found."};
    RunComparison comparison;
    for (const RecordedRun *run : {&a, &b}) {
        comparison.notes.insert(comparison.notes.end(), run->notes.begin(), run->notes.end());
        if (run->trace)
            if (auto note = noteOfChangedPolicy({run->traceFile.string(), *run->trace}))
                comparison.notes.push_back(std::move(*note));
    }
    if (a.settings && b.settings)
        comparison.settings = settingDifferences(*a.settings, *b.settings);
    if (traces)
        if (auto compared = compareCodes(a, b, comparison); !compared)
            return compared.error();
    if (videos)
        if (auto compared = comparePictures(a, b, comparison); !compared)
            return compared.error();
    return comparison;
}

} // namespace fastcar
