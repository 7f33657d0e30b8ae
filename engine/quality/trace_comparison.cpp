// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/trace_comparison.h"

#include <algorithm>

namespace fastcar {

namespace {

bool comparable(const TraceShape &a, const TraceShape &b)
{
    return a.layers == b.layers && a.depth == b.depth && a.gridHeight == b.gridHeight &&
           a.gridWidth == b.gridWidth && a.stride == b.stride;
}

/// "'a.fctrace' has 5 layers and frames of 8x8 positions with 4 codes each (model 'x')"
std::string described(const NamedTrace &named)
{
    const TraceShape &shape = named.trace.shape();
    return "'" + named.name + "' has " + std::to_string(shape.layers) + " layers and frames of " +
           std::to_string(shape.gridHeight) + "x" + std::to_string(shape.gridWidth) + " positions with " +
           std::to_string(shape.depth) + " codes each (model '" + named.trace.settings().modelFolder + "')";
}

TraceFigures figuresOf(const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    TraceFigures figures;
    figures.tokens = trace.tokens();
    figures.tokensWanted = shape.frames * shape.stride;
    figures.replay = trace.statistics().all();
    figures.ceiling = ReplayStatistics::ceiling(shape.frames, shape.stride);
    if (const int last = trace.tokens() - 1; last > 0)
        figures.secondsPerToken = 1e-9 * static_cast<double>(trace.timeNs(last) - trace.timeNs(0)) / last;
    return figures;
}

} // namespace

std::optional<double> TraceComparison::speedUp() const
{
    if (!a.secondsPerToken || !b.secondsPerToken || *b.secondsPerToken <= 0.0)
        return std::nullopt;
    return *a.secondsPerToken / *b.secondsPerToken;
}

Result<TraceComparison> compareTraces(const NamedTrace &a, const NamedTrace &b)
{
    const TraceShape &shape = a.trace.shape();
    if (!comparable(shape, b.trace.shape()))
        return Error{ErrorKind::BadInput, "The traces are of models of different shapes: " + described(a) +
                                              ", and " + described(b) + "."};
    TraceComparison comparison;
    comparison.tokens = std::min(a.trace.tokens(), b.trace.tokens());
    comparison.videos = std::min(shape.videos, b.trace.shape().videos);
    comparison.a = figuresOf(a.trace);
    comparison.b = figuresOf(b.trace);
    comparison.perDepth.resize(static_cast<std::size_t>(shape.depth));
    for (int token = 0; token < comparison.tokens; ++token) {
        const int frame = token / shape.stride;
        if (token % shape.stride == 0)
            comparison.perFrame.emplace_back();
        for (int video = 0; video < comparison.videos; ++video)
            for (int depth = 0; depth < shape.depth; ++depth) {
                const bool same = a.trace.code(token, video, depth) == b.trace.code(token, video, depth);
                comparison.codes.add(same);
                comparison.perFrame.back().add(same);
                comparison.perDepth[static_cast<std::size_t>(depth)].add(same);
                if (!same && !comparison.firstDifference)
                    comparison.firstDifference = CodePlace{token, frame, video, depth};
            }
    }
    return comparison;
}

} // namespace fastcar
