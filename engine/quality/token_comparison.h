// SPDX-License-Identifier: Apache-2.0
//
// Two runs along their tokens: where codes differ and where one replayed an MLP that the other computed. What
// TraceComparison adds up, token by token, for a view that shows where.
#pragma once

#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace fastcar {

struct TokenDifference {
    int codes = 0;     // of the token, that differ
    int decisions = 0; // of the step whose input the token is: replayed in one run only

    bool operator==(const TokenDifference &) const = default;
};

struct TokenComparison {
    int stride = 0;                      // tokens of a frame
    int codesOfToken = 0;                // that are compared: videos * depth
    int decisionsOfStep = 0;             // layers * rows
    std::vector<TokenDifference> tokens; // that both have; the last one may have no step in one of them
    std::optional<int> firstCode;        // the first token with another code
    std::optional<int> firstDecision;    // the first token whose step decided otherwise
};

/// Of traces that compareTraces() has compared. Rows that only one of them has are passed over.
TokenComparison compareTokens(const Trace &a, const Trace &b);

} // namespace fastcar
