// SPDX-License-Identifier: Apache-2.0
//
// Reads a zip's central directory and its members, stored or deflated, also beyond 4 GiB. Sizes and offsets
// are held against the size of the file before anything is read by them.
#pragma once

#include "engine/tensor/byte_source.h"

#include <memory>
#include <string>
#include <vector>

namespace fastcar {

struct ZipMember {
    std::string name;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t compressedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t headerOffset = 0;
};

class ZipReader {
public:
    static Result<ZipReader> open(const std::filesystem::path &file);

    const std::vector<ZipMember> &members() const { return members_; }

    /// A member's bytes. close() when all have been read: it holds the checksum against them.
    class MemberSource : public ByteSource {
    public:
        virtual Result<void> close() = 0;
    };
    /// One at a time; the reader outlives it.
    Result<std::unique_ptr<MemberSource>> read(const ZipMember &member);

private:
    ZipReader() = default;
    struct Directory {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::uint64_t entries = 0;
    };
    Result<std::vector<unsigned char>> bytesAt(std::uint64_t offset, std::uint64_t size);
    Result<Directory> findDirectory();
    Result<Directory> findDirectory64(std::uint64_t endOffset);
    Result<void> readDirectory(const Directory &directory);
    Error corrupt(const std::string &what) const;

    std::unique_ptr<std::ifstream> stream_; // members hold its address while the reader moves
    std::uint64_t fileSize_ = 0;
    std::string file_;
    std::vector<ZipMember> members_;
};

} // namespace fastcar
