// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_format.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <array>

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
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()));
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

Result<Trace> readStart(ByteReader &reader)
{
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
    return Trace(*shape, std::move(*settings));
}

std::string record(std::string_view tag, std::string_view payload)
{
    std::string bytes(tag);
    append(bytes, static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
    append(bytes, checksum(bytes));
    return bytes;
}

std::optional<Record> nextRecord(ByteReader &reader)
{
    const std::string_view start = reader.rest();
    const std::string_view tag = reader.takeBytes(tokenTag.size());
    const std::string_view payload = reader.takeBytes(reader.take<std::uint32_t>());
    const auto expected = reader.take<std::uint32_t>();
    if (!reader.ok() ||
        checksum(start.substr(0, tag.size() + sizeof(std::uint32_t) + payload.size())) != expected)
        return std::nullopt;
    return Record{tag, payload};
}

std::string lastToken(const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    const int token = trace.tokens() - 1;
    const int step = token - 1;
    std::string payload;
    append(payload, static_cast<std::uint32_t>(token));
    append(payload, token > 0 ? trace.policyOf(step) : 0u);
    append(payload, trace.timeNs(token));
    for (int video = 0; video < shape.videos; ++video)
        for (int depth = 0; depth < shape.depth; ++depth)
            append(payload, trace.code(token, video, depth));
    if (token > 0) {
        const auto outcomes = trace.outcomes(step).all();
        for (const LayerOutcome &outcome : outcomes)
            append(payload, outcome.tas);
        for (const LayerOutcome &outcome : outcomes)
            append(payload, static_cast<std::uint8_t>(outcome.decision));
    }
    return payload;
}

bool addToken(std::string_view payload, Trace &trace)
{
    const TraceShape &shape = trace.shape();
    ByteReader reader(payload);
    const auto token = reader.take<std::uint32_t>();
    const auto policy = reader.take<std::uint32_t>();
    const auto timeNs = reader.take<std::int64_t>();
    const std::size_t codes = static_cast<std::size_t>(shape.videos) * static_cast<std::size_t>(shape.depth);
    const std::size_t outcomes =
        token == 0 ? 0 : static_cast<std::size_t>(shape.layers) * static_cast<std::size_t>(shape.rows);
    if (!reader.ok() || token != static_cast<std::uint32_t>(trace.tokens()) ||
        reader.rest().size() != codes * sizeof(std::int32_t) + outcomes * (sizeof(float) + 1))
        return false;
    ByteReader tas(reader.rest().substr(codes * sizeof(std::int32_t)));
    ByteReader decisions(tas.rest().substr(outcomes * sizeof(float)));
    for (std::size_t i = 0; i < outcomes; ++i) {
        const auto decision = decisions.take<std::uint8_t>();
        if (decision > static_cast<std::uint8_t>(Decision::Replayed))
            return false;
        const auto rows = static_cast<std::size_t>(shape.rows);
        trace.append({.kind = Event::Kind::LayerOutcome,
                      .decision = static_cast<Decision>(decision),
                      .layer = static_cast<std::uint16_t>(i / rows),
                      .row = static_cast<std::uint16_t>(i % rows),
                      .token = token - 1,
                      .policy = policy,
                      .tas = tas.take<float>()});
    }
    for (int video = 0; video < shape.videos; ++video)
        for (int depth = 0; depth < shape.depth; ++depth)
            trace.append({.kind = Event::Kind::CodeDrawn,
                          .depth = static_cast<std::uint8_t>(depth),
                          .row = static_cast<std::uint16_t>(video),
                          .token = token,
                          .code = reader.take<std::int32_t>()});
    trace.append({.kind = Event::Kind::TokenDone, .token = token, .timeNs = timeNs});
    return trace.tokens() == static_cast<int>(token) + 1;
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

bool addCard(std::string_view payload, Trace &trace)
{
    ByteReader reader(payload);
    const auto step = reader.take<std::uint32_t>();
    const auto cores = reader.take<std::uint16_t>();
    const auto ports = reader.take<std::uint16_t>();
    const std::size_t counts =
        cardCounterNames.size() + std::size_t{3} * cores + std::size_t{3} * ports; // see the lists' names
    if (!reader.ok() || step != static_cast<std::uint32_t>(trace.steps()) ||
        reader.rest().size() != counts * sizeof(std::int64_t))
        return false;
    CardCounters counters = CardCounters::of(cores, ports);
    bool possible = true;
    forEachCount(counters, [&](int, int, std::int64_t &count) {
        count = reader.take<std::int64_t>();
        possible = possible && count >= 0 && count <= largestCount;
    });
    if (!possible)
        return false;
    trace.append({.kind = Event::Kind::CardRun, .layer = ports, .row = cores, .token = step});
    forEachCount(counters, [&](int number, int index, std::int64_t count) {
        trace.append({.kind = Event::Kind::CardCounted,
                      .layer = static_cast<std::uint16_t>(number),
                      .row = static_cast<std::uint16_t>(index),
                      .token = step,
                      .count = count});
    });
    return true;
}

std::string policyPayload(std::uint32_t number, const ReplayPolicy &policy, const RunSettings &settings)
{
    RunSettings changed = settings;
    changed.replay = policy;
    std::string payload;
    append(payload, number);
    return payload + toJson(changed);
}

bool addPolicy(std::string_view payload, Trace &trace)
{
    ByteReader reader(payload);
    const auto number = reader.take<std::uint32_t>();
    auto settings = runSettingsFromJson(reader.rest());
    if (!reader.ok() || !settings)
        return false;
    trace.addPolicy(number, std::move(settings->replay));
    trace.append({.kind = Event::Kind::PolicyChanged, .policy = number});
    return true;
}

bool addContinuation(std::string_view payload, Trace &trace)
{
    auto continuation = continuationFromJson(payload);
    if (!continuation)
        return false;
    trace.addContinuation(std::move(*continuation));
    return true;
}

} // namespace fastcar::trace_format
