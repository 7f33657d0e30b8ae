// SPDX-License-Identifier: Apache-2.0
//
// Where an array's bytes come from, in order and once: a file, or a member of a zip. What reads from it
// trusts remaining() no further than the bytes that read() really delivers.
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

namespace fastcar {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills `target` or fails.
    virtual Result<void> read(std::span<std::byte> target) = 0;
    /// Bytes that the source says it still holds.
    virtual std::uint64_t remaining() const = 0;
    /// What to call it in an error: the file, and the member of a zip.
    virtual const std::string &name() const = 0;
};

/// A regular file that is open for reading, and how long it is.
struct OpenFile {
    std::ifstream stream;
    std::uint64_t size = 0;
};
Result<OpenFile> openForReading(const std::filesystem::path &file);

/// `size` bytes of `stream`, from where it stands. The stream outlives it.
class StreamSource : public ByteSource {
public:
    StreamSource(std::istream &stream, std::uint64_t size, std::string name);
    Result<void> read(std::span<std::byte> target) override;
    std::uint64_t remaining() const override { return remaining_; }
    const std::string &name() const override { return name_; }

private:
    std::istream &stream_;
    std::uint64_t remaining_;
    std::string name_;
};

} // namespace fastcar
