// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/zip_directory.h"

#include "engine/tensor/zip_format.h"

namespace fastcar::zip {

namespace {

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

std::string directory(std::span<const ZipMember> members, std::uint64_t offset)
{
    std::string text;
    for (const ZipMember &member : members)
        text += centralHeader(member);
    return text + endRecords(members.size(), offset, text.size());
}

} // namespace fastcar::zip
