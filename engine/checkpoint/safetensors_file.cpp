// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/safetensors_file.h"

#include "engine/checkpoint/safetensors_header.h"

#include <algorithm>

namespace fastcar {

namespace {

constexpr std::uint64_t maxHeaderBytes = 100'000'000; // the format's own limit
constexpr std::size_t lengthBytes = 8;

/// Where the tensors' bytes begin, or why the header cannot be where it says.
Result<std::size_t> dataStart(std::span<const std::byte> bytes, const std::string &file)
{
    if (bytes.size() < lengthBytes)
        return Error{ErrorKind::Corrupt,
                     file + " has " + std::to_string(bytes.size()) +
                         " bytes; a safetensors file begins with 8 bytes of header length."};
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        length |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    if (length > maxHeaderBytes || length > bytes.size() - lengthBytes)
        return Error{ErrorKind::Corrupt, file + " announces a header of " + std::to_string(length) +
                                             " bytes; the file has " + std::to_string(bytes.size()) +
                                             " and the format allows " + std::to_string(maxHeaderBytes) +
                                             ". Is it cut short, or another kind of file?"};
    return lengthBytes + static_cast<std::size_t>(length);
}

/// Sorted by their bytes, the tensors must fill what is behind the header exactly.
Result<void> checkRanges(std::vector<SafetensorsEntry> &entries, std::uint64_t dataBytes,
                         const std::string &file)
{
    std::sort(entries.begin(), entries.end(), [](const SafetensorsEntry &a, const SafetensorsEntry &b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    std::uint64_t reached = 0;
    const SafetensorsEntry *before = nullptr;
    for (const SafetensorsEntry &entry : entries) {
        if (entry.end > dataBytes)
            return Error{ErrorKind::Corrupt, file + ": tensor " + entry.name + " ends at byte " +
                                                 std::to_string(entry.end) +
                                                 " of the data, of which the file holds " +
                                                 std::to_string(dataBytes) + ". Is it cut short?"};
        if (entry.begin < reached)
            return Error{ErrorKind::Corrupt, file + ": tensor " + entry.name + " begins at byte " +
                                                 std::to_string(entry.begin) + " of the data and overlaps " +
                                                 before->name + ", which ends at " + std::to_string(reached) +
                                                 "."};
        if (entry.begin > reached)
            return Error{ErrorKind::Corrupt, file + ": " + std::to_string(entry.begin - reached) +
                                                 " bytes before tensor " + entry.name +
                                                 " belong to no tensor."};
        reached = entry.end;
        before = &entry;
    }
    if (reached != dataBytes)
        return Error{ErrorKind::Corrupt, file + ": " + std::to_string(dataBytes - reached) +
                                             " bytes at the end belong to no tensor."};
    return {};
}

} // namespace

SafetensorsFile::SafetensorsFile(MappedFile mapping)
    : mapping_(std::move(mapping))
{
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path &path)
{
    const std::string file = path.string();
    Result<MappedFile> mapping = MappedFile::open(path);
    if (!mapping)
        return mapping.error();
    const Result<std::size_t> start = dataStart(mapping->bytes(), file);
    if (!start)
        return start.error();
    Result<std::vector<SafetensorsEntry>> entries =
        parseSafetensorsHeader(mapping->text().substr(lengthBytes, *start - lengthBytes), file);
    if (!entries)
        return entries.error();
    const std::span<const std::byte> data = mapping->bytes().subspan(*start);
    if (Result<void> checked = checkRanges(*entries, data.size(), file); !checked)
        return checked.error();
    SafetensorsFile result(std::move(*mapping));
    result.entries_.reserve(entries->size());
    for (SafetensorsEntry &entry : *entries)
        result.entries_.push_back(
            {std::move(entry.name), TensorView{data.data() + entry.begin, entry.type, entry.shape}});
    return result;
}

} // namespace fastcar
