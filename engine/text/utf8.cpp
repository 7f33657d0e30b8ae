// SPDX-License-Identifier: Apache-2.0
#include "engine/text/utf8.h"

#include <array>
#include <cstdint>

namespace fastcar {

namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0; // 0: not a character
};

Character characterAt(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes)
        return {};
    char32_t code = lead & (0x7fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80)
            return {};
        code = code << 6 | (byte & 0x3fu);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (code < least[bytes] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return {};
    return {code, bytes};
}

bool isBlank(char32_t code)
{
    return (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x20) || code == 0x85 || code == 0xa0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
           code == 0x202f || code == 0x205f || code == 0x3000;
}

} // namespace

std::optional<std::size_t> firstInvalidUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const Character character = characterAt(text.substr(at));
        if (character.bytes == 0)
            return at;
        at += character.bytes;
    }
    return std::nullopt;
}

std::string_view stripBlanks(std::string_view text)
{
    while (!text.empty()) {
        const Character character = characterAt(text);
        if (character.bytes == 0 || !isBlank(character.code))
            break;
        text.remove_prefix(character.bytes);
    }
    std::size_t end = 0; // behind the last character that is no blank
    for (std::size_t at = 0; at < text.size();) {
        const Character character = characterAt(text.substr(at));
        at += character.bytes == 0 ? 1 : character.bytes;
        if (character.bytes == 0 || !isBlank(character.code))
            end = at;
    }
    return text.substr(0, end);
}

} // namespace fastcar
