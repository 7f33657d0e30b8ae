// SPDX-License-Identifier: Apache-2.0
//
// Text to token ids as the Hugging Face Llama tokenizer does it with legacy=False: SentencePiece for the text
// between the added tokens, the added tokens themselves by their ids, BOS in front.
#pragma once

#include "engine/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

/// Immutable after open() and safe to use from any thread.
class Tokenizer {
public:
    /// Reads tokenizer.model, and where they are there added_tokens.json and tokenizer_config.json, of a
    /// checkpoint's llm/ folder.
    static Result<Tokenizer> open(const std::filesystem::path &llmFolder);
    Tokenizer(Tokenizer &&) noexcept;
    Tokenizer &operator=(Tokenizer &&) noexcept;
    ~Tokenizer();

    /// Ids of templated text, BOS first. Added and special tokens in it are recognised. Bytes that are no
    /// UTF-8 become U+FFFD.
    std::vector<int> encode(std::string_view text) const;
    /// The piece of an id, for a person to read; empty for an id that is none.
    std::string piece(int id) const;
    /// Id of an added token such as "<vi_start>".
    Result<int> addedToken(std::string_view token) const;
    /// The texts that are not words but commands: "<s>", "<vi_start>", ...
    const std::vector<std::string> &specialTexts() const;
    /// Number of ids, added tokens included.
    int size() const;

private:
    struct Impl;
    explicit Tokenizer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
