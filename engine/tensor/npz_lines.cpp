// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/npz_lines.h"

#include "engine/tensor/npy_header.h"
#include "engine/tensor/zip_directory.h"
#include "engine/tensor/zip_format.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace fastcar {

namespace {

constexpr std::uint64_t bytesInMemory = std::uint64_t{1} << 20; // for an array
constexpr std::uint64_t longestBlock = std::uint64_t{1} << 16;

} // namespace

NpzLines::NpzLines(PendingFile file)
    : file_(std::move(file))
{
}

Result<NpzLines> NpzLines::create(const std::filesystem::path &file, std::span<const Array> arrays)
{
    auto pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    NpzLines npz(std::move(*pending));
    for (const Array &array : arrays)
        if (auto added = npz.add(array); !added)
            return added.error();
    return npz;
}

Result<void> NpzLines::add(const Array &array)
{
    std::uint64_t bytes = byteSize(array.type);
    for (const std::int64_t extent : array.shape)
        bytes *= static_cast<std::uint64_t>(extent);
    auto header = npyHeader(array.name, array.type, array.shape, bytes);
    if (!header)
        return header.error();
    const auto lines = static_cast<std::uint64_t>(array.lines);
    assert(lines > 0 && bytes % lines == 0 && bytes / lines % byteSize(array.type) == 0);
    Growing growing;
    growing.member.name = array.name + ".npy";
    growing.member.size = growing.member.compressedSize = header->size() + bytes;
    growing.member.headerOffset = end_;
    growing.header = std::move(*header);
    growing.offset = end_ + zip::localHeader(growing.member).size() + growing.header.size();
    growing.lineBytes = bytes / lines;
    const std::uint64_t block = std::clamp<std::uint64_t>(bytesInMemory / lines, 64, longestBlock);
    growing.blockBytes = static_cast<std::size_t>(std::min(block, growing.lineBytes));
    growing.lines.resize(static_cast<std::size_t>(lines));
    growing.blocks.resize(growing.lines.size() * growing.blockBytes);
    end_ = growing.offset + bytes;
    arrays_.push_back(std::move(growing));
    return {};
}

void NpzLines::append(std::size_t array, std::int64_t line, std::span<const std::byte> elements)
{
    Growing &growing = arrays_[array];
    const auto number = static_cast<std::size_t>(line);
    Line &at = growing.lines[number];
    std::byte *const block = growing.blocks.data() + number * growing.blockBytes;
    assert(at.written + at.held + elements.size() <= growing.lineBytes);
    while (!elements.empty()) {
        const std::size_t taken = std::min(elements.size(), growing.blockBytes - at.held);
        std::memcpy(block + at.held, elements.data(), taken);
        at.held += taken;
        elements = elements.subspan(taken);
        if (at.held == growing.blockBytes)
            flush(growing, number);
    }
}

void NpzLines::flush(Growing &array, std::size_t line)
{
    Line &at = array.lines[line];
    const std::span<const std::byte> bytes(array.blocks.data() + line * array.blockBytes, at.held);
    at.crc = static_cast<std::uint32_t>(zip::addToCrc(at.crc, bytes));
    write(array.offset + line * array.lineBytes + at.written, bytes);
    at.written += at.held;
    at.held = 0;
}

void NpzLines::write(std::uint64_t position, std::span<const std::byte> bytes)
{
    if (error_)
        return;
    if (auto written = file_.writeAt(position, bytes); !written)
        error_ = written.error();
}

Result<void> NpzLines::state() const
{
    return error_ ? Result<void>(*error_) : Result<void>();
}

/// What is known of an array only when all of it is there: its checksum, put together from those of its
/// lines.
Result<void> NpzLines::finish(Growing &array)
{
    uLong crc = zip::addToCrc(0, std::as_bytes(std::span(array.header)));
    const uLong combining = crc32_combine_gen(static_cast<z_off_t>(array.lineBytes));
    for (std::size_t line = 0; line < array.lines.size(); ++line) {
        flush(array, line);
        if (array.lines[line].written != array.lineBytes)
            return Error{ErrorKind::BadInput,
                         "Array '" + array.member.name + "' for '" + file_.name().string() +
                             "' is not full: " + std::to_string(array.lines[line].written) + " of " +
                             std::to_string(array.lineBytes) + " bytes of line " + std::to_string(line) +
                             "."};
        crc = crc32_combine_op(crc, array.lines[line].crc, combining);
    }
    array.member.crc = static_cast<std::uint32_t>(crc);
    const std::string header = zip::localHeader(array.member) + array.header;
    write(array.member.headerOffset, std::as_bytes(std::span(header)));
    return {};
}

Result<void> NpzLines::close()
{
    std::vector<ZipMember> members;
    for (Growing &array : arrays_) {
        if (auto finished = finish(array); !finished)
            return finished;
        members.push_back(array.member);
    }
    const std::string directory = zip::directory(members, end_);
    write(end_, std::as_bytes(std::span(directory)));
    return error_ ? Result<void>(*error_) : file_.commit();
}

} // namespace fastcar
