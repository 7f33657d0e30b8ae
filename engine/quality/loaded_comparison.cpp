// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/loaded_comparison.h"

#include "engine/media/frame_geometry.h"

#include <algorithm>

namespace fastcar {

namespace {

Error comparisonStopped()
{
    return {ErrorKind::Cancelled, "The runs were not compared to the end."};
}

/// How many times as large `large` is; 0 where it is not a whole number of times.
int timesAsLarge(const Frame &large, const Frame &small)
{
    const int times = small.width > 0 ? large.width / small.width : 0;
    return times > 0 && large.width == times * small.width && large.height == times * small.height ? times
                                                                                                   : 0;
}

Result<std::vector<SharedFrame>> madeSmaller(const std::vector<SharedFrame> &frames, int times,
                                             const std::stop_token &stop)
{
    std::vector<SharedFrame> smaller;
    for (const SharedFrame &frame : frames) {
        if (stop.stop_requested())
            return comparisonStopped();
        smaller.push_back(std::make_shared<const Frame>(reduced(*frame, times)));
    }
    return smaller;
}

/// The pictures of both in the size of the smaller ones, or a note that says why not.
Result<void> bringToOneSize(const std::stop_token &stop, LoadedComparison &found)
{
    if (found.a.empty() || found.b.empty())
        return {};
    const Frame &firstA = *found.a.front(), &firstB = *found.b.front();
    const bool aIsLarger = firstA.width > firstB.width;
    const int times = aIsLarger ? timesAsLarge(firstA, firstB) : timesAsLarge(firstB, firstA);
    if (times == 1)
        return {};
    if (times == 0) {
        found.runs.notes.push_back("The pictures have sizes that cannot be brought together: A has " +
                                   sizeText(firstA) + " pixels and B " + sizeText(firstB) + ".");
        return {};
    }
    std::vector<SharedFrame> &large = aIsLarger ? found.a : found.b;
    auto smaller = madeSmaller(large, times, stop);
    if (!smaller)
        return smaller.error();
    large = std::move(*smaller);
    found.runs.notes.push_back(std::string("The pictures of ") + (aIsLarger ? "A" : "B") + " are enlarged " +
                               std::to_string(times) + " times; the mean of each square is compared.");
    return {};
}

bool ofOneSize(const LoadedComparison &found)
{
    return !found.a.empty() && !found.b.empty() && found.a.front()->width == found.b.front()->width &&
           found.a.front()->height == found.b.front()->height;
}

Result<void> comparePictures(const TraceShape *grid, const LoadedComparisonOptions &options,
                             LoadedComparison &found)
{
    RunComparison &runs = found.runs;
    const int first = std::max(0, -options.offset);
    const int last = std::min(runs.framesOfB, runs.framesOfA - options.offset);
    if (first >= last)
        return {};
    runs.pictures.emplace();
    if (grid)
        found.drift.emplace(grid->gridHeight, grid->gridWidth);
    for (int frame = first; frame < last; ++frame) {
        if (options.stop.stop_requested())
            return comparisonStopped();
        const SharedFrame &a = found.a[static_cast<std::size_t>(frame + options.offset)];
        const SharedFrame &b = found.b[static_cast<std::size_t>(frame)];
        if (auto added = runs.pictures->add(a, b); !added)
            return added;
        if (found.drift && !found.drift->add(*a, *b))
            found.drift.reset(); // pictures with fewer pixels than positions: seen, but not by position
    }
    return {};
}

void compareCodes(const LoadedRun &a, const LoadedRun &b, LoadedComparison &found)
{
    auto codes = compareTraces({a.name, *a.trace}, {b.name, *b.trace});
    if (!codes) {
        found.runs.notes.push_back(codes.error().message);
        return;
    }
    found.runs.codes = std::move(*codes);
    found.tokens = compareTokens(*a.trace, *b.trace);
}

} // namespace

Result<LoadedComparison> compareRuns(const LoadedRun &a, const LoadedRun &b,
                                     const LoadedComparisonOptions &options)
{
    LoadedComparison found;
    for (const LoadedRun *run : {&a, &b}) {
        found.runs.notes.insert(found.runs.notes.end(), run->notes.begin(), run->notes.end());
        if (run->trace)
            if (auto note = noteOfChangedPolicy({run->name, *run->trace}))
                found.runs.notes.push_back(std::move(*note));
    }
    if (a.settings && b.settings)
        found.runs.settings = settingDifferences(*a.settings, *b.settings);
    if (a.trace && b.trace)
        compareCodes(a, b, found);
    found.a = a.frames(options.video);
    found.b = b.frames(options.video);
    found.runs.framesOfA = static_cast<int>(found.a.size());
    found.runs.framesOfB = static_cast<int>(found.b.size());
    if (auto brought = bringToOneSize(options.stop, found); !brought)
        return brought.error();
    found.runs.exactPictures = a.exact && b.exact;
    const LoadedRun &gridded = b.trace ? b : a;
    if (ofOneSize(found))
        if (auto compared =
                comparePictures(gridded.trace ? &gridded.trace->shape() : nullptr, options, found);
            !compared)
            return compared.error();
    if (!found.runs.codes && !ofOneSize(found))
        return Error{ErrorKind::BadInput,
                     "'" + a.name + "' and '" + b.name + "' have nothing in common that could be compared." +
                         (found.runs.notes.empty() ? "" : " " + found.runs.notes.back())};
    return found;
}

} // namespace fastcar
