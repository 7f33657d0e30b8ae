// SPDX-License-Identifier: Apache-2.0
//
// The tokens that a checkpoint adds to its SentencePiece model ("<vi_start>", ...) and those of the model
// that are recognised in text as well ("<s>"): read from added_tokens.json and tokenizer_config.json.
#pragma once

#include "engine/base/result.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace fastcar {

struct AddedToken {
    int id = 0;
    bool stripsLeft = false;  // swallows blanks before it
    bool stripsRight = false; // swallows blanks behind it
};

struct AddedTokens {
    std::map<std::string, AddedToken, std::less<>> byText;
    /// bos_token, eos_token, unk_token and the like: the text's leading blank is dropped before one of these.
    std::set<std::string, std::less<>> named;
    std::string unknown = "<unk>";
    std::string begin = "<s>";
};

/// Ids are distinct and from 0 to 2^24; both files may be missing.
Result<AddedTokens> readAddedTokens(const std::filesystem::path &llmFolder);

} // namespace fastcar
