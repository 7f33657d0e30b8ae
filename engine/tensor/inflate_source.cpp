// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/inflate_source.h"

#include "engine/tensor/zip_format.h"

#include <algorithm>
#include <limits>

namespace fastcar {

namespace {

Result<void> compareCrc(uLong found, std::uint32_t expected, const std::string &name)
{
    if (found == expected)
        return {};
    return Error{ErrorKind::Corrupt, name + " is damaged: its checksum is " + std::to_string(found) +
                                         ", the directory says " + std::to_string(expected) + "."};
}

} // namespace

StoredSource::StoredSource(std::istream &stream, const ZipMember &member, std::string name)
    : bytes_(stream, member.size, std::move(name))
    , expectedCrc_(member.crc)
{
}

Result<void> StoredSource::read(std::span<std::byte> target)
{
    if (Result<void> read = bytes_.read(target); !read)
        return read;
    crc_ = zip::addToCrc(crc_, target);
    return {};
}

Result<void> StoredSource::close()
{
    return compareCrc(crc_, expectedCrc_, name());
}

InflateSource::InflateSource(std::istream &stream, const ZipMember &member, std::string name)
    : bytes_(stream, member.compressedSize, std::move(name))
    , remaining_(member.size)
    , expectedCrc_(member.crc)
{
    ready_ = inflateInit2(&zlib_, -MAX_WBITS) == Z_OK;
}

InflateSource::~InflateSource()
{
    if (ready_)
        inflateEnd(&zlib_);
}

Error InflateSource::damaged(const std::string &what) const
{
    return Error{ErrorKind::Corrupt, name() + " is damaged: " + what};
}

Result<void> InflateSource::refill()
{
    const std::size_t size =
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes_.remaining(), input_.size()));
    if (Result<void> read = bytes_.read(std::span(input_).first(size)); !read)
        return read;
    zlib_.next_in = reinterpret_cast<Bytef *>(input_.data());
    zlib_.avail_in = static_cast<uInt>(size);
    return {};
}

Result<std::size_t> InflateSource::inflateInto(std::span<std::byte> target)
{
    if (!ready_)
        return Error{ErrorKind::Io, name() + " cannot be inflated: zlib did not start."};
    if (zlib_.avail_in == 0)
        if (Result<void> filled = refill(); !filled)
            return filled.error();
    const std::size_t room = std::min<std::size_t>(target.size(), std::numeric_limits<uInt>::max());
    zlib_.next_out = reinterpret_cast<Bytef *>(target.data());
    zlib_.avail_out = static_cast<uInt>(room);
    const uInt before = zlib_.avail_in;
    const int status = inflate(&zlib_, Z_NO_FLUSH);
    const std::size_t made = room - zlib_.avail_out;
    if (status == Z_STREAM_END)
        ended_ = true;
    else if (status != Z_OK && status != Z_BUF_ERROR)
        return damaged("the compressed bytes are not deflate's.");
    else if (made == 0 && before == zlib_.avail_in && bytes_.remaining() == 0)
        return damaged("the compressed bytes end too early.");
    return made;
}

Result<void> InflateSource::read(std::span<std::byte> target)
{
    if (target.size() > remaining_)
        return damaged(std::to_string(target.size()) + " more bytes expected, " + std::to_string(remaining_) +
                       " announced.");
    const std::span<std::byte> whole = target;
    while (!target.empty()) {
        if (ended_)
            return damaged("it inflates to fewer bytes than announced.");
        const Result<std::size_t> made = inflateInto(target);
        if (!made)
            return made.error();
        target = target.subspan(*made);
    }
    crc_ = zip::addToCrc(crc_, whole);
    remaining_ -= whole.size();
    return {};
}

Result<void> InflateSource::close()
{
    // The mark of the end may still wait behind the last byte.
    while (!ended_) {
        std::byte surplus{};
        const Result<std::size_t> made = inflateInto(std::span(&surplus, 1));
        if (!made)
            return made.error();
        if (*made != 0)
            return damaged("it inflates to more bytes than announced.");
    }
    return compareCrc(crc_, expectedCrc_, name());
}

} // namespace fastcar
