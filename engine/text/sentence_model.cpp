// SPDX-License-Identifier: Apache-2.0
#include "engine/text/sentence_model.h"

#include "engine/text/sentence_model_check.h"

#include <sentencepiece_processor.h>

#include <exception>
#include <fstream>

namespace fastcar {

namespace {

constexpr std::uintmax_t maxModelBytes = 64 << 20; // LLaMA's 32,000 pieces take 0.5 MB

/// A ModelProto's field 3 (normalizer_spec) with its field 3 (add_dummy_prefix) false. A message that is
/// given twice is merged, so appending these bytes to a model changes this one field.
constexpr std::string_view withoutDummyPrefix("\x1a\x02\x18\x00", 4);

Error corrupt(const std::filesystem::path &file, const std::string &what)
{
    return Error{ErrorKind::Corrupt,
                 file.string() + " is not a SentencePiece model that can be used: " + what};
}

Result<std::string> readBytes(const std::filesystem::path &file)
{
    std::error_code code;
    const std::filesystem::file_status status = std::filesystem::status(file, code);
    if (status.type() == std::filesystem::file_type::not_found)
        return Error{ErrorKind::NotFound,
                     "There is no file " + file.string() + "; it holds the model's vocabulary."};
    if (!std::filesystem::is_regular_file(status))
        return Error{ErrorKind::Io, file.string() + " is not a regular file."};
    const std::uintmax_t size = std::filesystem::file_size(file, code);
    if (size > maxModelBytes)
        return corrupt(file, std::to_string(size) + " bytes are more than a vocabulary needs (" +
                                 std::to_string(maxModelBytes) + ").");
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::ifstream stream(file, std::ios::binary);
    if (code || !stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        return Error{ErrorKind::Io, "Cannot read " + file.string() + "; may this user read it?"};
    return bytes;
}

/// Why the library does not take the model; empty if it does. Parts of it report by throwing.
std::string load(sentencepiece::SentencePieceProcessor &processor, const std::string &model)
{
    try {
        const auto status = processor.LoadFromSerializedProto(model);
        return status.ok() ? std::string() : status.ToString();
    } catch (const std::exception &exception) {
        return exception.what();
    }
}

} // namespace

struct SentenceModel::Impl {
    sentencepiece::SentencePieceProcessor processor;
};

SentenceModel::SentenceModel(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}

SentenceModel::SentenceModel(SentenceModel &&) noexcept = default;
SentenceModel &SentenceModel::operator=(SentenceModel &&) noexcept = default;
SentenceModel::~SentenceModel() = default;

Result<SentenceModel> SentenceModel::open(const std::filesystem::path &file)
{
    const Result<std::string> bytes = readBytes(file);
    if (!bytes)
        return bytes.error();
    if (Result<void> checked = checkSentenceModel(*bytes, file.string()); !checked)
        return checked.error();
    auto impl = std::make_unique<Impl>();
    // First as it is: a file that was cut short could otherwise be completed by what is appended.
    for (const std::string &model : {*bytes, *bytes + std::string(withoutDummyPrefix)}) {
        if (const std::string problem = load(impl->processor, model); !problem.empty())
            return corrupt(file, problem);
    }
    return SentenceModel(std::move(impl));
}

std::vector<int> SentenceModel::encode(std::string_view text) const
{
    std::vector<int> ids;
    if (!impl_->processor.Encode(text, &ids).ok())
        ids.clear();
    return ids;
}

int SentenceModel::size() const
{
    return impl_->processor.GetPieceSize();
}

std::string SentenceModel::piece(int id) const
{
    return id >= 0 && id < size() ? impl_->processor.IdToPiece(id) : std::string();
}

std::optional<int> SentenceModel::idOf(const std::string &piece) const
{
    const int id = impl_->processor.PieceToId(piece);
    if (id < 0 || id >= size() || impl_->processor.IdToPiece(id) != piece)
        return std::nullopt;
    return id;
}

} // namespace fastcar
