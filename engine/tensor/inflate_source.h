// SPDX-License-Identifier: Apache-2.0
//
// The two ways that a zip holds a member, as sources that add up the checksum while they are read.
#pragma once

#include "engine/tensor/zip_reader.h"

#include <array>

#include <zlib.h>

namespace fastcar {

class StoredSource : public ZipReader::MemberSource {
public:
    StoredSource(std::istream &stream, const ZipMember &member, std::string name);
    Result<void> read(std::span<std::byte> target) override;
    Result<void> close() override;
    std::uint64_t remaining() const override { return bytes_.remaining(); }
    const std::string &name() const override { return bytes_.name(); }

private:
    StreamSource bytes_;
    std::uint32_t expectedCrc_;
    uLong crc_ = 0;
};

class InflateSource : public ZipReader::MemberSource {
public:
    InflateSource(std::istream &stream, const ZipMember &member, std::string name);
    InflateSource(const InflateSource &) = delete;
    InflateSource &operator=(const InflateSource &) = delete;
    ~InflateSource() override;
    Result<void> read(std::span<std::byte> target) override;
    Result<void> close() override;
    std::uint64_t remaining() const override { return remaining_; }
    const std::string &name() const override { return bytes_.name(); }

private:
    Error damaged(const std::string &what) const;
    Result<void> refill();
    /// One call of zlib: fills as much of `target` as the input gives, says how much.
    Result<std::size_t> inflateInto(std::span<std::byte> target);

    StreamSource bytes_;
    std::uint64_t remaining_;
    std::uint32_t expectedCrc_;
    uLong crc_ = 0;
    z_stream zlib_{};
    bool ready_ = false;
    bool ended_ = false;
    std::array<std::byte, 65536> input_{};
};

} // namespace fastcar
