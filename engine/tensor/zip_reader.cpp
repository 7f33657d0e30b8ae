// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/zip_reader.h"

#include "engine/tensor/inflate_source.h"
#include "engine/tensor/zip_format.h"

#include <algorithm>

namespace fastcar {

using namespace zip;

namespace {

/// Takes what an entry says is "in the extra field" from there. False where it is missing.
bool readExtra64(std::span<const unsigned char> extra, ZipMember &member)
{
    const bool needsSize = member.size == full32;
    const bool needsCompressed = member.compressedSize == full32;
    const bool needsOffset = member.headerOffset == full32;
    if (!needsSize && !needsCompressed && !needsOffset)
        return true;
    while (extra.size() >= 4) {
        const std::size_t length = number16(extra, 2);
        if (length > extra.size() - 4)
            return false;
        if (number16(extra, 0) != extra64) {
            extra = extra.subspan(4 + length);
            continue;
        }
        std::span<const unsigned char> field = extra.subspan(4, length);
        const auto take = [&](bool needed, std::uint64_t &target) {
            if (!needed)
                return true;
            if (field.size() < 8)
                return false;
            target = number64(field, 0);
            field = field.subspan(8);
            return true;
        };
        return take(needsSize, member.size) && take(needsCompressed, member.compressedSize) &&
               take(needsOffset, member.headerOffset);
    }
    return false;
}

} // namespace

Error ZipReader::corrupt(const std::string &what) const
{
    return Error{ErrorKind::Corrupt, file_ + " is not a zip that can be read: " + what};
}

Result<ZipReader> ZipReader::open(const std::filesystem::path &file)
{
    Result<OpenFile> open = openForReading(file);
    if (!open)
        return open.error();
    ZipReader reader;
    reader.stream_ = std::make_unique<std::ifstream>(std::move(open->stream));
    reader.fileSize_ = open->size;
    reader.file_ = file.string();
    const Result<Directory> directory = reader.findDirectory();
    if (!directory)
        return directory.error();
    if (Result<void> read = reader.readDirectory(*directory); !read)
        return read.error();
    return reader;
}

Result<std::vector<unsigned char>> ZipReader::bytesAt(std::uint64_t offset, std::uint64_t size)
{
    if (offset > fileSize_ || size > fileSize_ - offset)
        return corrupt("it points to " + std::to_string(size) + " bytes at " + std::to_string(offset) +
                       ", it has " + std::to_string(fileSize_) + ".");
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    stream_->clear();
    stream_->seekg(static_cast<std::streamoff>(offset));
    stream_->read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(size));
    if (!*stream_)
        return Error{ErrorKind::Io, "Reading " + file_ + " failed at byte " + std::to_string(offset) + "."};
    return bytes;
}

Result<ZipReader::Directory> ZipReader::findDirectory()
{
    // The end record is followed by a comment of at most 64 KiB.
    const std::uint64_t tailSize = std::min<std::uint64_t>(fileSize_, endSize + full16);
    const Result<std::vector<unsigned char>> tail = bytesAt(fileSize_ - tailSize, tailSize);
    if (!tail)
        return tail.error();
    for (std::size_t at = tail->size() < endSize ? 0 : tail->size() - endSize + 1; at-- > 0;) {
        if (number32(*tail, at) != endSignature || number16(*tail, at + 20) != tail->size() - at - endSize)
            continue;
        const Directory directory{number32(*tail, at + 16), number32(*tail, at + 12),
                                  number16(*tail, at + 10)};
        if (directory.offset == full32 || directory.size == full32 || directory.entries == full16)
            return findDirectory64(fileSize_ - tailSize + at);
        return directory;
    }
    return corrupt("its end record is missing; was it cut short?");
}

Result<ZipReader::Directory> ZipReader::findDirectory64(std::uint64_t endOffset)
{
    if (endOffset < locator64Size)
        return corrupt("its zip64 locator is missing.");
    const Result<std::vector<unsigned char>> locator = bytesAt(endOffset - locator64Size, locator64Size);
    if (!locator)
        return locator.error();
    if (number32(*locator, 0) != locator64Signature)
        return corrupt("its zip64 locator is missing.");
    const Result<std::vector<unsigned char>> end = bytesAt(number64(*locator, 8), end64Size);
    if (!end)
        return end.error();
    if (number32(*end, 0) != end64Signature)
        return corrupt("its zip64 end record is missing.");
    return Directory{number64(*end, 48), number64(*end, 40), number64(*end, 32)};
}

Result<void> ZipReader::readDirectory(const Directory &directory)
{
    const Result<std::vector<unsigned char>> all = bytesAt(directory.offset, directory.size);
    if (!all)
        return all.error();
    std::span<const unsigned char> rest(*all);
    while (!rest.empty()) {
        if (rest.size() < centralSize || number32(rest, 0) != centralSignature)
            return corrupt("its directory is damaged behind " + std::to_string(members_.size()) +
                           " members.");
        const std::size_t nameSize = number16(rest, 28);
        const std::size_t extraSize = number16(rest, 30);
        const std::size_t entrySize = centralSize + nameSize + extraSize + number16(rest, 32);
        if (entrySize > rest.size())
            return corrupt("its directory ends within member " + std::to_string(members_.size()) + ".");
        ZipMember member;
        member.name.assign(reinterpret_cast<const char *>(rest.data()) + centralSize, nameSize);
        member.method = number16(rest, 10);
        member.crc = number32(rest, 16);
        member.compressedSize = number32(rest, 20);
        member.size = number32(rest, 24);
        member.headerOffset = number32(rest, 42);
        if (number16(rest, 8) & 1)
            return Error{ErrorKind::Unsupported, file_ + ": member " + member.name + " is encrypted."};
        if (!readExtra64(rest.subspan(centralSize + nameSize, extraSize), member))
            return corrupt("the 64-bit sizes of member " + member.name + " are missing.");
        members_.push_back(std::move(member));
        rest = rest.subspan(entrySize);
    }
    if (members_.size() != directory.entries)
        return corrupt("its directory announces " + std::to_string(directory.entries) +
                       " members and lists " + std::to_string(members_.size()) + ".");
    return {};
}

Result<std::unique_ptr<ZipReader::MemberSource>> ZipReader::read(const ZipMember &member)
{
    const Result<std::vector<unsigned char>> local = bytesAt(member.headerOffset, localSize);
    if (!local)
        return local.error();
    if (number32(*local, 0) != localSignature)
        return corrupt("member " + member.name + " does not begin where the directory says.");
    // The local header has an extra field of its own, of another length than the directory's.
    const std::uint64_t dataOffset =
        member.headerOffset + localSize + number16(*local, 26) + number16(*local, 28);
    if (dataOffset > fileSize_ || member.compressedSize > fileSize_ - dataOffset)
        return corrupt("member " + member.name + " claims " + std::to_string(member.compressedSize) +
                       " bytes at " + std::to_string(dataOffset) + ", the file has " +
                       std::to_string(fileSize_) + ".");
    stream_->clear();
    stream_->seekg(static_cast<std::streamoff>(dataOffset));
    const std::string name = file_ + ": member " + member.name;
    if (member.method == stored) {
        if (member.size != member.compressedSize)
            return corrupt("member " + member.name +
                           " is stored, but its two sizes differ: " + std::to_string(member.compressedSize) +
                           " and " + std::to_string(member.size) + ".");
        return std::unique_ptr<MemberSource>(std::make_unique<StoredSource>(*stream_, member, name));
    }
    if (member.method == deflated) {
        // Deflate makes no more than 1032 bytes of one.
        if (member.size / 1032 > member.compressedSize)
            return corrupt("member " + member.name + " claims to inflate " +
                           std::to_string(member.compressedSize) + " bytes to " +
                           std::to_string(member.size) + ", more than deflate can.");
        return std::unique_ptr<MemberSource>(std::make_unique<InflateSource>(*stream_, member, name));
    }
    return Error{ErrorKind::Unsupported, name + " is compressed by method " + std::to_string(member.method) +
                                             "; stored and deflated members can be read."};
}

} // namespace fastcar
