// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/setting_difference.h"

#include <map>

namespace fastcar {

namespace {

using nlohmann::json;

/// Every field by its whole name; objects are gone into.
void collect(const json &object, const std::string &prefix, std::map<std::string, json> &fields)
{
    for (const auto &[key, value] : object.items()) {
        if (value.is_object())
            collect(value, prefix + key + ".", fields);
        else
            fields[prefix + key] = value;
    }
}

std::map<std::string, json> fieldsOf(const RunSettings &settings)
{
    std::map<std::string, json> fields;
    collect(json::parse(toJson(settings)), "", fields);
    return fields;
}

} // namespace

std::vector<SettingDifference> settingDifferences(const RunSettings &a, const RunSettings &b)
{
    const std::map<std::string, json> ofA = fieldsOf(a);
    std::map<std::string, json> both = fieldsOf(b); // first B's values, then the names of both
    const auto valueOf = [](const std::map<std::string, json> &fields, const std::string &name) {
        const auto found = fields.find(name);
        return found == fields.end() ? json() : found->second;
    };
    const std::map<std::string, json> ofB = both;
    both.insert(ofA.begin(), ofA.end());
    std::vector<SettingDifference> differences;
    for (const auto &[name, ignored] : both)
        if (json left = valueOf(ofA, name), right = valueOf(ofB, name); left != right)
            differences.push_back({name, std::move(left), std::move(right)});
    return differences;
}

} // namespace fastcar
