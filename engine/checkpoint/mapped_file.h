// SPDX-License-Identifier: Apache-2.0
//
// A file as bytes in memory, read-only; the system fetches pages when they are touched and may drop them
// again. The size is the file's at the time of open(): whoever shortens a file that is in use ends the
// program (SIGBUS), as with every mapped file.
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace fastcar {

class MappedFile {
public:
    /// NotFound if there is none; only regular files can be mapped. An empty file gives no bytes.
    static Result<MappedFile> open(const std::filesystem::path &file);
    MappedFile(MappedFile &&other) noexcept;
    MappedFile &operator=(MappedFile &&other) noexcept;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return bytes_; }
    /// Takes the whole pages of `part` of bytes() out of the program's memory. The bytes stay: touched, they
    /// come back from the system's cache or the disk.
    void release(std::span<const std::byte> part) const;
    std::string_view text() const { return {reinterpret_cast<const char *>(bytes_.data()), bytes_.size()}; }

private:
    MappedFile() = default;
    void unmap();

    std::span<const std::byte> bytes_;
};

} // namespace fastcar
