// SPDX-License-Identifier: Apache-2.0
//
// The parts of the zip format that .npz files use (PKWARE's APPNOTE.TXT 6.3): signatures, fixed sizes, and
// little-endian numbers in strings of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <zlib.h>

namespace fastcar::zip {

constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t locator64Signature = 0x07064b50;

constexpr std::size_t localSize = 30; // before name and extra field
constexpr std::size_t centralSize = 46;
constexpr std::size_t endSize = 22;
constexpr std::size_t end64Size = 56;
constexpr std::size_t locator64Size = 20;

constexpr std::uint16_t extra64 = 1; // the extra field that holds what does not fit 32 bits
constexpr std::uint16_t full16 = 0xffff;
constexpr std::uint32_t full32 = 0xffffffff;

constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;

constexpr std::uint16_t version64 = 45; // what a reader must know for zip64
constexpr std::uint16_t version20 = 20;

template <typename T>
T number(std::span<const unsigned char> bytes, std::size_t offset)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value |= static_cast<std::uint64_t>(bytes[offset + i]) << (8 * i);
    return static_cast<T>(value);
}
inline std::uint16_t number16(std::span<const unsigned char> bytes, std::size_t offset)
{
    return number<std::uint16_t>(bytes, offset);
}
inline std::uint32_t number32(std::span<const unsigned char> bytes, std::size_t offset)
{
    return number<std::uint32_t>(bytes, offset);
}
inline std::uint64_t number64(std::span<const unsigned char> bytes, std::size_t offset)
{
    return number<std::uint64_t>(bytes, offset);
}

/// Appends `value` in as many bytes as T has.
template <typename T>
void append(std::string &text, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        text += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xff);
}

/// The checksum of what `crc` stands for, followed by `bytes`; it starts as 0.
inline uLong addToCrc(uLong crc, std::span<const std::byte> bytes)
{
    // zlib takes a null pointer, which empty bytes may have, as the wish to start again.
    return bytes.empty() ? crc : crc32_z(crc, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size());
}

} // namespace fastcar::zip
