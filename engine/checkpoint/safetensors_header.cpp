// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/safetensors_header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace fastcar {

namespace {

using nlohmann::json;

struct TypeName {
    std::string_view text;
    DType type;
};
constexpr std::array typeNames{
    TypeName{"F32", DType::F32},   TypeName{"F16", DType::F16}, TypeName{"BF16", DType::BF16},
    TypeName{"F64", DType::F64},   TypeName{"I64", DType::I64}, TypeName{"I32", DType::I32},
    TypeName{"I16", DType::I16},   TypeName{"I8", DType::I8},   TypeName{"U8", DType::U8},
    TypeName{"BOOL", DType::Bool},
};

std::string cut(const std::string &text)
{
    return text.size() > 120 ? text.substr(0, 120) + "..." : text;
}

/// What the parser of the JSON library calls. Each function says whether to go on; the reason not to is in
/// `error`.
class HeaderReader {
public:
    explicit HeaderReader(const std::string &file)
        : file_(file)
    {
    }

    std::vector<SafetensorsEntry> entries;
    std::optional<Error> error;

    bool null() { return unexpected("null"); }
    bool boolean(bool) { return unexpected("true or false"); }
    bool number_float(json::number_float_t, const std::string &text)
    {
        return unexpected("the number " + text);
    }
    bool binary(json::binary_t &) { return unexpected("binary data"); }
    bool number_integer(json::number_integer_t value)
    {
        // Only negative numbers come this way.
        return unexpected("the number " + std::to_string(value));
    }

    bool number_unsigned(json::number_unsigned_t value)
    {
        if (state_ == State::InShape) {
            if (value > INT64_MAX)
                return fail(ErrorKind::Corrupt, "has an extent of " + std::to_string(value) + ".");
            if (entry_.shape.rank() == Shape::maxRank)
                return fail(ErrorKind::Unsupported,
                            "has more than " + std::to_string(Shape::maxRank) + " dimensions.");
            entry_.shape.append(static_cast<std::int64_t>(value));
            return true;
        }
        if (state_ == State::InOffsets && offsets_ < 2) {
            (offsets_++ == 0 ? entry_.begin : entry_.end) = value;
            return true;
        }
        return unexpected("the number " + std::to_string(value));
    }

    bool string(std::string &text)
    {
        if (state_ == State::MetadataValue) {
            state_ = State::InMetadata;
            return true;
        }
        if (state_ != State::Dtype)
            return unexpected("the text \"" + cut(text) + "\"");
        const auto *known = std::find_if(typeNames.begin(), typeNames.end(),
                                         [&](const TypeName &candidate) { return candidate.text == text; });
        if (known == typeNames.end())
            return fail(ErrorKind::Unsupported,
                        "has the type \"" + cut(text) +
                            "\"; F32, F16, BF16, F64, I64, I32, I16, I8, U8 or BOOL expected.");
        entry_.type = known->type;
        state_ = State::InTensor;
        return true;
    }

    bool start_object(std::size_t)
    {
        switch (state_) {
        case State::Start:
            state_ = State::Top;
            return true;
        case State::TensorValue:
            state_ = State::InTensor;
            return true;
        case State::MetadataStart:
            state_ = State::InMetadata;
            return true;
        default:
            return unexpected("an object");
        }
    }

    bool key(std::string &text)
    {
        switch (state_) {
        case State::Top:
            if (text == "__metadata__") {
                state_ = State::MetadataStart;
                return true;
            }
            entry_ = SafetensorsEntry{};
            entry_.name = text;
            hasType_ = hasShape_ = hasOffsets_ = false;
            state_ = State::TensorValue;
            return names_.insert(text).second || fail(ErrorKind::Corrupt, "is listed twice.");
        case State::InTensor:
            if (text == "dtype")
                return field(hasType_, State::Dtype, text);
            if (text == "shape")
                return field(hasShape_, State::Shape, text);
            if (text == "data_offsets")
                return field(hasOffsets_, State::Offsets, text);
            return fail(ErrorKind::Corrupt, "has the unknown field \"" + cut(text) + "\".");
        case State::InMetadata:
            state_ = State::MetadataValue;
            return true;
        default:
            return unexpected("the key \"" + cut(text) + "\"");
        }
    }

    bool end_object()
    {
        if (state_ == State::InTensor)
            return endTensor();
        state_ = state_ == State::InMetadata ? State::Top : State::Done;
        return true;
    }

    bool start_array(std::size_t)
    {
        if (state_ != State::Shape && state_ != State::Offsets)
            return unexpected("an array");
        state_ = state_ == State::Shape ? State::InShape : State::InOffsets;
        offsets_ = 0;
        return true;
    }

    bool end_array()
    {
        if (state_ == State::InOffsets && offsets_ != 2)
            return fail(ErrorKind::Corrupt,
                        "has " + std::to_string(offsets_) + " data_offsets; two expected.");
        state_ = State::InTensor;
        return true;
    }

    template <typename Exception>
    bool parse_error(std::size_t position, const std::string &, const Exception &)
    {
        if (!error)
            error = Error{ErrorKind::Corrupt, file_ + ": the header is not valid JSON at its byte " +
                                                  std::to_string(position) + "."};
        return false;
    }

private:
    enum class State {
        Start,
        Top,
        TensorValue,
        InTensor,
        Dtype,
        Shape,
        InShape,
        Offsets,
        InOffsets,
        MetadataStart,
        InMetadata,
        MetadataValue,
        Done,
    };

    bool fail(ErrorKind kind, const std::string &what)
    {
        error = Error{kind, file_ + ": tensor " + cut(entry_.name) + " " + what};
        return false;
    }

    bool unexpected(const std::string &found)
    {
        if (state_ == State::MetadataStart || state_ == State::MetadataValue)
            error = Error{ErrorKind::Corrupt,
                          file_ + ": __metadata__ holds " + found + "; an object of texts expected."};
        else if (state_ == State::Start)
            error = Error{ErrorKind::Corrupt, file_ + ": the header is " + found + "; an object expected."};
        else
            return fail(ErrorKind::Corrupt,
                        std::string("has ") + found + " where " + expectedNow() + " belongs.");
        return false;
    }

    const char *expectedNow() const
    {
        switch (state_) {
        case State::TensorValue:
            return "an object of dtype, shape and data_offsets";
        case State::Dtype:
            return "the text of a dtype";
        case State::Shape:
            return "the array of a shape";
        case State::InShape:
            return "an extent, a whole number from 0,";
        case State::Offsets:
            return "the array of two data_offsets";
        case State::InOffsets:
            return "one of two data_offsets, whole numbers from 0,";
        default:
            return "something else";
        }
    }

    bool field(bool &seen, State next, const std::string &name)
    {
        if (seen)
            return fail(ErrorKind::Corrupt, "has " + name + " twice.");
        seen = true;
        state_ = next;
        return true;
    }

    bool endTensor()
    {
        if (!hasType_ || !hasShape_ || !hasOffsets_)
            return fail(ErrorKind::Corrupt, "lacks dtype, shape or data_offsets.");
        auto bytes = static_cast<std::int64_t>(byteSize(entry_.type));
        for (int axis = 0; axis < entry_.shape.rank(); ++axis)
            if (__builtin_mul_overflow(bytes, entry_.shape[axis], &bytes))
                return fail(ErrorKind::Corrupt, "has the shape " + toString(entry_.shape) +
                                                    ", more elements than can be counted.");
        if (entry_.end < entry_.begin || entry_.end - entry_.begin != static_cast<std::uint64_t>(bytes))
            return fail(ErrorKind::Corrupt,
                        "takes " + std::to_string(bytes) + " bytes by its shape " + toString(entry_.shape) +
                            " of " + fastcar::name(entry_.type) + ", but its data_offsets are [" +
                            std::to_string(entry_.begin) + ", " + std::to_string(entry_.end) + "].");
        entries.push_back(entry_);
        state_ = State::Top;
        return true;
    }

    const std::string &file_;
    State state_ = State::Start;
    SafetensorsEntry entry_;
    bool hasType_ = false;
    bool hasShape_ = false;
    bool hasOffsets_ = false;
    int offsets_ = 0;
    std::unordered_set<std::string> names_;
};

} // namespace

Result<std::vector<SafetensorsEntry>> parseSafetensorsHeader(std::string_view text, const std::string &file)
{
    HeaderReader reader(file);
    if (!json::sax_parse(text.begin(), text.end(), &reader))
        return reader.error.value_or(Error{ErrorKind::Corrupt, file + ": the header cannot be read."});
    return std::move(reader.entries);
}

} // namespace fastcar
