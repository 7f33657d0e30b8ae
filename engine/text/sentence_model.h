// SPDX-License-Identifier: Apache-2.0
//
// A SentencePiece model, loaded so that it adds no blank of its own before a text.
#pragma once

#include "engine/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

class SentenceModel {
public:
    static Result<SentenceModel> open(const std::filesystem::path &file);
    SentenceModel(SentenceModel &&) noexcept;
    SentenceModel &operator=(SentenceModel &&) noexcept;
    ~SentenceModel();

    std::vector<int> encode(std::string_view text) const;
    int size() const;
    /// Empty for an id that is none.
    std::string piece(int id) const;
    std::optional<int> idOf(const std::string &piece) const;

private:
    struct Impl;
    explicit SentenceModel(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
