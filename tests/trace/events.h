// SPDX-License-Identifier: Apache-2.0
//
// A run's events without an engine: every value can be told from where it stands.
#pragma once

#include "engine/decode/event.h"
#include "engine/trace/trace.h"

#include <limits>
#include <vector>

namespace fastcar::events {

inline constexpr TraceShape shape{.layers = 3,
                              .rows = 4,
                              .videos = 2,
                              .depth = 2,
                              .stride = 6,
                              .gridHeight = 2,
                              .gridWidth = 3,
                              .frames = 4};

inline RunSettings settings()
{
    RunSettings run;
    run.prompt = "a boat in the fog, \"slowly\" – für immer";
    run.frames = shape.frames;
    run.videos = shape.videos;
    run.replay.thresholds = {-1.5f, std::nullopt, std::numeric_limits<float>::infinity()};
    run.modelDigest = "0123";
    return run;
}

inline std::int32_t codeAt(int token, int video, int depth)
{
    return 1000 * token + 10 * video + depth;
}

inline LayerOutcome outcomeAt(int step, int layer, int row)
{
    if (step < shape.stride)
        return {std::numeric_limits<float>::quiet_NaN(), Decision::NotEligible};
    const bool replayed = (step + layer + row) % 3 == 0;
    return {0.25f * static_cast<float>(step) - static_cast<float>(layer) + 0.125f * static_cast<float>(row),
            replayed ? Decision::Replayed : Decision::Computed};
}

/// The card counts from this step on.
inline constexpr int firstCounted = 3;

/// With two cores, three ports, and some counters at 0.
inline CardCounters countersAt(int step)
{
    CardCounters counters = CardCounters::of(2, 3);
    forEachCount(counters, [&](int number, int index, std::int64_t &count) {
        count = number % 5 == 4 ? 0 : 1'000'000LL * step + 10 * number + index;
    });
    return counters;
}

inline std::vector<Event> cardEvents(int step, const CardCounters &counters)
{
    std::vector<Event> events{{.kind = Event::Kind::CardRun,
                               .layer = static_cast<std::uint16_t>(counters.ports()),
                               .row = static_cast<std::uint16_t>(counters.cores()),
                               .token = static_cast<std::uint32_t>(step)}};
    forEachCount(counters, [&](int number, int index, std::int64_t count) {
        if (count != 0)
            events.push_back({.kind = Event::Kind::CardCounted,
                              .layer = static_cast<std::uint16_t>(number),
                              .row = static_cast<std::uint16_t>(index),
                              .token = static_cast<std::uint32_t>(step),
                              .count = count});
    });
    return events;
}

/// From this step on, policy 1 rules.
inline constexpr int policyChange = 9;

/// To which that policy's target had moved a layer's threshold.
inline float thresholdAt(int step, int layer)
{
    return layer == 1 ? std::numeric_limits<float>::quiet_NaN()
                      : 0.01f * static_cast<float>(step) + static_cast<float>(layer);
}

/// From this step on somebody asked for the scores of the heads.
inline constexpr int firstHeads = 8;
inline constexpr int heads = 3;
inline float headScoreAt(int step, int layer, int row, int head)
{
    return 0.5f * static_cast<float>(step) - static_cast<float>(layer * 9 + row * 3 + head);
}

inline std::vector<Event> headEvents(int step)
{
    std::vector<Event> events;
    for (int layer = 0; layer < shape.layers; ++layer)
        for (int row = 0; row < shape.rows; ++row)
            for (int head = 0; head < heads; ++head)
                events.push_back({.kind = Event::Kind::HeadScored,
                                  .layer = static_cast<std::uint16_t>(layer),
                                  .row = static_cast<std::uint16_t>(row),
                                  .token = static_cast<std::uint32_t>(step),
                                  .tas = headScoreAt(step, layer, row, head),
                                  .code = head,
                                  .count = heads});
    return events;
}

/// From this step on the device tells what MLPs took.
inline constexpr int firstTimed = 5;
inline std::int64_t mlpNsAt(int step)
{
    return 1'000'000LL * step + 3;
}

inline std::vector<Event> stepEvents(int step)
{
    std::vector<Event> events;
    for (int layer = 0; step >= policyChange && layer < shape.layers; ++layer)
        events.push_back({.kind = Event::Kind::ThresholdSet,
                          .layer = static_cast<std::uint16_t>(layer),
                          .token = static_cast<std::uint32_t>(step),
                          .policy = 1u,
                          .threshold = thresholdAt(step, layer)});
    for (int layer = 0; layer < shape.layers; ++layer)
        for (int row = 0; row < shape.rows; ++row) {
            const LayerOutcome outcome = outcomeAt(step, layer, row);
            events.push_back({.kind = Event::Kind::LayerOutcome,
                              .decision = outcome.decision,
                              .layer = static_cast<std::uint16_t>(layer),
                              .row = static_cast<std::uint16_t>(row),
                              .token = static_cast<std::uint32_t>(step),
                              .policy = step >= policyChange ? 1u : 0u,
                              .tas = outcome.tas});
        }
    if (step >= firstHeads)
        for (const Event &event : headEvents(step))
            events.push_back(event);
    if (step >= firstCounted)
        for (const Event &event : cardEvents(step, countersAt(step)))
            events.push_back(event);
    if (step >= firstTimed)
        events.push_back({.kind = Event::Kind::StepTimed,
                          .token = static_cast<std::uint32_t>(step),
                          .timeNs = mlpNsAt(step)});
    return events;
}

inline std::vector<Event> tokenEvents(int token)
{
    std::vector<Event> events;
    for (int depth = 0; depth < shape.depth; ++depth)
        for (int video = 0; video < shape.videos; ++video)
            events.push_back({.kind = Event::Kind::CodeDrawn,
                              .depth = static_cast<std::uint8_t>(depth),
                              .row = static_cast<std::uint16_t>(video),
                              .token = static_cast<std::uint32_t>(token),
                              .code = codeAt(token, video, depth)});
    events.push_back({.kind = Event::Kind::TokenDone,
                      .token = static_cast<std::uint32_t>(token),
                      .timeNs = 1'000'000'000LL * token + 7});
    return events;
}

/// All events of the first `tokens` tokens, as the engine sends them.
inline std::vector<Event> run(int tokens = shape.frames * shape.stride)
{
    std::vector<Event> events{{.kind = Event::Kind::PhaseChanged, .phase = Phase::Decoding}};
    for (int token = 0; token < tokens; ++token) {
        if (token > 0)
            for (const Event &event : stepEvents(token - 1))
                events.push_back(event);
        for (const Event &event : tokenEvents(token))
            events.push_back(event);
        if ((token + 1) % shape.stride == 0)
            events.push_back(
                {.kind = Event::Kind::FrameDone, .token = static_cast<std::uint32_t>(token / shape.stride)});
    }
    return events;
}

inline ReplayPolicy secondPolicy()
{
    ReplayPolicy policy;
    policy.definition = TasDefinition::Paper;
    policy.gate = GateMode::All;
    policy.thresholds = {0.5f, std::nullopt, 0.5f};
    policy.target = ReplayTarget{.ratio = 0.75f, .perLayer = true};
    return policy;
}

} // namespace fastcar::events
