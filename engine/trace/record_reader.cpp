// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/record_reader.h"

#include "engine/base/file_bytes.h"
#include "engine/trace/trace_format.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace fastcar {

using namespace trace_format;

namespace {

constexpr std::size_t block = std::size_t{1} << 16;

} // namespace

Result<RecordReader> RecordReader::open(const std::filesystem::path &file)
{
    RecordReader reader;
    reader.name_ = file;
    reader.file_.reset(std::fopen(file.c_str(), "rbe"));
    if (!reader.file_ && errno == ENOENT)
        return Error{ErrorKind::NotFound, "There is no file '" + file.string() + "'."};
    if (!reader.file_)
        return systemError("read", file, errno);
    std::setvbuf(reader.file_.get(), nullptr, _IOFBF, block);
    std::error_code none; // a pipe has no size
    const std::uintmax_t size = std::filesystem::file_size(file, none);
    reader.size_ = none ? 0 : size;
    return reader;
}

/// All `count` bytes or none that count.
bool RecordReader::take(void *bytes, std::size_t count)
{
    return std::fread(bytes, 1, count, file_.get()) == count;
}

Result<std::string> RecordReader::start()
{
    std::string bytes(startBytes, '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file_.get()));
    if (bytes.size() == startBytes && bytes.starts_with(magic)) {
        ByteReader lengths(std::string_view(bytes).substr(startBytes - sizeof(std::uint32_t)));
        std::uint64_t missing = std::uint64_t{lengths.take<std::uint32_t>()} + sizeof(std::uint32_t);
        std::size_t got = block;
        while (missing > 0 && got == block) {
            const std::size_t before = bytes.size();
            const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(missing, block));
            bytes.resize(before + wanted);
            got = std::fread(bytes.data() + before, 1, wanted, file_.get());
            bytes.resize(before + got);
            missing -= got;
        }
    }
    if (std::ferror(file_.get()))
        return systemError("read", name_, errno);
    position_ = bytes.size();
    return bytes;
}

std::uint64_t RecordReader::longestPayload() const
{
    if (tag_ == tokenTag)
        return tokenBytes_;
    if (tag_ == thresholdsTag)
        return longestThresholdsPayload;
    if (tag_ == headsTag)
        return headsBytes_;
    if (tag_ == mlpTimeTag)
        return mlpTimePayloadBytes;
    return tag_ == cardTag ? longestCardPayload : std::numeric_limits<std::uint32_t>::max();
}

bool RecordReader::isKept() const
{
    return tag_ == tokenTag || tag_ == cardTag || tag_ == headsTag || tag_ == thresholdsTag ||
           tag_ == mlpTimeTag || tag_ == policyTag || tag_ == continuationTag;
}

bool RecordReader::takePayload(std::uint32_t count, std::uint32_t &checksum)
{
    payload_.clear();
    for (std::size_t missing = count; missing > 0;) {
        const std::size_t before = isKept() ? payload_.size() : 0;
        const std::size_t wanted = std::min(missing, block);
        payload_.resize(before + wanted);
        if (!take(payload_.data() + before, wanted))
            return false;
        checksum = addToChecksum(checksum, std::string_view(payload_).substr(before));
        missing -= wanted;
    }
    if (!isKept())
        payload_.clear();
    return true;
}

/// What it means that the file gave no more.
Result<RecordReader::Found> RecordReader::stopped() const
{
    if (std::ferror(file_.get()))
        return systemError("read", name_, errno);
    return Found::CutOff;
}

Result<RecordReader::Found> RecordReader::next()
{
    std::array<char, tokenTag.size() + sizeof(std::uint32_t)> head{};
    const std::size_t got = std::fread(head.data(), 1, head.size(), file_.get());
    if (got == 0 && !std::ferror(file_.get()))
        return Found::End;
    if (got < head.size())
        return stopped();
    const std::string_view bytes(head.data(), head.size());
    tag_ = bytes.substr(0, tokenTag.size());
    const auto length = ByteReader(bytes.substr(tokenTag.size())).take<std::uint32_t>();
    if (length > longestPayload())
        return Found::Damaged;
    std::uint32_t found = addToChecksum(0, bytes);
    std::uint32_t expected = 0;
    if (!takePayload(length, found) || !take(&expected, sizeof expected))
        return stopped();
    if (found != expected)
        return Found::Damaged;
    position_ += head.size() + length + sizeof expected;
    return Found::Record;
}

} // namespace fastcar
