// SPDX-License-Identifier: Apache-2.0
#include "engine/media/png_chunks.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace fastcar {

namespace {

constexpr std::size_t signatureBytes = pngSignature.size();
constexpr std::size_t headerChunkBytes = 12 + 13; // length, type, IHDR's fields, CRC

std::uint32_t bigEndian32(const std::uint8_t *bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
           static_cast<std::uint32_t>(bytes[2]) << 8 | static_cast<std::uint32_t>(bytes[3]);
}

void appendBigEndian32(std::vector<std::uint8_t> &bytes, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

struct Chunk {
    std::string_view type;
    std::string_view data;
    std::size_t bytes = 0; // of the whole chunk
};

/// The chunk at `offset`, if it is whole and its checksum is right.
std::optional<Chunk> chunkAt(std::span<const std::uint8_t> png, std::size_t offset)
{
    if (offset > png.size() || png.size() - offset < 12)
        return std::nullopt;
    const std::size_t length = bigEndian32(png.data() + offset);
    if (length > png.size() - offset - 12)
        return std::nullopt;
    const std::uint8_t *type = png.data() + offset + 4;
    const auto crc = static_cast<std::uint32_t>(crc32_z(0, type, 4 + length));
    if (crc != bigEndian32(type + 4 + length))
        return std::nullopt;
    const char *text = reinterpret_cast<const char *>(type);
    return Chunk{{text, 4}, {text + 4, length}, 12 + length};
}

void appendText(std::vector<std::uint8_t> &bytes, const PngText &text)
{
    const bool ascii =
        std::ranges::all_of(text.text, [](char c) { return static_cast<unsigned char>(c) < 128; });
    // iTXt has, between keyword and text: not compressed (two bytes), no language, no translated keyword.
    std::string body = (ascii ? "tEXt" : "iTXt") + text.keyword + '\0';
    if (!ascii)
        body.append(4, '\0');
    body += text.text.c_str(); // up to a zero byte, which neither kind may hold
    appendBigEndian32(bytes, static_cast<std::uint32_t>(body.size() - 4));
    bytes.insert(bytes.end(), body.begin(), body.end());
    appendBigEndian32(bytes, static_cast<std::uint32_t>(
                                 crc32_z(0, reinterpret_cast<const Bytef *>(body.data()), body.size())));
}

/// What stands up to the next zero byte; takes it and the zero byte off `rest`.
std::optional<std::string_view> takeField(std::string_view &rest)
{
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view field = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return field;
}

std::optional<PngText> textOf(const Chunk &chunk)
{
    std::string_view rest = chunk.data;
    if (chunk.type != "tEXt" && chunk.type != "iTXt")
        return std::nullopt;
    const auto keyword = takeField(rest);
    if (!keyword)
        return std::nullopt;
    if (chunk.type == "iTXt") {
        if (rest.size() < 2 || rest[0] != 0)
            return std::nullopt;
        rest.remove_prefix(2);
        if (!takeField(rest) || !takeField(rest))
            return std::nullopt;
    }
    return PngText{std::string(*keyword), std::string(rest)};
}

} // namespace

Result<void> insertPngTexts(std::vector<std::uint8_t> &png, std::span<const PngText> texts)
{
    const std::string_view start(reinterpret_cast<const char *>(png.data()),
                                 std::min(png.size(), signatureBytes));
    const auto header = start == pngSignature ? chunkAt(png, signatureBytes) : std::nullopt;
    if (!header || header->type != "IHDR" || header->bytes != headerChunkBytes)
        return Error{ErrorKind::Corrupt,
                     "A picture that was to carry the settings does not start as a PNG file."};
    std::vector<std::uint8_t> chunks;
    for (const PngText &text : texts)
        appendText(chunks, text);
    const auto place = png.begin() + static_cast<std::ptrdiff_t>(signatureBytes + headerChunkBytes);
    png.insert(place, chunks.begin(), chunks.end());
    return {};
}

std::vector<PngText> readPngTexts(std::span<const std::uint8_t> png)
{
    std::vector<PngText> texts;
    std::size_t offset = signatureBytes;
    while (const auto chunk = chunkAt(png, offset)) {
        if (auto text = textOf(*chunk))
            texts.push_back(std::move(*text));
        offset += chunk->bytes;
    }
    return texts;
}

bool isAnimatedPng(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(signatureBytes));
    std::array<char, 8> head{};
    while (stream.read(head.data(), 8)) {
        const std::string_view type(head.data() + 4, 4);
        if (type == "acTL" || type == "IDAT" || type == "IEND")
            return type == "acTL";
        stream.seekg(bigEndian32(reinterpret_cast<const std::uint8_t *>(head.data())) + std::streamoff{4},
                     std::ios::cur);
    }
    return false;
}

} // namespace fastcar
