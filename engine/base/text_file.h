// SPDX-License-Identifier: Apache-2.0
//
// Text that is written as it is made, in large pieces, into a file that appears under its name when it is
// whole (PendingFile). Numbers are as short as they can be and still be read back as they were.
#pragma once

#include "engine/base/pending_file.h"

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace fastcar {

class TextFile {
public:
    static Result<TextFile> create(const std::filesystem::path &file);

    TextFile &add(std::string_view text)
    {
        text_ += text;
        if (text_.size() >= pieceBytes)
            flush();
        return *this;
    }
    template <typename Number>
    requires std::integral<Number> || std::floating_point<Number> TextFile &add(Number number)
    {
        char digits[64];
        const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, number);
        return add(std::string_view(digits, static_cast<std::size_t>(end.ptr - digits)));
    }

    /// The first error of writing; what is added behind it is forgotten.
    Result<void> state() const;
    std::uint64_t bytes() const { return file_.position() + text_.size(); }
    /// The file appears under its name.
    Result<void> commit();

private:
    static constexpr std::size_t pieceBytes = std::size_t{1} << 18;

    explicit TextFile(PendingFile file);
    void flush();

    PendingFile file_;
    std::string text_;
    std::optional<Error> error_;
};

} // namespace fastcar
