// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/step_check.h"

#include <string>

namespace fastcar {

namespace {

Error refuse(std::string message)
{
    return {.kind = ErrorKind::BadInput, .message = std::move(message)};
}

} // namespace

Result<void> checkStep(const StepInput &input, const StepExpected &expected)
{
    if (expected.withoutPrompt)
        return refuse("A decode step needs begin() and every row's prompt first, but row " +
                      std::to_string(*expected.withoutPrompt) + " has none.");
    if (input.visualToken != expected.nextToken || input.visualToken >= expected.visualTokens)
        return refuse("The decode step of visual token " + std::to_string(input.visualToken) +
                      " was asked for, but the next one is " + std::to_string(expected.nextToken) + " of " +
                      std::to_string(expected.visualTokens) + ".");
    if (input.embeddings.rows != expected.layout.rows() || input.embeddings.cols != expected.hidden)
        return refuse("The embeddings of a decode step are [" + std::to_string(input.embeddings.rows) + ", " +
                      std::to_string(input.embeddings.cols) + "], but expected were [" +
                      std::to_string(expected.layout.rows()) + ", " + std::to_string(expected.hidden) + "].");
    if (input.policy && !input.policy->thresholds.empty() &&
        input.policy->thresholds.size() != expected.layers)
        return refuse("The replay policy has " + std::to_string(input.policy->thresholds.size()) +
                      " thresholds, but the model has " + std::to_string(expected.layers) + " layers.");
    if (input.attention.windowed && (input.attention.window < 1 || input.attention.sinks < 0))
        return refuse("The attention window " + toString(input.attention) +
                      " is empty: a token sees at least its own position.");
    return {};
}

} // namespace fastcar
