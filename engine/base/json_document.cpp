// SPDX-License-Identifier: Apache-2.0
#include "engine/base/json_document.h"

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

namespace fastcar {

using nlohmann::json;

namespace {

constexpr int maxDepth = 64;

/// Brackets open at once, at most; counted before the parser builds anything.
int depthOf(std::string_view text)
{
    int depth = 0;
    int deepest = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

std::string range(double least, double most)
{
    std::ostringstream text;
    text << "a number from " << least << " to " << most;
    return text.str();
}

std::string range(int least, int most)
{
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

const json &emptyObject()
{
    static const json empty = json::object();
    return empty;
}

} // namespace

std::string brief(const json &value)
{
    constexpr std::size_t longest = 60;
    // Strings can be as long as the file; dump() copies all of it only for values that are no text.
    std::string text = value.is_string() ? '"' + value.get_ref<const std::string &>().substr(0, longest) + '"'
                       : value.is_structured() && value.size() > longest
                           ? std::string(value.type_name()) + " of " + std::to_string(value.size())
                           : value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > longest + 2)
        text = text.substr(0, longest) + "...";
    return text;
}

Result<json> parseJsonObject(std::string_view text, const std::string &name)
{
    if (text.size() > maxJsonBytes)
        return Error{ErrorKind::Unsupported, name + " has " + std::to_string(text.size()) +
                                                 " bytes of JSON; at most " + std::to_string(maxJsonBytes) +
                                                 " are read."};
    if (const int depth = depthOf(text); depth > maxDepth)
        return Error{ErrorKind::Corrupt, name + " nests " + std::to_string(depth) +
                                             " levels of JSON; at most " + std::to_string(maxDepth) +
                                             " are read."};
    std::vector<std::set<std::string>> keys;
    std::string repeated;
    const auto watchKeys = [&](int, json::parse_event_t event, json &parsed) {
        if (event == json::parse_event_t::object_start)
            keys.emplace_back();
        else if (event == json::parse_event_t::object_end)
            keys.pop_back();
        else if (event == json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
            repeated = parsed.get<std::string>();
        return true;
    };
    json document = json::parse(text.begin(), text.end(), watchKeys, false);
    if (document.is_discarded())
        return Error{ErrorKind::Corrupt, name + " is not valid JSON."};
    if (!repeated.empty())
        return Error{ErrorKind::Corrupt,
                     name + " has the key \"" + repeated.substr(0, 100) + "\" twice in one object."};
    if (!document.is_object())
        return Error{ErrorKind::Corrupt, name + " is " + brief(document) + "; a JSON object expected."};
    return document;
}

Result<json> readJsonObject(const std::filesystem::path &file)
{
    std::error_code code;
    const std::filesystem::file_status status = std::filesystem::status(file, code);
    if (status.type() == std::filesystem::file_type::not_found)
        return Error{ErrorKind::NotFound, "There is no file " + file.string() + "."};
    if (!std::filesystem::is_regular_file(status))
        return Error{ErrorKind::Io, file.string() + " is not a regular file."};
    const std::uintmax_t size = std::filesystem::file_size(file, code);
    std::ifstream stream(file, std::ios::binary);
    if (code || !stream)
        return Error{ErrorKind::Io, "Cannot read " + file.string() + "; may this user read it?"};
    std::string text(static_cast<std::size_t>(std::min<std::uintmax_t>(size, maxJsonBytes + 1)), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return parseJsonObject(text, file.string());
}

JsonFields::JsonFields(const json &object, std::string where, std::optional<Error> &error)
    : object_(object.is_object() ? &object : &emptyObject())
    , where_(std::move(where))
    , error_(&error)
{
}

void JsonFields::complain(const std::string &sentence, ErrorKind kind)
{
    if (!failed())
        *error_ = Error{kind, where_ + ": " + sentence};
}

void JsonFields::complain(const std::string &field, const json &found, const std::string &expected,
                          ErrorKind kind)
{
    if (!failed())
        complain(field + " is " + brief(found) + "; " + expected + " expected.", kind);
}

bool JsonFields::has(const char *key) const
{
    const auto found = object_->find(key);
    return found != object_->end() && !found->is_null();
}

const json *JsonFields::find(const char *key, const std::string &expected)
{
    if (failed())
        return nullptr;
    const auto found = object_->find(key);
    if (found != object_->end())
        return &*found;
    complain("the field " + std::string(key) + " is missing; " + expected + " expected.");
    return nullptr;
}

bool JsonFields::readInteger(const std::string &field, const json &value, int least, int most, int &target)
{
    if (value.is_number_integer()) {
        const bool tooLarge = value.is_number_unsigned() && value.get<std::uint64_t>() > INT32_MAX;
        const std::int64_t number = tooLarge ? INT64_MAX : value.get<std::int64_t>();
        if (number >= least && number <= most) {
            target = static_cast<int>(number);
            return true;
        }
    }
    complain(field, value, range(least, most));
    return false;
}

int JsonFields::integer(const char *key, int least, int most)
{
    int target = least;
    if (const json *value = find(key, range(least, most)))
        readInteger(key, *value, least, most, target);
    return target;
}

int JsonFields::integerOr(const char *key, int fallback, int least, int most)
{
    return has(key) ? integer(key, least, most) : fallback;
}

float JsonFields::number(const char *key, double least, double most)
{
    const json *value = find(key, range(least, most));
    if (!value)
        return static_cast<float>(least);
    const double number = value->is_number() ? value->get<double>() : std::nan("");
    if (number >= least && number <= most)
        return static_cast<float>(number);
    complain(key, *value, range(least, most));
    return static_cast<float>(least);
}

float JsonFields::numberOr(const char *key, float fallback, double least, double most)
{
    return has(key) ? number(key, least, most) : fallback;
}

bool JsonFields::flagOr(const char *key, bool fallback)
{
    const json *value = has(key) ? find(key, "true or false") : nullptr;
    if (!value)
        return fallback;
    if (value->is_boolean())
        return value->get<bool>();
    complain(key, *value, "true or false");
    return fallback;
}

std::string JsonFields::textOr(const char *key, const std::string &fallback)
{
    const json *value = has(key) ? find(key, "a text") : nullptr;
    if (!value)
        return fallback;
    if (value->is_string())
        return value->get<std::string>();
    complain(key, *value, "a text");
    return fallback;
}

std::vector<int> JsonFields::integers(const char *key, std::size_t leastCount, std::size_t mostCount,
                                      int least, int most)
{
    const std::string count = leastCount == mostCount
                                  ? std::to_string(leastCount)
                                  : std::to_string(leastCount) + " to " + std::to_string(mostCount);
    const std::string expected = "an array of " + count + " whole numbers";
    const json *value = find(key, expected);
    std::vector<int> numbers(leastCount, least);
    if (!value)
        return numbers;
    if (!value->is_array() || value->size() < leastCount || value->size() > mostCount) {
        complain(key, *value, expected);
        return numbers;
    }
    numbers.resize(value->size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        readInteger(std::string(key) + "[" + std::to_string(i) + "]", (*value)[i], least, most, numbers[i]);
    return numbers;
}

std::vector<std::string> JsonFields::texts(const char *key, std::size_t mostCount)
{
    const std::string expected = "an array of at most " + std::to_string(mostCount) + " texts";
    const json *value = find(key, expected);
    std::vector<std::string> texts;
    if (!value)
        return texts;
    if (!value->is_array() || value->size() > mostCount) {
        complain(key, *value, expected);
        return texts;
    }
    for (const json &text : *value) {
        if (!text.is_string()) {
            complain(std::string(key) + "[" + std::to_string(texts.size()) + "]", text, "a text");
            return {};
        }
        texts.push_back(text.get<std::string>());
    }
    return texts;
}

JsonFields JsonFields::object(const char *key)
{
    const json *value = find(key, "an object");
    if (value && !value->is_object())
        complain(key, *value, "an object");
    return JsonFields(value && value->is_object() ? *value : emptyObject(), where_ + ": " + key, *error_);
}

} // namespace fastcar
