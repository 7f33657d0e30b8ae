// SPDX-License-Identifier: Apache-2.0
#include "engine/base/pending_file.h"
#include "engine/tensor/npy_header.h"
#include "engine/tensor/zip_directory.h"
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
    const std::string directory = zip::directory(impl_->members, impl_->file.position());
    if (Result<void> written = impl_->write(std::as_bytes(std::span(directory))); !written)
        return written;
    return impl_->file.commit();
}

} // namespace fastcar
