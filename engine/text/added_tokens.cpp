// SPDX-License-Identifier: Apache-2.0
#include "engine/text/added_tokens.h"

#include "engine/base/json_document.h"

#include <charconv>

namespace fastcar {

namespace {

constexpr int maxId = 1 << 24;
constexpr std::size_t maxTokens = 100000;
constexpr std::size_t maxTokenBytes = 1000;

/// Adds a token; the two files may both list it if they agree.
void add(JsonFields &fields, AddedTokens &tokens, const std::string &text, const AddedToken &token)
{
    if (text.empty() || text.size() > maxTokenBytes)
        fields.complain("token " + std::to_string(token.id) + " is empty or longer than " +
                        std::to_string(maxTokenBytes) + " bytes.");
    const auto [known, isNew] = tokens.byText.emplace(text, token);
    if (!isNew && known->second.id != token.id)
        fields.complain("token \"" + text.substr(0, 60) + "\" has the id " + std::to_string(token.id) +
                        " and also " + std::to_string(known->second.id) + ".");
    known->second = token;
    if (tokens.byText.size() > maxTokens)
        fields.complain("more than " + std::to_string(maxTokens) + " tokens are added.");
}

/// {"<im_start>": 32000, ...}
void readIds(JsonFields fields, AddedTokens &tokens)
{
    for (const auto &[text, id] : fields.raw().items()) {
        if (fields.failed())
            return;
        add(fields, tokens, text, {.id = fields.integer(text.c_str(), 0, maxId)});
    }
}

/// "added_tokens_decoder": {"32000": {"content": "<im_start>", "lstrip": false, ...}, ...}
void readDecoder(JsonFields fields, AddedTokens &tokens)
{
    for (const auto &[key, value] : fields.raw().items()) {
        if (fields.failed())
            return;
        AddedToken token;
        const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), token.id);
        if (code != std::errc() || end != key.data() + key.size() || token.id < 0 || token.id > maxId)
            fields.complain("the key \"" + key.substr(0, 60) + "\" is not an id from 0 to " +
                            std::to_string(maxId) + ".");
        JsonFields entry = fields.object(key.c_str());
        token.stripsLeft = entry.flagOr("lstrip", false);
        token.stripsRight = entry.flagOr("rstrip", false);
        if (entry.flagOr("single_word", false))
            entry.complain("single_word", true, "false", ErrorKind::Unsupported);
        add(entry, tokens, entry.textOr("content", ""), token);
    }
}

/// "bos_token": "<s>" or {"content": "<s>", ...}; null and absence leave what is there.
std::string namedToken(JsonFields &fields, const char *key, const std::string &fallback)
{
    if (!fields.has(key))
        return fallback;
    if (fields.raw()[key].is_object())
        return fields.object(key).textOr("content", fallback);
    return fields.textOr(key, fallback);
}

void readConfig(JsonFields fields, AddedTokens &tokens)
{
    tokens.begin = namedToken(fields, "bos_token", tokens.begin);
    tokens.unknown = namedToken(fields, "unk_token", tokens.unknown);
    for (const char *key :
         {"bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"})
        if (const std::string text = namedToken(fields, key, ""); !text.empty())
            tokens.named.insert(text);
    if (fields.has("additional_special_tokens"))
        for (const std::string &text : fields.texts("additional_special_tokens", maxTokens))
            tokens.named.insert(text);
    if (!fields.flagOr("add_bos_token", true))
        fields.complain("add_bos_token", false, "true", ErrorKind::Unsupported);
    if (!fields.flagOr("add_prefix_space", true))
        fields.complain("add_prefix_space", false, "true", ErrorKind::Unsupported);
    if (fields.flagOr("add_eos_token", false))
        fields.complain("add_eos_token", true, "false", ErrorKind::Unsupported);
    if (fields.has("added_tokens_decoder"))
        readDecoder(fields.object("added_tokens_decoder"), tokens);
}

Result<void> checkIds(const AddedTokens &tokens, const std::string &where)
{
    std::map<int, std::string> texts;
    for (const auto &[text, token] : tokens.byText)
        if (const auto [other, isNew] = texts.emplace(token.id, text); !isNew)
            return Error{ErrorKind::Corrupt, where + ": the added tokens " + other->second.substr(0, 60) +
                                                 " and " + text.substr(0, 60) + " share the id " +
                                                 std::to_string(token.id) + "."};
    return {};
}

} // namespace

Result<AddedTokens> readAddedTokens(const std::filesystem::path &llmFolder)
{
    AddedTokens tokens;
    tokens.named = {"<s>", "</s>", "<unk>"};
    std::optional<Error> error;
    for (const char *name : {"added_tokens.json", "tokenizer_config.json"}) {
        const std::filesystem::path file = llmFolder / name;
        const Result<nlohmann::json> json = readJsonObject(file);
        if (!json && json.error().kind == ErrorKind::NotFound)
            continue;
        if (!json)
            return json.error();
        JsonFields fields(*json, file.string(), error);
        if (file.filename() == "added_tokens.json")
            readIds(fields, tokens);
        else
            readConfig(fields, tokens);
        if (error)
            return *error;
    }
    if (Result<void> checked = checkIds(tokens, llmFolder.string()); !checked)
        return checked.error();
    return tokens;
}

} // namespace fastcar
