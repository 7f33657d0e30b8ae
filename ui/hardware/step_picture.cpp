// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/step_picture.h"

#include <algorithm>
#include <bit>
#include <map>

namespace fastcar::ui {

namespace {

using Work = CardSpan::Work;

/// Weights of the next layer stream while this one still computes: ports do not say where a layer begins.
bool saysItsLayer(const CardSpan &span)
{
    return span.unit != CardUnit::Port && span.work != Work::Load && span.work != Work::Final;
}

std::vector<LayerWindow> layersOf(const StepTiming &timing, std::span<const std::uint32_t> replays)
{
    const auto count = replays.size();
    std::vector<LayerWindow> layers(count);
    std::vector<bool> seen(count, false);
    std::int64_t final = timing.counters.cycles;
    for (const CardSpan &span : timing.spans) {
        if (span.work == Work::Final)
            final = std::min(final, span.begin);
        const auto number = static_cast<std::size_t>(span.layer);
        if (!saysItsLayer(span) || span.layer < 0 || number >= count)
            continue;
        LayerWindow &layer = layers[number];
        layer.begin = seen[number] ? std::min(layer.begin, span.begin) : span.begin;
        seen[number] = true;
        layer.mlpEnd = std::max(layer.mlpEnd, span.end);
        if (span.unit == CardUnit::Core && span.work == Work::Output)
            layer.mlp = std::max(layer.mlp, span.end);
    }
    std::vector<LayerWindow> found;
    for (std::size_t i = 0; i < count; ++i) {
        if (!seen[i])
            continue;
        layers[i].layer = static_cast<int>(i);
        if (layers[i].mlp == 0)
            layers[i].mlp = layers[i].mlpEnd; // nothing says when its MLP begins
        layers[i].replayed = replays[i];
        if (!found.empty())
            found.back().end = layers[i].begin;
        found.push_back(layers[i]);
    }
    if (!found.empty())
        found.back().end = std::max(final, found.back().begin);
    return found;
}

std::vector<CardSpan> freeOf(const LaneSpans &core, const std::vector<LayerWindow> &layers)
{
    std::vector<CardSpan> free;
    for (const LayerWindow &layer : layers) {
        if (layer.replayed == 0)
            continue;
        const int row = std::has_single_bit(layer.replayed) ? std::countr_zero(layer.replayed) : -1;
        std::int64_t from = std::max(layer.mlp, free.empty() ? 0 : free.back().end);
        const auto leave = [&](std::int64_t to) {
            if (to > from)
                free.push_back({.begin = from,
                                .end = to,
                                .unit = CardUnit::Core,
                                .index = static_cast<std::uint8_t>(core.index()),
                                .work = Work::Replay,
                                .row = static_cast<std::int8_t>(row),
                                .layer = static_cast<std::int16_t>(layer.layer)});
        };
        const auto &spans = core.spans();
        auto span = std::lower_bound(spans.begin(), spans.end(), from,
                                     [](const CardSpan &s, std::int64_t at) { return s.end <= at; });
        for (; span != spans.end() && span->begin < layer.mlpEnd; ++span) {
            leave(span->begin);
            from = std::max(from, span->end);
        }
        leave(layer.mlpEnd);
    }
    return free;
}

} // namespace

const LayerWindow *StepPicture::layerAt(double cycle) const
{
    const auto found =
        std::upper_bound(layers.begin(), layers.end(), cycle, [](double at, const LayerWindow &layer) {
            return at < static_cast<double>(layer.end);
        });
    return found != layers.end() && cycle >= static_cast<double>(found->begin) ? &*found : nullptr;
}

const LayerWindow *StepPicture::layer(int number) const
{
    const auto found = std::find_if(layers.begin(), layers.end(),
                                    [number](const LayerWindow &layer) { return layer.layer == number; });
    return found != layers.end() ? &*found : nullptr;
}

std::shared_ptr<const StepPicture> makeStepPicture(StepTiming timing, const CardInfo &card,
                                                   std::span<const std::uint32_t> replays)
{
    auto picture = std::make_shared<StepPicture>();
    picture->layers = layersOf(timing, replays);

    // Heads and gate are the sequencer's own work, one after the other: one lane.
    std::map<std::pair<CardUnit, int>, std::vector<CardSpan>> byUnit;
    for (int core = 0; core < card.cores; ++core)
        byUnit[{CardUnit::Core, core}];
    for (int port = 0; port < card.ports; ++port)
        byUnit[{CardUnit::Port, port}];
    for (const CardSpan &span : timing.spans) {
        const bool sequencer = span.unit == CardUnit::Heads || span.unit == CardUnit::Gate;
        byUnit[{sequencer ? CardUnit::Heads : span.unit, sequencer ? 0 : span.index}].push_back(span);
    }
    timing.spans = {};
    for (const CardUnit unit :
         {CardUnit::Core, CardUnit::Vector, CardUnit::Heads, CardUnit::Attention, CardUnit::Port}) {
        for (auto &[key, spans] : byUnit) {
            if (key.first != unit)
                continue;
            std::sort(spans.begin(), spans.end(),
                      [](const CardSpan &a, const CardSpan &b) { return a.begin < b.begin; });
            picture->lanes.emplace_back(unit, key.second, std::move(spans));
            if (unit == CardUnit::Core)
                picture->free.emplace_back(unit, key.second, freeOf(picture->lanes.back(), picture->layers));
        }
    }
    picture->timing = std::move(timing);
    return picture;
}

} // namespace fastcar::ui
