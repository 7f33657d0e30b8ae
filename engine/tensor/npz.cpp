// SPDX-License-Identifier: Apache-2.0
#include "engine/base/pending_file.h"
#include "engine/tensor/npy_header.h"
#include "engine/tensor/zip_format.h"
#include "engine/tensor/zip_reader.h"

#include <algorithm>
#include <optional>
#include <set>

namespace fastcar {

using namespace zip;

namespace {

constexpr std::string_view suffix = ".npy";
constexpr std::uint64_t maxInflated = std::uint64_t{4} << 30; // a small file must not fill the memory

std::uint32_t limited32(std::uint64_t value)
{
    return value < full32 ? static_cast<std::uint32_t>(value) : full32;
}

/// What the local header and the directory say alike, from "version needed" to the length of the name.
std::string sharedFields(const ZipMember &member, bool wide)
{
    std::string text;
    append<std::uint16_t>(text, wide ? version64 : version20);
    append<std::uint16_t>(text, 0x0800); // the name is UTF-8
    append<std::uint16_t>(text, stored);
    append<std::uint16_t>(text, 0);      // 00:00
    append<std::uint16_t>(text, 0x0021); // 1980-01-01, as numpy writes: equal arrays give equal files
    append<std::uint32_t>(text, member.crc);
    append<std::uint32_t>(text, limited32(wide ? full32 : member.size));
    append<std::uint32_t>(text, limited32(wide ? full32 : member.size));
    append<std::uint16_t>(text, static_cast<std::uint16_t>(member.name.size()));
    return text;
}

std::string localHeader(const ZipMember &member)
{
    const bool wide = member.size >= full32;
    std::string text;
    append(text, localSignature);
    text += sharedFields(member, wide);
    append<std::uint16_t>(text, wide ? 20 : 0);
    text += member.name;
    if (wide) {
        append(text, extra64);
        append<std::uint16_t>(text, 16);
        append(text, member.size);
        append(text, member.compressedSize);
    }
    return text;
}

std::string centralHeader(const ZipMember &member)
{
    const bool wideSize = member.size >= full32;
    const bool wideOffset = member.headerOffset >= full32;
    const std::uint16_t extraSize = static_cast<std::uint16_t>((wideSize ? 16 : 0) + (wideOffset ? 8 : 0));
    std::string text;
    append(text, centralSignature);
    append<std::uint16_t>(text, 0x0300 | (wideSize || wideOffset ? version64 : version20)); // made on Unix
    text += sharedFields(member, wideSize);
    append<std::uint16_t>(text, extraSize ? static_cast<std::uint16_t>(extraSize + 4) : std::uint16_t{0});
    append<std::uint16_t>(text, 0);           // no comment
    append<std::uint16_t>(text, 0);           // first disk
    append<std::uint16_t>(text, 0);           // internal attributes
    append<std::uint32_t>(text, 0600u << 16); // Unix mode
    append<std::uint32_t>(text, limited32(member.headerOffset));
    text += member.name;
    if (extraSize) {
        append(text, extra64);
        append(text, extraSize);
        if (wideSize) {
            append(text, member.size);
            append(text, member.compressedSize);
        }
        if (wideOffset)
            append(text, member.headerOffset);
    }
    return text;
}

std::string endRecords(std::uint64_t entries, std::uint64_t offset, std::uint64_t size)
{
    const bool wide = entries >= full16 || offset >= full32 || size >= full32;
    std::string text;
    if (wide) {
        append(text, end64Signature);
        append<std::uint64_t>(text, end64Size - 12);
        append(text, version64);
        append(text, version64);
        append<std::uint32_t>(text, 0);
        append<std::uint32_t>(text, 0);
        append(text, entries);
        append(text, entries);
        append(text, size);
        append(text, offset);
        append(text, locator64Signature);
        append<std::uint32_t>(text, 0);
        append<std::uint64_t>(text, offset + size);
        append<std::uint32_t>(text, 1);
    }
    const std::uint16_t entries16 = entries < full16 ? static_cast<std::uint16_t>(entries) : full16;
    append(text, endSignature);
    append<std::uint16_t>(text, 0);
    append<std::uint16_t>(text, 0);
    append(text, entries16);
    append(text, entries16);
    append(text, limited32(size));
    append(text, limited32(offset));
    append<std::uint16_t>(text, 0);
    return text;
}

} // namespace

Result<std::map<std::string, NpyArray>> readNpz(const std::filesystem::path &file)
{
    Result<ZipReader> zip = ZipReader::open(file);
    if (!zip)
        return zip.error();
    std::map<std::string, NpyArray> arrays;
    std::uint64_t inflated = 0;
    for (const ZipMember &member : zip->members()) {
        inflated += member.method == stored ? 0 : std::min(member.size, maxInflated + 1);
        if (inflated > maxInflated)
            return Error{ErrorKind::Unsupported,
                         file.string() + " would inflate to more than " + std::to_string(maxInflated) +
                             " bytes; save it uncompressed (numpy.savez) to read it."};
        std::string name = member.name;
        if (name.ends_with(suffix))
            name.resize(name.size() - suffix.size());
        if (arrays.contains(name))
            return Error{ErrorKind::Corrupt, file.string() + " holds two members of the name " + name + "."};
        const Result<std::unique_ptr<ZipReader::MemberSource>> source = zip->read(member);
        if (!source)
            return source.error();
        Result<NpyArray> array = readNpyArray(**source);
        if (!array)
            return array.error();
        if (Result<void> closed = (*source)->close(); !closed)
            return closed.error();
        arrays.emplace(std::move(name), std::move(*array));
    }
    return arrays;
}

struct NpzWriter::Impl {
    PendingFile file;
    std::vector<ZipMember> members;
    std::set<std::string> names;
    std::optional<Error> failure; // of writing; what is behind it would be no whole file

    Result<void> write(std::span<const std::byte> bytes)
    {
        if (failure)
            return *failure;
        Result<void> written = file.write(bytes);
        if (!written)
            failure = written.error();
        return written;
    }
};

NpzWriter::NpzWriter(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}
NpzWriter::NpzWriter(NpzWriter &&) noexcept = default;
NpzWriter &NpzWriter::operator=(NpzWriter &&) noexcept = default;
NpzWriter::~NpzWriter() = default;

Result<NpzWriter> NpzWriter::create(const std::filesystem::path &file)
{
    Result<PendingFile> pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    return NpzWriter(std::make_unique<Impl>(Impl{std::move(*pending), {}, {}, {}}));
}

Result<void> NpzWriter::add(const std::string &name, DType type, std::span<const std::int64_t> shape,
                            std::span<const std::byte> data)
{
    if (name.empty() || name.size() > 1000 || impl_->names.contains(name))
        return Error{ErrorKind::BadInput, "Array name '" + name.substr(0, 100) + "' for " +
                                              impl_->file.name().string() +
                                              " is empty, longer than 1000 bytes, or in the file already."};
    const Result<std::string> header = npyHeader(name, type, shape, data.size());
    if (!header)
        return header.error();
    ZipMember member;
    member.name = name + std::string(suffix);
    member.size = member.compressedSize = header->size() + data.size();
    member.headerOffset = impl_->file.position();
    const std::span<const std::byte> headerBytes = std::as_bytes(std::span(*header));
    member.crc = static_cast<std::uint32_t>(addToCrc(addToCrc(0, headerBytes), data));
    const std::string local = localHeader(member);
    for (std::span<const std::byte> part : {std::as_bytes(std::span(local)), headerBytes, data})
        if (Result<void> written = impl_->write(part); !written)
            return written;
    impl_->names.insert(name);
    impl_->members.push_back(std::move(member));
    return {};
}

Result<void> NpzWriter::add(const std::string &name, const NpyArray &array)
{
    return add(name, array.type, array.shape, array.data);
}

Result<void> NpzWriter::close()
{
    std::string directory;
    for (const ZipMember &member : impl_->members)
        directory += centralHeader(member);
    const std::uint64_t offset = impl_->file.position();
    directory += endRecords(impl_->members.size(), offset, directory.size());
    if (Result<void> written = impl_->write(std::as_bytes(std::span(directory))); !written)
        return written;
    return impl_->file.commit();
}

} // namespace fastcar
