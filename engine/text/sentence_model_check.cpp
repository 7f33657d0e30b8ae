// SPDX-License-Identifier: Apache-2.0
#include "engine/text/sentence_model_check.h"

#include <cstdint>

namespace fastcar {

namespace {

// Of sentencepiece_model.proto.
constexpr std::uint64_t trainerSpec = 2;
constexpr std::uint64_t normalizerSpec = 3;
constexpr std::uint64_t denormalizerSpec = 5;
constexpr std::uint64_t modelType = 3; // of TrainerSpec
constexpr std::uint64_t charsMap = 2;  // of NormalizerSpec: precompiled_charsmap
constexpr std::uint64_t unigram = 1;   // what a model is that does not say
constexpr std::uint64_t bpe = 2;

struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0; // of a varint
    std::string_view bytes;  // of a message, text or byte string
};

/// Walks the fields of a message, as protobuf writes them.
class Message {
public:
    explicit Message(std::string_view bytes)
        : rest_(bytes)
    {
    }

    /// False at the end, or where the bytes are no protobuf: ask damaged() which.
    bool next(Field &field)
    {
        if (rest_.empty() || damaged_)
            return false;
        field = {};
        const std::uint64_t tag = varint();
        field.number = tag >> 3;
        switch (tag & 7) {
        case 0:
            field.value = varint();
            break;
        case 1:
            field.bytes = take(8);
            break;
        case 2:
            field.bytes = take(varint());
            break;
        case 5:
            field.bytes = take(4);
            break;
        default:
            damaged_ = true;
        }
        return !damaged_;
    }
    bool damaged() const { return damaged_; }

private:
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty())
                break;
            const auto byte = static_cast<unsigned char>(rest_[0]);
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        damaged_ = true;
        return 0;
    }
    std::string_view take(std::uint64_t size)
    {
        if (damaged_ || size > rest_.size()) {
            damaged_ = true;
            return {};
        }
        const std::string_view bytes = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(bytes.size());
        return bytes;
    }

    std::string_view rest_;
    bool damaged_ = false;
};

struct Findings {
    std::uint64_t type = unigram;
    bool hasCharsMap = false;
    bool damaged = false;
};

// A message that is given several times is merged, so all of them are looked at; of a number the last one
// counts.
void inspectTrainer(Message message, Findings &findings)
{
    Field field;
    while (message.next(field))
        if (field.number == modelType)
            findings.type = field.value;
    findings.damaged |= message.damaged();
}

void inspectNormalizer(Message message, Findings &findings)
{
    Field field;
    while (message.next(field))
        if (field.number == charsMap && !field.bytes.empty())
            findings.hasCharsMap = true;
    findings.damaged |= message.damaged();
}

Findings inspect(std::string_view bytes)
{
    Findings findings;
    Message model(bytes);
    Field field;
    while (model.next(field)) {
        if (field.number == trainerSpec)
            inspectTrainer(Message(field.bytes), findings);
        else if (field.number == normalizerSpec || field.number == denormalizerSpec)
            inspectNormalizer(Message(field.bytes), findings);
    }
    findings.damaged |= model.damaged();
    return findings;
}

} // namespace

Result<void> checkSentenceModel(std::string_view bytes, const std::string &file)
{
    const Findings findings = inspect(bytes);
    if (bytes.empty() || findings.damaged)
        return Error{ErrorKind::Corrupt, file + " is not a SentencePiece model, or is cut short."};
    if (findings.type != bpe)
        return Error{ErrorKind::Unsupported, file + " is a SentencePiece model of type " +
                                                 std::to_string(findings.type) +
                                                 "; Llama's type, 2 (byte-pair encoding), expected."};
    if (findings.hasCharsMap)
        return Error{ErrorKind::Unsupported,
                     file + " rewrites the text before cutting it (normalisation); Llama's identity "
                            "expected. Train with normalization_rule_name=identity."};
    return {};
}

} // namespace fastcar
