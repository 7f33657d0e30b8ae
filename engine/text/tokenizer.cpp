// SPDX-License-Identifier: Apache-2.0
#include "engine/text/tokenizer.h"

#include "engine/text/added_tokens.h"
#include "engine/text/sentence_model.h"

#include <algorithm>

namespace fastcar {

namespace {

constexpr std::string_view blankMark = "\xe2\x96\x81"; // U+2581, SentencePiece's blank

std::string_view withoutBlanks(std::string_view text, bool atFront, bool atBack)
{
    constexpr std::string_view blanks = " \t\n\v\f\r";
    if (atFront)
        text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (atBack)
        text = text.substr(0, text.find_last_not_of(blanks) + 1);
    return text;
}

/// The text behind the dummy blank, with every mark of a blank a blank again.
std::string withDummyBlank(std::string_view text)
{
    std::string prepared(blankMark);
    while (!text.empty()) {
        const std::size_t mark = text.find(blankMark);
        prepared += text.substr(0, mark);
        if (mark == std::string_view::npos)
            break;
        prepared += ' ';
        text.remove_prefix(mark + blankMark.size());
    }
    return prepared;
}

} // namespace

struct Tokenizer::Impl {
    SentenceModel model;
    AddedTokens added;
    std::vector<std::string> specialTexts; // longest first
    std::string unknown;
    std::size_t unknownPieces = 0; // that the text of the unknown token is cut into
    int begin = 0;
    int size = 0;
    std::map<int, std::string> textOfId;

    Impl(SentenceModel sentenceModel, AddedTokens addedTokens)
        : model(std::move(sentenceModel))
        , added(std::move(addedTokens))
    {
    }

    /// The longest added token at the front of `text`.
    const std::string *addedAt(std::string_view text) const
    {
        for (const std::string &special : specialTexts)
            if (text.starts_with(special))
                return &special;
        return nullptr;
    }

    void encodePlain(std::string_view text, std::vector<int> &ids) const
    {
        if (text.empty())
            return;
        if (!text.starts_with(blankMark) && !text.starts_with(' ')) {
            const std::vector<int> found = model.encode(text);
            ids.insert(ids.end(), found.begin(), found.end());
            return;
        }
        // A leading blank would be lost or doubled by SentencePiece's own rules, so something stands before
        // it, and the pieces of that are dropped again.
        const std::vector<int> found = model.encode(unknown + std::string(text));
        const std::size_t skip = found.size() >= unknownPieces ? unknownPieces : 0;
        ids.insert(ids.end(), found.begin() + static_cast<std::ptrdiff_t>(skip), found.end());
    }

    Result<void> prepare(const std::string &folder);
};

Result<void> Tokenizer::Impl::prepare(const std::string &folder)
{
    size = model.size();
    for (const auto &[text, token] : added.byText) {
        if (token.id < model.size() && model.piece(token.id) != text)
            return Error{ErrorKind::Corrupt, folder + ": the added token " + text.substr(0, 60) +
                                                 " has the id " + std::to_string(token.id) +
                                                 ", which is the piece \"" + model.piece(token.id) +
                                                 "\" in tokenizer.model."};
        specialTexts.push_back(text);
        textOfId[token.id] = text;
        size = std::max(size, token.id + 1);
    }
    for (const std::string &text : added.named)
        if (!added.byText.contains(text))
            if (const std::optional<int> id = model.idOf(text)) {
                added.byText[text] = {.id = *id};
                specialTexts.push_back(text);
            }
    std::sort(specialTexts.begin(), specialTexts.end(), [](const std::string &a, const std::string &b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    const auto known = added.byText.find(added.begin);
    if (known == added.byText.end())
        return Error{ErrorKind::Corrupt, folder + ": the token that begins a text, \"" +
                                             added.begin.substr(0, 60) + "\", is not in tokenizer.model."};
    begin = known->second.id;
    unknown = added.unknown;
    unknownPieces = model.encode(unknown).size();
    return {};
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}

Tokenizer::Tokenizer(Tokenizer &&) noexcept = default;
Tokenizer &Tokenizer::operator=(Tokenizer &&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Result<Tokenizer> Tokenizer::open(const std::filesystem::path &llmFolder)
{
    Result<SentenceModel> model = SentenceModel::open(llmFolder / "tokenizer.model");
    if (!model)
        return model.error();
    Result<AddedTokens> added = readAddedTokens(llmFolder);
    if (!added)
        return added.error();
    auto impl = std::make_unique<Impl>(std::move(*model), std::move(*added));
    if (Result<void> prepared = impl->prepare(llmFolder.string()); !prepared)
        return prepared.error();
    return Tokenizer(std::move(impl));
}

std::vector<int> Tokenizer::encode(std::string_view text) const
{
    std::vector<int> ids{impl_->begin};
    if (text.empty())
        return ids;
    const std::string prepared = withDummyBlank(text);
    std::string_view rest = prepared;
    std::size_t plainBytes = 0;
    bool stripFront = false;
    bool first = true;
    while (plainBytes < rest.size()) {
        const std::string *special = impl_->addedAt(rest.substr(plainBytes));
        if (!special) {
            ++plainBytes;
            continue;
        }
        const AddedToken &token = impl_->added.byText.find(*special)->second;
        const std::string_view plain = rest.substr(0, plainBytes);
        // A blank that only the dummy put before one of the model's own tokens is not part of the text.
        if (!(first && plain == blankMark && impl_->added.named.contains(*special)))
            impl_->encodePlain(withoutBlanks(plain, stripFront, token.stripsLeft), ids);
        ids.push_back(token.id);
        rest.remove_prefix(plainBytes + special->size());
        plainBytes = 0;
        stripFront = token.stripsRight;
        first = false;
    }
    impl_->encodePlain(withoutBlanks(rest, stripFront, false), ids);
    return ids;
}

std::string Tokenizer::piece(int id) const
{
    const auto added = impl_->textOfId.find(id);
    return added != impl_->textOfId.end() ? added->second : impl_->model.piece(id);
}

Result<int> Tokenizer::addedToken(std::string_view token) const
{
    const auto found = impl_->added.byText.find(token);
    if (found == impl_->added.byText.end())
        return Error{ErrorKind::NotFound, "The tokenizer has no token " + std::string(token) +
                                              "; added_tokens.json of a video model lists it."};
    return found->second.id;
}

const std::vector<std::string> &Tokenizer::specialTexts() const
{
    return impl_->specialTexts;
}

int Tokenizer::size() const
{
    return impl_->size;
}

} // namespace fastcar
