// SPDX-License-Identifier: Apache-2.0
//
// What is between two runs by their traces: the codes of token t of one beside those of token t of the other,
// as far as both go. Each run's own figures (replay, time) are over all of it.
#pragma once

#include "engine/base/result.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

struct EqualCodes {
    std::int64_t equal = 0;
    std::int64_t all = 0;

    void add(bool same)
    {
        equal += same;
        ++all;
    }
    /// Nothing where no codes were compared.
    std::optional<double> share() const
    {
        return all > 0 ? std::optional(static_cast<double>(equal) / static_cast<double>(all)) : std::nullopt;
    }
};

/// Where codes differ; all are counted from 0.
struct CodePlace {
    int token = 0;
    int frame = 0;
    int video = 0;
    int depth = 0;

    bool operator==(const CodePlace &) const = default;
};

struct TraceFigures {
    int tokens = 0;
    int tokensWanted = 0; // of a whole run
    ReplayCount replay;
    double ceiling = 0.0; // the largest that replay.ofAll() can be in a whole run
    /// From the first token's end to the last one's, by the tokens between; pauses count. Nothing with fewer
    /// than two tokens.
    std::optional<double> secondsPerToken;
};

struct TraceComparison {
    int tokens = 0; // that both have
    int videos = 0; // that both have
    EqualCodes codes;
    std::vector<EqualCodes> perFrame; // those that both have begun
    std::vector<EqualCodes> perDepth;
    std::optional<CodePlace> firstDifference; // nothing: all codes are equal
    TraceFigures a, b;

    /// Seconds a token of A by those of B: 2 if B was twice as fast.
    std::optional<double> speedUp() const;
};

/// Of runs with the same layers, grid and codes of a position; how many frames, videos and rows there are may
/// differ. Errors: other shapes; the names tell whose they are.
struct NamedTrace {
    std::string name;
    const Trace &trace;
};
Result<TraceComparison> compareTraces(const NamedTrace &a, const NamedTrace &b);

} // namespace fastcar
