// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text_file.h"

#include <span>

namespace fastcar {

TextFile::TextFile(PendingFile file)
    : file_(std::move(file))
{
    text_.reserve(pieceBytes + pieceBytes / 4);
}

Result<TextFile> TextFile::create(const std::filesystem::path &file)
{
    auto pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    return TextFile(std::move(*pending));
}

void TextFile::flush()
{
    if (!error_)
        if (auto written = file_.write(std::as_bytes(std::span(text_))); !written)
            error_ = written.error();
    text_.clear();
}

Result<void> TextFile::state() const
{
    return error_ ? Result<void>(*error_) : Result<void>();
}

Result<void> TextFile::commit()
{
    flush();
    return error_ ? Result<void>(*error_) : file_.commit();
}

} // namespace fastcar
