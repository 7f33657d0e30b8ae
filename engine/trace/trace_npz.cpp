// SPDX-License-Identifier: Apache-2.0
//
// A trace as numpy arrays: time runs fastest, so that a layer's row is one contiguous line to plot.
#include "engine/tensor/npy.h"
#include "engine/trace/trace_file.h"

#include <nlohmann/json.hpp>

#include <span>

namespace fastcar {

namespace {

/// [layers, rows, steps] of what `pick` takes from an outcome.
template <typename T, typename Pick>
NpyArray perOutcome(const Trace &trace, Pick pick)
{
    const TraceShape &shape = trace.shape();
    std::vector<T> values;
    values.reserve(static_cast<std::size_t>(trace.steps()) * static_cast<std::size_t>(shape.layers) *
                   static_cast<std::size_t>(shape.rows));
    for (int layer = 0; layer < shape.layers; ++layer)
        for (int row = 0; row < shape.rows; ++row)
            for (int step = 0; step < trace.steps(); ++step)
                values.push_back(pick(trace.outcome(step, layer, row)));
    return NpyArray::from<T>(values, {shape.layers, shape.rows, trace.steps()});
}

NpyArray codes(const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    std::vector<std::int32_t> values;
    for (int video = 0; video < shape.videos; ++video)
        for (int token = 0; token < trace.tokens(); ++token)
            for (int depth = 0; depth < shape.depth; ++depth)
                values.push_back(trace.code(token, video, depth));
    return NpyArray::from<std::int32_t>(values, {shape.videos, trace.tokens(), shape.depth});
}

NpyArray policyNumbers(const Trace &trace)
{
    std::vector<std::int32_t> values;
    for (int step = 0; step < trace.steps(); ++step)
        values.push_back(static_cast<std::int32_t>(trace.policyOf(step)));
    return NpyArray::from<std::int32_t>(values, {trace.steps()});
}

NpyArray times(const Trace &trace)
{
    std::vector<std::int64_t> values;
    for (int token = 0; token < trace.tokens(); ++token)
        values.push_back(trace.timeNs(token));
    return NpyArray::from<std::int64_t>(values, {trace.tokens()});
}

NpyArray text(const std::string &json)
{
    const std::vector<std::uint8_t> bytes(json.begin(), json.end());
    return NpyArray::from<std::uint8_t>(bytes, {static_cast<std::int64_t>(bytes.size())});
}

/// {"0": {...}, "1": {...}}: what the numbers in "policy" stand for, as "replay" stands in the settings.
std::string policyTable(const Trace &trace)
{
    RunSettings settings = trace.settings();
    nlohmann::json table = nlohmann::json::object();
    table["0"] = nlohmann::json::parse(toJson(settings))["replay"];
    for (const auto &[number, policy] : trace.policies()) {
        settings.replay = policy;
        table[std::to_string(number)] = nlohmann::json::parse(toJson(settings))["replay"];
    }
    return table.dump();
}

/// A counter of each step, or one of each port or core; -1 where a step has none.
template <typename ValuesOf>
NpyArray counted(const Trace &trace, std::int64_t width, ValuesOf valuesOf)
{
    std::vector<std::int64_t> values;
    for (int step = 0; step < trace.steps(); ++step)
        if (const std::optional<CardCounters> counters = trace.card(step)) {
            const std::span<const std::int64_t> of = valuesOf(*counters);
            values.insert(values.end(), of.begin(), of.end());
        } else {
            values.insert(values.end(), static_cast<std::size_t>(std::max<std::int64_t>(width, 1)), -1);
        }
    std::vector<std::int64_t> shape{trace.steps()};
    if (width > 0)
        shape.push_back(width);
    return NpyArray::from<std::int64_t>(values, shape);
}

Result<void> addCounters(NpzWriter &writer, const Trace &trace)
{
    const CardTotals totals = trace.cardTotals();
    Result<void> added;
    if (totals.steps == 0)
        return added;
    for (const CardCounterName &name : cardCounterNames)
        if (added)
            added = writer.add("card_" + std::string(name.name),
                               counted(trace, 0, [&](const CardCounters &counters) {
                                   return std::span(&(counters.*name.value), 1);
                               }));
    for (const CardCounterListName &name : cardCounterListNames)
        if (added)
            added = writer.add(
                "card_" + std::string(name.name),
                counted(trace, static_cast<std::int64_t>((totals.sum.*name.values).size()),
                        [&](const CardCounters &counters) { return std::span(counters.*name.values); }));
    return added;
}

} // namespace

Result<void> writeTraceNpz(const std::filesystem::path &file, const Trace &trace)
{
    auto writer = NpzWriter::create(file);
    if (!writer)
        return writer.error();
    const auto tas = [&] {
        return perOutcome<float>(trace, [](LayerOutcome outcome) { return outcome.tas; });
    };
    const auto decided = [&](auto holds) {
        return perOutcome<std::uint8_t>(
            trace, [&](LayerOutcome outcome) { return static_cast<std::uint8_t>(holds(outcome.decision)); });
    };
    Result<void> added = writer->add("tas", tas());
    if (added)
        added = writer->add("replayed",
                            decided([](Decision decision) { return decision == Decision::Replayed; }));
    if (added)
        added = writer->add("eligible",
                            decided([](Decision decision) { return decision != Decision::NotEligible; }));
    if (added)
        added = writer->add("codes", codes(trace));
    if (added)
        added = writer->add("policy", policyNumbers(trace));
    if (added)
        added = writer->add("time_ns", times(trace));
    if (added)
        added = writer->add("settings", text(toJson(trace.settings())));
    if (added)
        added = writer->add("policies", text(policyTable(trace)));
    if (added)
        added = addCounters(*writer, trace);
    return added ? writer->close() : added;
}

} // namespace fastcar
