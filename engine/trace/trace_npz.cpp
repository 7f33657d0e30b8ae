// SPDX-License-Identifier: Apache-2.0
//
// A trace as numpy arrays: time runs fastest, so that a layer's row is one contiguous line to plot.
#include "engine/tensor/npz_lines.h"
#include "engine/trace/trace_export.h"
#include "engine/trace/trace_file.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <span>

namespace fastcar {

namespace {

/// {"0": {...}, "1": {...}}: what the numbers in "policy" stand for, as "replay" stands in the settings.
std::string policyTable(const TraceFacts &facts)
{
    RunSettings settings = facts.settings;
    nlohmann::json table = nlohmann::json::object();
    table["0"] = nlohmann::json::parse(toJson(settings))["replay"];
    for (const auto &[number, policy] : facts.policies) {
        settings.replay = policy;
        table[std::to_string(number)] = nlohmann::json::parse(toJson(settings))["replay"];
    }
    return table.dump();
}

class TraceNpz final : public TraceExport {
public:
    static Result<std::unique_ptr<TraceExport>> create(const std::filesystem::path &file,
                                                       const TraceFacts &facts)
    {
        const std::string settings = toJson(facts.settings);
        const std::string policies = policyTable(facts);
        auto arrays = NpzLines::create(file, layout(facts, settings.size(), policies.size()));
        if (!arrays)
            return arrays.error();
        arrays->append(Settings, 0, std::as_bytes(std::span(settings)));
        arrays->append(Policies, 0, std::as_bytes(std::span(policies)));
        return std::unique_ptr<TraceExport>(new TraceNpz(facts, std::move(*arrays)));
    }

    Result<void> take(const TraceItem &item) override
    {
        const auto *token = std::get_if<TracedToken>(&item);
        if (!token)
            return {}; // the facts have told of it
        arrays_.append(Times, 0, token->timeNs);
        for (int video = 0; video < facts_.shape.videos; ++video) {
            const auto depth = static_cast<std::size_t>(facts_.shape.depth);
            arrays_.append(
                Codes, video,
                std::as_bytes(token->codes.subspan(static_cast<std::size_t>(video) * depth, depth)));
        }
        if (token->hasStep())
            takeStep(*token);
        return arrays_.state();
    }

    Result<void> finish(TraceEnding) override { return arrays_.close(); }

private:
    // The first arrays of layout(), in its order; those of a card follow.
    enum Which : std::size_t {
        Tas,
        Replayed,
        Eligible,
        Thresholds,
        Codes,
        Policy,
        Times,
        MlpTimes,
        Settings,
        Policies,
        Card
    };

    TraceNpz(const TraceFacts &facts, NpzLines arrays)
        : facts_(facts)
        , arrays_(std::move(arrays))
        , notCounted_(facts.card)
    {
        forEachCount(notCounted_, [](int, int, std::int64_t &count) { count = -1; });
    }

    static std::vector<NpzLines::Array> layout(const TraceFacts &facts, std::size_t settingsBytes,
                                               std::size_t policiesBytes)
    {
        const TraceShape &shape = facts.shape;
        const std::int64_t steps = facts.steps();
        const std::vector<std::int64_t> outcomes{shape.layers, shape.rows, steps};
        // Lines of nothing are one: a header alone may promise any number of them.
        const std::int64_t tracks = steps > 0 ? std::int64_t{shape.layers} * shape.rows : 1;
        const std::int64_t videos = facts.tokens > 0 ? shape.videos : 1;
        const auto text = [](std::size_t bytes) { return std::vector{static_cast<std::int64_t>(bytes)}; };
        std::vector<NpzLines::Array> arrays{
            {.name = "tas", .type = DType::F32, .shape = outcomes, .lines = tracks},
            {.name = "replayed", .type = DType::U8, .shape = outcomes, .lines = tracks},
            {.name = "eligible", .type = DType::U8, .shape = outcomes, .lines = tracks},
            {.name = "thresholds",
             .type = DType::F32,
             .shape = {shape.layers, steps},
             .lines = steps > 0 ? std::int64_t{shape.layers} : 1},
            {.name = "codes",
             .type = DType::I32,
             .shape = {shape.videos, facts.tokens, shape.depth},
             .lines = videos},
            {.name = "policy", .type = DType::I32, .shape = {steps}},
            {.name = "time_ns", .type = DType::I64, .shape = {facts.tokens}},
            {.name = "mlp_ns", .type = DType::I64, .shape = {steps}},
            {.name = "settings", .type = DType::U8, .shape = text(settingsBytes)},
            {.name = "policies", .type = DType::U8, .shape = text(policiesBytes)}};
        if (facts.card.cores() == 0)
            return arrays;
        for (const CardCounterName &name : cardCounterNames)
            arrays.push_back(
                {.name = "card_" + std::string(name.name), .type = DType::I64, .shape = {steps}});
        for (const CardCounterListName &name : cardCounterListNames)
            arrays.push_back({.name = "card_" + std::string(name.name),
                              .type = DType::I64,
                              .shape = {steps, name.ofCores ? facts.card.cores() : facts.card.ports()}});
        return arrays;
    }

    void takeStep(const TracedToken &token)
    {
        std::int64_t track = 0;
        for (const LayerOutcome &outcome : token.outcomes.all()) {
            arrays_.append(Tas, track, outcome.tas);
            arrays_.append(Replayed, track, std::uint8_t{outcome.decision == Decision::Replayed});
            arrays_.append(Eligible, track, std::uint8_t{outcome.decision != Decision::NotEligible});
            ++track;
        }
        for (int layer = 0; layer < facts_.shape.layers; ++layer)
            arrays_.append(Thresholds, layer,
                           facts_.threshold(token, layer).value_or(std::numeric_limits<float>::quiet_NaN()));
        arrays_.append(Policy, 0, token.policy);
        arrays_.append(MlpTimes, 0, token.mlpNs > 0 ? token.mlpNs : notTold);
        if (facts_.card.cores() == 0)
            return;
        const CardCounters &card = token.card ? *token.card : notCounted_;
        std::size_t array = Card;
        for (const CardCounterName &name : cardCounterNames)
            arrays_.append(array++, 0, card.*name.value);
        for (const CardCounterListName &name : cardCounterListNames)
            arrays_.append(array++, 0, std::as_bytes(std::span(card.*name.values)));
    }

    static constexpr std::int64_t notTold = -1;

    TraceFacts facts_;
    NpzLines arrays_;
    CardCounters notCounted_; // what a step without counters has
};

} // namespace

Result<std::unique_ptr<TraceExport>> createTraceNpz(const std::filesystem::path &file,
                                                    const TraceFacts &facts)
{
    return TraceNpz::create(file, facts);
}

Result<void> writeTraceNpz(const std::filesystem::path &file, const Trace &trace)
{
    auto npz = createTraceNpz(file, factsOf(trace));
    if (!npz)
        return npz.error();
    for (int token = 0; token < trace.tokens(); ++token)
        if (auto taken = (*npz)->take(trace.token(token)); !taken)
            return taken;
    return (*npz)->finish(TraceEnding::Whole);
}

} // namespace fastcar
