// SPDX-License-Identifier: Apache-2.0
//
// Text to token ids as the Hugging Face Llama tokenizer does it with legacy=False: SentencePiece for the text between the
// added tokens, the added tokens themselves by their ids, BOS in front.
#pragma once

#include "engine/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

class Tokenizer {
public:
    /// Reads tokenizer.model, added_tokens.json and tokenizer_config.json of a checkpoint's llm/ folder.
    static Result<Tokenizer> open(const std::filesystem::path &llmFolder);
    Tokenizer(Tokenizer &&) noexcept;
    Tokenizer &operator=(Tokenizer &&) noexcept;
    ~Tokenizer();

    /// Ids of templated text, BOS first. Added and special tokens in it are recognised.
    std::vector<int> encode(std::string_view text) const;
    /// The piece of an id, for a person to read.
    std::string piece(int id) const;
    /// Id of an added token such as "<vi_start>".
    Result<int> addedToken(std::string_view token) const;
    /// Number of ids, added tokens included.
    int size() const;

private:
    struct Impl;
    explicit Tokenizer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
