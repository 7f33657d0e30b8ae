// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_settings.h"

#include "engine/backend/backbone.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace fastcar {

namespace {

using nlohmann::json;

json jsonOf(const Continuation &continuation)
{
    return {{"step", continuation.step}, {"device", continuation.device}, {"version", continuation.version}};
}

json thresholdsToJson(const std::vector<std::optional<float>> &thresholds)
{
    json list = json::array();
    for (const auto &threshold : thresholds) {
        if (!threshold)
            list.push_back(nullptr);
        else if (std::isinf(*threshold))
            list.push_back(*threshold > 0 ? "inf" : "-inf");
        else
            list.push_back(*threshold);
    }
    return list;
}

/// Reads fields of one object; the first that is missing or of the wrong kind is kept as the error.
class FieldReader {
public:
    FieldReader(const json &object, std::string path)
        : object_(object)
        , path_(std::move(path))
    {
    }

    bool has(const char *key) const { return object_.contains(key); }

    template <typename T>
    void read(const char *key, T &target)
    {
        const json *value = find(key);
        if (!value)
            return;
        bool fits = false;
        if constexpr (std::is_same_v<T, std::string>)
            fits = value->is_string();
        else if constexpr (std::is_same_v<T, bool>)
            fits = value->is_boolean();
        else if constexpr (std::is_same_v<T, float>)
            fits = value->is_number();
        else if constexpr (std::is_same_v<T, std::uint64_t>)
            fits = value->is_number_unsigned();
        else
            fits = value->is_number_integer() && value->template get<std::int64_t>() >= 0 &&
                   value->template get<std::int64_t>() <= std::numeric_limits<int>::max();
        if (fits)
            target = value->template get<T>();
        else
            refuse(key, "has the wrong kind of value: " + value->dump());
    }

    template <typename T, typename Parse>
    void readWord(const char *key, T &target, Parse parse)
    {
        std::string word;
        read(key, word);
        if (error_)
            return;
        auto parsed = parse(word);
        if (parsed)
            target = *parsed;
        else
            refuse(key, parsed.error().message);
    }

    void readThresholds(const char *key, std::vector<std::optional<float>> &target)
    {
        const json *list = find(key);
        if (!list)
            return;
        if (!list->is_array())
            return refuse(key, "must be a list");
        target.clear();
        for (const json &entry : *list) {
            constexpr float infinity = std::numeric_limits<float>::infinity();
            if (entry.is_null())
                target.push_back(std::nullopt);
            else if (entry.is_number())
                target.push_back(entry.get<float>());
            else if (entry == "inf" || entry == "-inf")
                target.push_back(entry == "inf" ? infinity : -infinity);
            else
                return refuse(key,
                              "holds " + entry.dump() + " where a number, null, \"inf\" or \"-inf\" belongs");
        }
    }

    FieldReader object(const char *key)
    {
        const json *value = find(key);
        if (value && !value->is_object())
            refuse(key, "must be an object");
        static const json nothing = json::object();
        FieldReader inner(value && value->is_object() ? *value : nothing, path_ + key + ".");
        inner.silent_ = error_.has_value();
        return inner;
    }

    void takeErrorOf(const FieldReader &inner)
    {
        if (!error_)
            error_ = inner.error_;
    }

    const std::optional<Error> &error() const { return error_; }

private:
    const json *find(const char *key)
    {
        if (error_ || silent_)
            return nullptr;
        const auto found = object_.find(key);
        if (found == object_.end()) {
            refuse(key, "is missing");
            return nullptr;
        }
        return &*found;
    }

    void refuse(const char *key, const std::string &why)
    {
        if (!error_)
            error_ =
                Error{ErrorKind::Corrupt, "The run settings' field \"" + path_ + key + "\" " + why + "."};
    }

    const json &object_;
    std::string path_;
    bool silent_ = false;
    std::optional<Error> error_;
};

/// Older files say neither DRS's policy nor where replay is allowed, and have no target.
void readReplay(FieldReader &fields, ReplayPolicy &policy)
{
    fields.readWord("tas", policy.definition, parseTasDefinition);
    fields.readWord("gate", policy.gate, parseGateMode);
    if (fields.has("drs"))
        fields.readWord("drs", policy.drs, parseDrsPolicy);
    fields.readThresholds("thresholds", policy.thresholds);
    if (fields.has("frames"))
        fields.readWord("frames", policy.frames, parseReplayRange);
    if (fields.has("layers"))
        fields.readWord("layers", policy.layers, parseReplayRange);
    if (!fields.has("target"))
        return;
    ReplayTarget target;
    FieldReader inner = fields.object("target");
    inner.read("ratio", target.ratio);
    inner.read("per_layer", target.perLayer);
    fields.takeErrorOf(inner);
    policy.target = target;
}

std::string textOf(const json &document)
{
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Continuation> readContinuation(const json &object)
{
    if (!object.is_object())
        return Error{ErrorKind::Corrupt, "The run settings' field \"continued\" holds " + object.dump() +
                                             " where an object belongs."};
    Continuation continuation;
    FieldReader fields(object, "continued.");
    fields.read("step", continuation.step);
    fields.read("device", continuation.device);
    fields.read("version", continuation.version);
    if (fields.error())
        return *fields.error();
    return continuation;
}

} // namespace

RowLayout rowLayout(const RunSettings &settings)
{
    return {.videos = settings.videos, .guided = settings.sampler.cfg != 1.0f};
}

const std::string &deviceOfStep(const RunSettings &settings, int step)
{
    const std::string *device = &settings.device;
    for (const Continuation &continuation : settings.continued)
        if (continuation.step <= step)
            device = &continuation.device;
    return *device;
}

std::string continuationToJson(const Continuation &continuation)
{
    return textOf(jsonOf(continuation));
}

Result<Continuation> continuationFromJson(std::string_view text)
{
    return readContinuation(json::parse(text, nullptr, false));
}

std::string toJson(const RunSettings &settings)
{
    json document = {
        {"prompt", settings.prompt},
        {"model", settings.modelFolder},
        {"model_digest", settings.modelDigest},
        {"frames", settings.frames},
        {"videos", settings.videos},
        {"seed", settings.seed},
        {"sampler",
         {{"greedy", settings.sampler.greedy},
          {"temperature", settings.sampler.temperature},
          {"top_k", settings.sampler.topK},
          {"top_p", settings.sampler.topP},
          {"cfg", settings.sampler.cfg}}},
        {"replay",
         {{"tas", toString(settings.replay.definition)},
          {"gate", toString(settings.replay.gate)},
          {"drs", toString(settings.replay.drs)},
          {"thresholds", thresholdsToJson(settings.replay.thresholds)},
          {"frames", toString(settings.replay.frames)},
          {"layers", toString(settings.replay.layers)}}},
        {"attention", toString(settings.attention)},
        {"device", settings.device},
        {"version", settings.version},
    };
    if (const auto &target = settings.replay.target)
        document["replay"]["target"] = {{"ratio", target->ratio}, {"per_layer", target->perLayer}};
    for (const Continuation &continuation : settings.continued)
        document["continued"].push_back(jsonOf(continuation));
    return textOf(document);
}

Result<RunSettings> runSettingsFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object())
        return Error{ErrorKind::Corrupt, "The run settings are not a JSON object."};
    RunSettings settings;
    FieldReader fields(document, "");
    fields.read("prompt", settings.prompt);
    fields.read("model", settings.modelFolder);
    fields.read("model_digest", settings.modelDigest);
    fields.read("frames", settings.frames);
    fields.read("videos", settings.videos);
    fields.read("seed", settings.seed);
    FieldReader sampler = fields.object("sampler");
    sampler.read("greedy", settings.sampler.greedy);
    sampler.read("temperature", settings.sampler.temperature);
    sampler.read("top_k", settings.sampler.topK);
    sampler.read("top_p", settings.sampler.topP);
    sampler.read("cfg", settings.sampler.cfg);
    fields.takeErrorOf(sampler);
    FieldReader replay = fields.object("replay");
    readReplay(replay, settings.replay);
    fields.takeErrorOf(replay);
    fields.readWord("attention", settings.attention, parseAttentionSpan);
    fields.read("device", settings.device);
    fields.read("version", settings.version);
    if (fields.error())
        return *fields.error();
    if (!document.contains("continued")) // of a run that never stopped
        return settings;
    for (const json &entry : document["continued"]) {
        auto continuation = readContinuation(entry);
        if (!continuation)
            return continuation.error();
        settings.continued.push_back(std::move(*continuation));
    }
    return settings;
}

} // namespace fastcar
