// SPDX-License-Identifier: Apache-2.0
//
// Whether a decode step fits the generation that it goes on with; every device refuses the same ones, in the
// same words.
#pragma once

#include "engine/backend/backbone.h"

#include <algorithm>
#include <optional>
#include <ranges>

namespace fastcar {

/// Where a device's generation stands.
struct StepExpected {
    RowLayout layout;
    std::int64_t hidden = 0;
    std::size_t layers = 0;
    int nextToken = 0;
    int visualTokens = 0;             // of the whole generation
    std::optional<int> withoutPrompt; // a row whose prompt has not come; 0 before begin()
};

/// `tokens` of each row in the caches, 0 before its prompt.
template <typename Counts>
std::optional<int> rowWithoutPrompt(const Counts &tokens)
{
    const auto empty = std::ranges::find(tokens, std::ranges::range_value_t<Counts>{0});
    return tokens.empty() || empty != tokens.end() ? std::optional(static_cast<int>(empty - tokens.begin()))
                                                   : std::nullopt;
}

Result<void> checkStep(const StepInput &input, const StepExpected &expected);

} // namespace fastcar
