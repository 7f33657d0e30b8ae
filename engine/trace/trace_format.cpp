// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_format.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <array>
#include <limits>

namespace fastcar::trace_format {

namespace {

using nlohmann::json;

struct ShapeField {
    const char *name;
    int TraceShape::*field;
    int largest;
};

// Events count rows and layers with 16 bits and depths with 8.
constexpr std::array shapeFields{
    ShapeField{"layers", &TraceShape::layers, 65535},
    ShapeField{"rows", &TraceShape::rows, 65535},
    ShapeField{"videos", &TraceShape::videos, 65535},
    ShapeField{"depth", &TraceShape::depth, 255},
    ShapeField{"stride", &TraceShape::stride, 1 << 24},
    ShapeField{"grid_height", &TraceShape::gridHeight, 1 << 12},
    ShapeField{"grid_width", &TraceShape::gridWidth, 1 << 12},
    ShapeField{"frames", &TraceShape::frames, 1 << 20},
};
// Tables over layers and frames are made before the first token is seen.
constexpr std::int64_t maxLayerFrames = 1 << 20;
constexpr std::int64_t maxTokens = std::int64_t{1} << 30;
// Of a step: an hour at 300 MHz. Sums over a file's steps stay far from 64 bits.
constexpr std::int64_t largestCount = std::int64_t{1} << 40;

Error damaged(const std::string &what)
{
    return {ErrorKind::Corrupt, "The trace's header " + what + "."};
}

Result<TraceShape> shapeFromJson(const json &object)
{
    TraceShape shape;
    for (const ShapeField &field : shapeFields) {
        const auto value = object.find(field.name);
        if (value == object.end() || !value->is_number_integer() || value->get<std::int64_t>() < 1 ||
            value->get<std::int64_t>() > field.largest)
            return damaged("gives no usable number of " + std::string(field.name) + " (1 to " +
                           std::to_string(field.largest) + ")");
        shape.*field.field = value->get<int>();
    }
    const bool agrees = shape.gridHeight * shape.gridWidth == shape.stride &&
                        (shape.rows == shape.videos || shape.rows == 2 * shape.videos);
    if (!agrees || std::int64_t{shape.layers} * shape.frames > maxLayerFrames ||
        std::int64_t{shape.frames} * shape.stride > maxTokens)
        return damaged("gives sizes that do not go together");
    return shape;
}

} // namespace

std::uint32_t checksum(std::string_view bytes)
{
    return addToChecksum(0, bytes);
}

std::uint32_t addToChecksum(std::uint32_t sum, std::string_view bytes)
{
    // zlib takes a null pointer, which empty bytes may have, as the wish to start again.
    return bytes.empty() ? sum
                         : static_cast<std::uint32_t>(
                               crc32_z(sum, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()));
}

std::string startOfFile(const TraceShape &shape, const RunSettings &settings)
{
    json sizes = json::object();
    for (const ShapeField &field : shapeFields)
        sizes[field.name] = shape.*field.field;
    const std::string header = json{{"shape", sizes}, {"settings", json::parse(toJson(settings))}}.dump();
    std::string bytes(magic);
    append(bytes, formatVersion);
    append(bytes, static_cast<std::uint32_t>(header.size()));
    bytes += header;
    append(bytes, checksum(header));
    return bytes;
}

Result<Start> readStart(std::string_view bytes)
{
    ByteReader reader(bytes);
    if (reader.takeBytes(magic.size()) != magic)
        return damaged("does not start with \"fctrace\": this is no trace");
    const auto version = reader.take<std::uint32_t>();
    if (reader.ok() && version != formatVersion)
        return Error{ErrorKind::Unsupported, "The trace has version " + std::to_string(version) +
                                                 " of the format; this program reads version " +
                                                 std::to_string(formatVersion) + "."};
    const std::string_view header = reader.takeBytes(reader.take<std::uint32_t>());
    const auto expected = reader.take<std::uint32_t>();
    if (!reader.ok() || checksum(header) != expected)
        return damaged("is cut off or damaged");
    const json document = json::parse(header, nullptr, false);
    if (!document.is_object() || !document.contains("shape") || !document.contains("settings") ||
        !document["shape"].is_object())
        return damaged("is not a JSON document with \"shape\" and \"settings\"");
    auto shape = shapeFromJson(document["shape"]);
    if (!shape)
        return shape.error();
    auto settings = runSettingsFromJson(document["settings"].dump());
    if (!settings)
        return settings.error();
    return Start{*shape, std::move(*settings)};
}

std::string record(std::string_view tag, std::string_view payload)
{
    std::string bytes(tag);
    append(bytes, static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
    append(bytes, checksum(bytes));
    return bytes;
}

std::uint64_t tokenPayloadBytes(const TraceShape &shape, bool withStep)
{
    const std::uint64_t codes =
        static_cast<std::uint64_t>(shape.videos) * static_cast<std::uint64_t>(shape.depth);
    const std::uint64_t outcomes =
        static_cast<std::uint64_t>(shape.layers) * static_cast<std::uint64_t>(shape.rows);
    return 16 + codes * sizeof(std::int32_t) + (withStep ? outcomes * (sizeof(float) + 1) : 0);
}

std::string tokenPayload(const TracedToken &token)
{
    std::string payload;
    append(payload, static_cast<std::uint32_t>(token.token));
    append(payload, token.policy);
    append(payload, token.timeNs);
    for (const std::int32_t code : token.codes)
        append(payload, code);
    for (const LayerOutcome &outcome : token.outcomes.all())
        append(payload, outcome.tas);
    for (const LayerOutcome &outcome : token.outcomes.all())
        append(payload, static_cast<std::uint8_t>(outcome.decision));
    return payload;
}

std::optional<TracedToken> readToken(std::string_view payload, const TraceShape &shape,
                                     std::vector<std::int32_t> &codes, std::vector<LayerOutcome> &outcomes)
{
    ByteReader reader(payload);
    const auto number = reader.take<std::uint32_t>();
    TracedToken token{.token = static_cast<int>(number)};
    token.policy = reader.take<std::uint32_t>();
    token.timeNs = reader.take<std::int64_t>();
    if (!reader.ok() || number > static_cast<std::uint32_t>(maxTokens) ||
        payload.size() != tokenPayloadBytes(shape, token.hasStep()))
        return std::nullopt;
    codes.resize(static_cast<std::size_t>(shape.videos) * static_cast<std::size_t>(shape.depth));
    const std::string_view codeBytes = reader.takeBytes(codes.size() * sizeof(std::int32_t));
    std::memcpy(codes.data(), codeBytes.data(), codeBytes.size());
    token.codes = codes;
    if (!token.hasStep())
        return token;
    outcomes.resize(static_cast<std::size_t>(shape.layers) * static_cast<std::size_t>(shape.rows));
    const std::string_view scores = reader.takeBytes(outcomes.size() * sizeof(float));
    const std::string_view decisions = reader.rest();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto decision = static_cast<std::uint8_t>(decisions[i]);
        if (decision > static_cast<std::uint8_t>(Decision::Replayed))
            return std::nullopt;
        std::memcpy(&outcomes[i].tas, scores.data() + i * sizeof(float), sizeof(float));
        outcomes[i].decision = static_cast<Decision>(decision);
    }
    token.outcomes = {outcomes.data(), shape.layers, shape.rows};
    return token;
}

std::string thresholdsPayload(int step, std::span<const float> moved)
{
    std::string payload;
    append(payload, static_cast<std::uint32_t>(step));
    for (const float threshold : moved)
        append(payload, threshold);
    return payload;
}

bool readThresholds(std::string_view payload, int step, int layers, std::vector<float> &moved)
{
    ByteReader reader(payload);
    const auto found = reader.take<std::uint32_t>();
    if (!reader.ok() || found != static_cast<std::uint32_t>(step) ||
        reader.rest().size() != static_cast<std::size_t>(layers) * sizeof(float))
        return false;
    moved.resize(static_cast<std::size_t>(layers));
    for (float &threshold : moved)
        threshold = reader.take<float>();
    return true;
}

std::uint64_t longestHeadsPayload(const TraceShape &shape)
{
    return 8 + 4 * std::uint64_t{mostHeads} * static_cast<std::uint64_t>(shape.layers) *
                   static_cast<std::uint64_t>(shape.rows);
}

std::string headsPayload(int step, MatrixView<const float> scores)
{
    std::string payload;
    append(payload, static_cast<std::uint32_t>(step));
    append(payload, static_cast<std::uint32_t>(scores.cols));
    for (const float score : scores.all())
        append(payload, score);
    return payload;
}

int readHeads(std::string_view payload, int step, const TraceShape &shape, std::vector<float> &scores)
{
    ByteReader reader(payload);
    const auto found = reader.take<std::uint32_t>();
    const auto heads = reader.take<std::uint32_t>();
    const std::size_t all =
        std::size_t{heads} * static_cast<std::size_t>(shape.layers) * static_cast<std::size_t>(shape.rows);
    if (!reader.ok() || found != static_cast<std::uint32_t>(step) || heads < 1 || heads > mostHeads ||
        reader.rest().size() != all * sizeof(float))
        return 0;
    scores.resize(all);
    for (float &score : scores)
        score = reader.take<float>();
    return static_cast<int>(heads);
}

std::string partsOfStep(const TracedToken &token)
{
    std::string records;
    if (!token.movedThresholds.empty())
        records += record(thresholdsTag, thresholdsPayload(token.step(), token.movedThresholds));
    if (token.headScores.rows > 0)
        records += record(headsTag, headsPayload(token.step(), token.headScores));
    if (token.card)
        records += record(cardTag, cardPayload(token.step(), *token.card));
    if (token.mlpNs > 0)
        records += record(mlpTimeTag, mlpTimePayload(token.step(), token.mlpNs));
    return records;
}

std::string cardPayload(int step, const CardCounters &counters)
{
    std::string payload;
    append(payload, static_cast<std::uint32_t>(step));
    append(payload, static_cast<std::uint16_t>(counters.cores()));
    append(payload, static_cast<std::uint16_t>(counters.ports()));
    forEachCount(counters, [&](int, int, std::int64_t count) { append(payload, count); });
    return payload;
}

std::optional<CardCounters> readCard(std::string_view payload, int step)
{
    ByteReader reader(payload);
    const auto number = reader.take<std::uint32_t>();
    const auto cores = reader.take<std::uint16_t>();
    const auto ports = reader.take<std::uint16_t>();
    const std::size_t counts =
        cardCounterNames.size() + std::size_t{3} * cores + std::size_t{3} * ports; // see the lists' names
    if (!reader.ok() || number != static_cast<std::uint32_t>(step) ||
        reader.rest().size() != counts * sizeof(std::int64_t))
        return std::nullopt;
    CardCounters counters = CardCounters::of(cores, ports);
    bool possible = true;
    forEachCount(counters, [&](int, int, std::int64_t &count) {
        count = reader.take<std::int64_t>();
        possible = possible && count >= 0 && count <= largestCount;
    });
    return possible ? std::optional(std::move(counters)) : std::nullopt;
}

std::string mlpTimePayload(int step, std::int64_t mlpNs)
{
    std::string payload;
    append(payload, static_cast<std::uint32_t>(step));
    append(payload, mlpNs);
    return payload;
}

std::optional<std::int64_t> readMlpTime(std::string_view payload, int step)
{
    ByteReader reader(payload);
    const auto found = reader.take<std::uint32_t>();
    const auto mlpNs = reader.take<std::int64_t>();
    if (payload.size() != mlpTimePayloadBytes || found != static_cast<std::uint32_t>(step) || mlpNs < 0 ||
        mlpNs > longestTimeNs)
        return std::nullopt;
    return mlpNs;
}

std::string policyPayload(std::uint32_t number, const ReplayPolicy &policy, const RunSettings &settings)
{
    RunSettings changed = settings;
    changed.replay = policy;
    std::string payload;
    append(payload, number);
    return payload + toJson(changed);
}

std::optional<PolicyChange> readPolicy(std::string_view payload)
{
    ByteReader reader(payload);
    const auto number = reader.take<std::uint32_t>();
    auto settings = runSettingsFromJson(reader.rest());
    if (!reader.ok() || !settings)
        return std::nullopt;
    return PolicyChange{.number = number, .policy = std::move(settings->replay)};
}

std::optional<Continuation> readContinuation(std::string_view payload)
{
    auto continuation = continuationFromJson(payload);
    return continuation ? std::optional(std::move(*continuation)) : std::nullopt;
}

} // namespace fastcar::trace_format
