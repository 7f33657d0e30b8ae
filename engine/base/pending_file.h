// SPDX-License-Identifier: Apache-2.0
//
// A file that appears under its name only when it is whole: bytes go to a temporary file beside it, commit()
// gives that file the name. Without commit() the temporary file is removed.
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace fastcar {

class PendingFile {
public:
    static Result<PendingFile> create(const std::filesystem::path &file);
    PendingFile(PendingFile &&other) noexcept;
    PendingFile &operator=(PendingFile &&other) noexcept;
    ~PendingFile();

    Result<void> write(std::span<const std::byte> bytes);
    /// Bytes at a place of their own, before or behind those that write() has written: position() stays. What
    /// nobody writes between them is zero.
    Result<void> writeAt(std::uint64_t position, std::span<const std::byte> bytes);
    /// Forgets what was written: the next write() starts the file.
    Result<void> restart();
    /// Bytes that write() has written so far.
    std::uint64_t position() const { return position_; }
    const std::filesystem::path &name() const { return file_; }
    /// Where the bytes are until commit(), for a library that opens its files itself.
    const std::filesystem::path &temporary() const { return temporary_; }
    /// Brings the bytes to the disk and gives the file its name; a file that had it is replaced.
    Result<void> commit();
    /// The same without waiting for the disk, which stops everybody who writes: for what can be made again. After
    /// a power cut the file may be there and empty.
    Result<void> commitSoon();

private:
    PendingFile() = default;
    Result<void> commit(bool sync);
    void discard();

    std::filesystem::path file_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
    std::uint64_t position_ = 0;
};

} // namespace fastcar
