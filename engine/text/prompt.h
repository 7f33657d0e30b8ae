// SPDX-License-Identifier: Apache-2.0
//
// VILA-U's prompt template (Vicuna v1): what is put around a user's text for the conditional row, and what
// the unconditional row of classifier-free guidance reads.
#pragma once

#include "engine/base/result.h"
#include "engine/text/tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

struct PromptIds {
    std::vector<int> conditional;
    std::vector<int> unconditional;
};

/// The conditional text: system + " USER: " + prompt (stripped) + " ASSISTANT: <vi_start>"; for an empty
/// prompt the unconditional one.
std::string conditionalText(std::string_view prompt);
/// system + " USER:ASSISTANT: <vi_start>"
std::string unconditionalText();

/// Nothing is asked of the video: both rows read the same.
bool isUnconditional(std::string_view prompt);

/// Both rows' ids. Refuses text that is not UTF-8 or holds one of the tokenizer's special tokens (they would
/// be read as commands, not as words), naming the token.
Result<PromptIds> encodePrompt(const Tokenizer &tokenizer, std::string_view prompt);

} // namespace fastcar
