// SPDX-License-Identifier: Apache-2.0
#include "engine/text/prompt.h"

#include "engine/text/utf8.h"

namespace fastcar {

namespace {

constexpr std::string_view system =
    "A chat between a curious user and an artificial intelligence assistant. The "
    "assistant gives helpful, detailed, and polite answers to the user's questions.";
constexpr std::string_view videoStart = "<vi_start>";
// Not a token of the vocabulary, but a command to the published program: a prompt with it would mean
// something else there.
constexpr std::string_view imagePlaceholder = "<image>";

} // namespace

bool isUnconditional(std::string_view prompt)
{
    return stripBlanks(prompt).empty();
}

std::string conditionalText(std::string_view prompt)
{
    if (isUnconditional(prompt))
        return unconditionalText();
    std::string text(system);
    text += " USER: ";
    text += stripBlanks(prompt);
    text += " ASSISTANT: ";
    text += videoStart;
    return text;
}

std::string unconditionalText()
{
    // A message without content leaves the bare role, and no blank behind it.
    std::string text(system);
    text += " USER:ASSISTANT: ";
    text += videoStart;
    return text;
}

Result<PromptIds> encodePrompt(const Tokenizer &tokenizer, std::string_view prompt)
{
    if (const std::optional<std::size_t> bad = firstInvalidUtf8(prompt))
        return Error{ErrorKind::BadInput, "The prompt is not UTF-8 text: its byte " +
                                              std::to_string(*bad + 1) + " does not belong to a character."};
    for (const std::string &special : tokenizer.specialTexts())
        if (prompt.find(special) != std::string_view::npos)
            return Error{ErrorKind::BadInput,
                         "The prompt contains " + special +
                             ", which the model would read as a command and not as text. "
                             "Remove it or write it differently."};
    if (prompt.find(imagePlaceholder) != std::string_view::npos)
        return Error{ErrorKind::BadInput,
                     "The prompt contains " + std::string(imagePlaceholder) +
                         ", which the model would read as a command and not as text. Remove it "
                         "or write it differently."};
    if (const Result<int> start = tokenizer.addedToken(videoStart); !start)
        return start.error();
    return PromptIds{tokenizer.encode(conditionalText(prompt)), tokenizer.encode(unconditionalText())};
}

} // namespace fastcar
