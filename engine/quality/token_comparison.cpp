// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/token_comparison.h"

#include <algorithm>
#include <utility>

namespace fastcar {

namespace {

bool replayed(const Trace &trace, int step, int layer, int row)
{
    return trace.outcome(step, layer, row).decision == Decision::Replayed;
}

/// The rows of each trace that belong together: conditional ones first, then unconditional ones.
std::vector<std::pair<int, int>> commonRows(const TraceShape &a, const TraceShape &b)
{
    std::vector<std::pair<int, int>> rows;
    const int videos = std::min(a.videos, b.videos);
    for (int kind = 0; kind < std::min(a.rows / a.videos, b.rows / b.videos); ++kind)
        for (int video = 0; video < videos; ++video)
            rows.emplace_back(kind * a.videos + video, kind * b.videos + video);
    return rows;
}

} // namespace

TokenComparison compareTokens(const Trace &a, const Trace &b)
{
    const TraceShape &shape = a.shape();
    const int videos = std::min(shape.videos, b.shape().videos);
    const auto rows = commonRows(shape, b.shape());
    const int tokens = std::min(a.tokens(), b.tokens()), steps = std::min(a.steps(), b.steps());
    TokenComparison found;
    found.stride = shape.stride;
    found.codesOfToken = videos * shape.depth;
    found.decisionsOfStep = shape.layers * static_cast<int>(rows.size());
    for (int token = 0; token < tokens; ++token) {
        TokenDifference difference;
        for (int video = 0; video < videos; ++video)
            for (int depth = 0; depth < shape.depth; ++depth)
                difference.codes += a.code(token, video, depth) != b.code(token, video, depth);
        for (int layer = 0; token < steps && layer < shape.layers; ++layer)
            for (const auto &[rowOfA, rowOfB] : rows)
                difference.decisions +=
                    replayed(a, token, layer, rowOfA) != replayed(b, token, layer, rowOfB);
        if (difference.codes > 0 && !found.firstCode)
            found.firstCode = token;
        if (difference.decisions > 0 && !found.firstDecision)
            found.firstDecision = token;
        found.tokens.push_back(difference);
    }
    return found;
}

} // namespace fastcar
