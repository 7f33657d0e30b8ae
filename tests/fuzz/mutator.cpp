// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <array>
#include <string_view>

std::size_t Mutator::below(std::size_t bound)
{
    return bound == 0 ? 0 : static_cast<std::size_t>(random_() % bound);
}

std::string Mutator::mutate(std::string bytes, std::size_t head)
{
    const std::size_t changes = below(2) == 0 ? 1 : 1 + below(4);
    for (std::size_t i = 0; i < changes; ++i)
        change(bytes, head);
    return bytes;
}

std::size_t Mutator::place(const std::string &bytes, std::size_t head)
{
    const std::size_t size = below(5) == 0 ? bytes.size() : std::min(bytes.size(), head);
    return below(size);
}

void Mutator::change(std::string &bytes, std::size_t head)
{
    if (bytes.empty()) {
        bytes.assign(below(64), static_cast<char>(below(256)));
        return;
    }
    const std::size_t at = place(bytes, head);
    const std::size_t length = std::min(bytes.size() - at, std::size_t{1} << below(12));
    // Small damage passes more checks and so comes further; it is made more often.
    switch (below(16)) {
    default:
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1u << below(8)));
        break;
    case 1:
        bytes[at] = static_cast<char>(below(256));
        break;
    case 2:
        bytes.resize(at);
        break;
    case 3:
        bytes.erase(at, length);
        break;
    case 4:
        bytes.insert(at, bytes.substr(place(bytes, head), length));
        break;
    case 5:
        bytes.replace(at, length, bytes.substr(place(bytes, head), length));
        break;
    case 6:
        bytes.insert(at, std::string(below(1 << below(14)), static_cast<char>(below(256))));
        break;
    case 7:
    case 8:
        putNumber(bytes, at);
        break;
    case 9:
    case 10:
        putText(bytes, at);
        break;
    }
}

/// A little-endian number of 2, 4 or 8 bytes at the edge of something.
void Mutator::putNumber(std::string &bytes, std::size_t at)
{
    constexpr std::array<std::uint64_t, 12> edges{0,
                                                  1,
                                                  0x7f,
                                                  0xffff,
                                                  0x7fffffff,
                                                  0x80000000,
                                                  0xffffffff,
                                                  0x100000000,
                                                  0x7fffffffffffffff,
                                                  0x8000000000000000,
                                                  0xfffffffffffffff8,
                                                  0xffffffffffffffff};
    const std::uint64_t number = below(4) == 0 ? random_() : edges[below(edges.size())];
    const std::size_t size = std::size_t{2} << below(3);
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
        bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xff);
}

/// What JSON and numpy's headers stumble over, in place of the number, text or bracket that follows.
void Mutator::putText(std::string &bytes, std::size_t at)
{
    constexpr std::array<std::string_view, 24> texts{"0",
                                                     "-1",
                                                     "1e400",
                                                     "4294967296",
                                                     "9223372036854775807",
                                                     "18446744073709551616",
                                                     "0.5",
                                                     "1e-320",
                                                     "null",
                                                     "true",
                                                     "\"\"",
                                                     "[]",
                                                     "{}",
                                                     "[[[[[[[[[[",
                                                     "NaN",
                                                     "\"\\u0000\"",
                                                     "\"\xff\"",
                                                     "{\"a\":1,\"a\":2}",
                                                     "\"../x\"",
                                                     ",",
                                                     "}",
                                                     "]",
                                                     "-0",
                                                     "[1,2,3,4,5,6,7,8]"};
    const std::size_t begin = std::min(bytes.find_first_of("0123456789\"[{", at), bytes.size());
    const std::size_t end = std::min(bytes.find_first_not_of("0123456789.\"[{", begin), bytes.size());
    bytes.replace(begin, end - begin, texts[below(texts.size())]);
}
