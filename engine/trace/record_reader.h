// SPDX-License-Identifier: Apache-2.0
//
// The records of a native trace (docs/file_formats.md, ".fctrace"), off the file one by one: tag, payload,
// checksum. What they mean is trace_format.h's; TraceStream puts the two together.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace fastcar {

class RecordReader {
public:
    enum class Found {
        Record,
        End,     // right behind the last record
        CutOff,  // the file ends within a record
        Damaged, // a wrong checksum, or a payload longer than its tag may have
    };

    static Result<RecordReader> open(const std::filesystem::path &file);

    /// The magic, version and header that a file begins with: all bytes of it, or as many as are there.
    Result<std::string> start();
    /// The longest payload that a token can have here; nothing longer is read.
    void expectTokens(std::uint64_t payloadBytes) { tokenBytes_ = payloadBytes; }
    /// The same of the heads' scores.
    void expectHeads(std::uint64_t payloadBytes) { headsBytes_ = payloadBytes; }

    /// Reads one record. Memory grows with what is read, not with what its head says, and payloads of tags
    /// that are not known are not kept.
    Result<Found> next();
    std::string_view tag() const { return tag_; }
    std::string_view payload() const { return payload_; }

    /// Bytes that were read off the file: where the next record begins.
    std::uint64_t position() const { return position_; }
    /// Bytes of the file when it was opened.
    std::uint64_t size() const { return size_; }

private:
    struct CloseFile {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };

    RecordReader() = default;
    std::uint64_t longestPayload() const;
    bool isKept() const;
    bool take(void *bytes, std::size_t count);
    bool takePayload(std::uint32_t count, std::uint32_t &checksum);
    Result<Found> stopped() const;

    std::filesystem::path name_;
    std::unique_ptr<std::FILE, CloseFile> file_;
    std::uint64_t size_ = 0;
    std::uint64_t position_ = 0;
    std::uint64_t tokenBytes_ = 0;
    std::uint64_t headsBytes_ = 0;
    std::string tag_;
    std::string payload_;
};

} // namespace fastcar
