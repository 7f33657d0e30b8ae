// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/npy_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace fastcar {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t maxRank = 32;          // numpy's own limit
constexpr std::size_t maxHeader = 64 * 1024; // a plain array's dictionary is some 100 bytes long

struct TypeName {
    std::string_view descr;
    DType type;
};
constexpr std::array typeNames{
    TypeName{"<f4", DType::F32}, TypeName{"<f2", DType::F16}, TypeName{"<f8", DType::F64},
    TypeName{"<i8", DType::I64}, TypeName{"<i4", DType::I32}, TypeName{"<i2", DType::I16},
    TypeName{"|i1", DType::I8},  TypeName{"|u1", DType::U8},  TypeName{"|b1", DType::Bool},
};

/// Bytes that a shape takes, or nothing where the product leaves 63 bits.
std::optional<std::uint64_t> bytesOf(std::span<const std::int64_t> shape, DType type)
{
    std::int64_t bytes = static_cast<std::int64_t>(byteSize(type));
    for (std::int64_t extent : shape)
        if (extent < 0 || __builtin_mul_overflow(bytes, extent, &bytes))
            return std::nullopt;
    return static_cast<std::uint64_t>(bytes);
}

/// The few words of Python that such a dictionary is made of. Every take...() skips blanks, eats what it
/// found and otherwise leaves the text where it was.
class Literal {
public:
    explicit Literal(std::string_view text)
        : rest_(text)
    {
    }

    bool take(std::string_view word)
    {
        skipBlanks();
        if (!rest_.starts_with(word))
            return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    std::optional<std::string_view> takeString()
    {
        skipBlanks();
        if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"'))
            return std::nullopt;
        const std::size_t end = rest_.find(rest_[0], 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view text = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return text;
    }
    std::optional<std::int64_t> takeInteger()
    {
        skipBlanks();
        std::int64_t value = 0;
        std::size_t digits = 0;
        for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits)
            if (__builtin_mul_overflow(value, 10, &value) ||
                __builtin_add_overflow(value, rest_[digits] - '0', &value))
                return std::nullopt;
        if (digits == 0)
            return std::nullopt;
        rest_.remove_prefix(digits);
        take("L"); // Python 2 wrote 3L
        return value;
    }
    /// (), (3,), (3, 4)
    std::optional<std::vector<std::int64_t>> takeTuple()
    {
        std::vector<std::int64_t> numbers;
        if (!take("("))
            return std::nullopt;
        while (!take(")")) {
            const std::optional<std::int64_t> number = takeInteger();
            if (!number || numbers.size() == maxRank)
                return std::nullopt;
            numbers.push_back(*number);
            if (!take(",") && !rest_.starts_with(")"))
                return std::nullopt;
        }
        return numbers;
    }
    bool atEnd()
    {
        skipBlanks();
        return rest_.empty();
    }
    std::string_view rest() const { return rest_; }

private:
    void skipBlanks()
    {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\t'))
            rest_.remove_prefix(1);
    }
    std::string_view rest_;
};

struct Dictionary {
    std::optional<std::string_view> descr;
    std::optional<bool> fortranOrder;
    std::optional<std::vector<std::int64_t>> shape;
};

std::optional<Dictionary> parseDictionary(std::string_view text)
{
    Literal literal(text);
    Dictionary found;
    if (!literal.take("{"))
        return std::nullopt;
    while (!literal.take("}")) {
        const std::optional<std::string_view> key = literal.takeString();
        if (!key || !literal.take(":"))
            return std::nullopt;
        if (*key == "descr" && !found.descr) {
            found.descr = literal.takeString();
            if (!found.descr) {
                // A list: a structured type, which we have no name for.
                found.descr = "structured";
                return found;
            }
        } else if (*key == "fortran_order" && !found.fortranOrder) {
            if (literal.take("True"))
                found.fortranOrder = true;
            else if (literal.take("False"))
                found.fortranOrder = false;
            else
                return std::nullopt;
        } else if (*key == "shape" && !found.shape) {
            found.shape = literal.takeTuple();
            if (!found.shape)
                return std::nullopt;
        } else {
            return std::nullopt;
        }
        if (!literal.take(",") && !literal.rest().starts_with("}"))
            return std::nullopt;
    }
    return literal.atEnd() ? std::optional(found) : std::nullopt;
}

Error corrupt(const ByteSource &source, const std::string &what)
{
    return Error{ErrorKind::Corrupt, source.name() + " is not a numpy array that can be read: " + what};
}

/// The dictionary's text, behind magic, version and length.
Result<std::string> readDictionaryText(ByteSource &source)
{
    std::array<char, 8> start{};
    if (source.remaining() < start.size())
        return corrupt(source, "it ends before the format's first 8 bytes.");
    if (Result<void> read = source.read(std::as_writable_bytes(std::span(start))); !read)
        return read.error();
    if (std::string_view(start.data(), magic.size()) != magic)
        return corrupt(source, "it does not begin with \\x93NUMPY.");
    const int version = start[6];
    if (version != 1 && version != 2)
        return Error{ErrorKind::Unsupported, source.name() + " has version " + std::to_string(version) +
                                                 " of numpy's format; versions 1 and 2 can be read."};
    std::array<unsigned char, 4> lengthBytes{};
    const std::size_t lengthSize = version == 1 ? 2 : 4;
    if (source.remaining() < lengthSize)
        return corrupt(source, "it ends within its header.");
    if (Result<void> read = source.read(std::as_writable_bytes(std::span(lengthBytes).first(lengthSize)));
        !read)
        return read.error();
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthSize; ++i)
        length |= static_cast<std::size_t>(lengthBytes[i]) << (8 * i);
    if (length > maxHeader || length > source.remaining())
        return corrupt(source, "its header claims " + std::to_string(length) + " bytes, " +
                                   std::to_string(std::min<std::uint64_t>(source.remaining(), maxHeader)) +
                                   " are possible.");
    std::string text(length, '\0');
    if (Result<void> read = source.read(std::as_writable_bytes(std::span(text))); !read)
        return read.error();
    return text;
}

} // namespace

Result<NpyHeader> readNpyHeader(ByteSource &source)
{
    const Result<std::string> text = readDictionaryText(source);
    if (!text)
        return text.error();
    const std::optional<Dictionary> dictionary = parseDictionary(*text);
    if (!dictionary)
        return corrupt(
            source, "its header is not the dictionary of descr, fortran_order and shape that it should be.");
    if (!dictionary->descr)
        return corrupt(source, "its header has no descr.");
    const auto *named = std::find_if(typeNames.begin(), typeNames.end(), [&](const TypeName &known) {
        return known.descr == *dictionary->descr;
    });
    if (named == typeNames.end())
        return Error{
            ErrorKind::Unsupported,
            source.name() + " has elements of type '" + std::string(dictionary->descr->substr(0, 40)) +
                "'; little-endian numbers of 8 to 64 bits can be read (f2, f4, f8, i1, i2, i4, i8, u1, b1)."};
    if (!dictionary->fortranOrder || !dictionary->shape)
        return corrupt(source, "its header lacks fortran_order or shape.");
    if (*dictionary->fortranOrder)
        return Error{ErrorKind::Unsupported,
                     source.name() + " is in Fortran order; save it with numpy.ascontiguousarray first."};
    const std::optional<std::uint64_t> bytes = bytesOf(*dictionary->shape, named->type);
    if (!bytes)
        return corrupt(source, "its shape has more elements than can be counted.");
    return NpyHeader{named->type, *dictionary->shape, *bytes};
}

Result<std::string> npyHeader(const std::string &name, DType type, std::span<const std::int64_t> shape,
                              std::uint64_t dataBytes)
{
    const auto *known = std::find_if(typeNames.begin(), typeNames.end(),
                                     [&](const TypeName &candidate) { return candidate.type == type; });
    if (known == typeNames.end())
        return Error{ErrorKind::Unsupported, "Array '" + name + "' has type " + fastcar::name(type) +
                                                 ", which numpy does not know; convert it to f32 first."};
    const std::optional<std::uint64_t> bytes = bytesOf(shape, type);
    if (shape.size() > maxRank || !bytes || *bytes != dataBytes)
        return Error{ErrorKind::BadInput, "Array '" + name + "' has " + std::to_string(dataBytes) +
                                              " bytes, its shape and type take " +
                                              (bytes ? std::to_string(*bytes) : "more than can be counted") +
                                              "."};
    std::string text = "{'descr': '" + std::string(known->descr) + "', 'fortran_order': False, 'shape': (";
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        text += (axis ? ", " : "") + std::to_string(shape[axis]);
    text += shape.size() == 1 ? ",), }" : "), }";
    const std::size_t before = magic.size() + 4;
    text.append((64 - (before + text.size() + 1) % 64) % 64, ' ');
    text += '\n';
    std::string header(magic);
    header += {'\x01', '\x00', static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
    return header + text;
}

Result<NpyArray> readNpyArray(ByteSource &source)
{
    Result<NpyHeader> header = readNpyHeader(source);
    if (!header)
        return header.error();
    if (header->dataBytes != source.remaining())
        return corrupt(source, "its shape and type take " + std::to_string(header->dataBytes) +
                                   " bytes of elements, it holds " + std::to_string(source.remaining()) +
                                   ".");
    NpyArray array{header->type, std::move(header->shape), {}};
    // Grows with what really arrives: what a compressed member claims costs no memory until it has been
    // inflated.
    std::uint64_t missing = header->dataBytes;
    while (missing > 0) {
        const std::size_t have = array.data.size();
        const std::size_t step =
            static_cast<std::size_t>(std::min<std::uint64_t>(missing, std::max<std::size_t>(have, 1 << 20)));
        array.data.resize(have + step);
        if (Result<void> read = source.read(std::span(array.data).subspan(have)); !read)
            return read.error();
        missing -= step;
    }
    return array;
}

} // namespace fastcar
