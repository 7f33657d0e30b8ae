// SPDX-License-Identifier: Apache-2.0
//
// JSON files that strangers wrote: parsed without exceptions, bounded in length and depth, every key once.
// What is in them is then read field by field with JsonFields, which checks type and range and words the
// error.
#pragma once

#include "engine/base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

/// Configs and lists of tensors; nothing of ours comes near.
constexpr std::size_t maxJsonBytes = std::size_t{32} << 20;

/// The object that `text` is; `name` is the file, for the error.
Result<nlohmann::json> parseJsonObject(std::string_view text, const std::string &name);
/// NotFound if there is no such file.
Result<nlohmann::json> readJsonObject(const std::filesystem::path &file);

/// Reads an object's fields. The first disappointment is kept in `error` and every later call returns a
/// harmless value, so that a caller can read all of it and look once. The json outlives the reader.
class JsonFields {
public:
    /// `where` names file and place: "llm/config.json" or "config.json: vision_tower_cfg".
    JsonFields(const nlohmann::json &object, std::string where, std::optional<Error> &error);

    /// Present and not null.
    bool has(const char *key) const;
    int integer(const char *key, int least, int most);
    int integerOr(const char *key, int fallback, int least, int most);
    float number(const char *key, double least, double most);
    float numberOr(const char *key, float fallback, double least, double most);
    bool flagOr(const char *key, bool fallback);
    std::string textOr(const char *key, const std::string &fallback);
    /// An array of `leastCount` to `mostCount` whole numbers.
    std::vector<int> integers(const char *key, std::size_t leastCount, std::size_t mostCount, int least,
                              int most);
    std::vector<std::string> texts(const char *key, std::size_t mostCount);
    /// The object within; an empty one after an error.
    JsonFields object(const char *key);

    const nlohmann::json &raw() const { return *object_; }
    const std::string &where() const { return where_; }
    /// Notes "<where>: <field> is <found>; <expected>" unless something is noted already.
    void complain(const std::string &field, const nlohmann::json &found, const std::string &expected,
                  ErrorKind kind = ErrorKind::Corrupt);
    /// Notes "<where>: <sentence>".
    void complain(const std::string &sentence, ErrorKind kind = ErrorKind::Corrupt);
    bool failed() const { return error_->has_value(); }

private:
    const nlohmann::json *find(const char *key, const std::string &expected);
    bool readInteger(const std::string &field, const nlohmann::json &value, int least, int most, int &target);

    const nlohmann::json *object_;
    std::string where_;
    std::optional<Error> *error_;
};

/// A value for an error's text, cut to a readable length.
std::string brief(const nlohmann::json &value);

} // namespace fastcar
