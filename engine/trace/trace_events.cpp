// SPDX-License-Identifier: Apache-2.0
//
// A trace as Perfetto and Chrome show it (docs/file_formats.md, "Trace events"): a process for the run, with
// its frames and steps, and one for each row, with a thread for each layer.
//
// A trace knows when tokens were done, not what each layer took of the time between two of them. So every
// layer gets the same share of it, in the order in which they run: an apportionment, and named so in each
// slice's category.
#include "engine/base/version.h"
#include "engine/trace/event_file.h"
#include "engine/trace/replay_chains.h"
#include "engine/trace/trace_export.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <numeric>

namespace fastcar {

namespace {

constexpr int runProcess = 1;
constexpr int firstRowProcess = 2;
constexpr EventFile::Track frameTrack{runProcess, 11};
constexpr EventFile::Track stepTrack{runProcess, 12};
constexpr EventFile::Track changeTrack{runProcess, 13};
constexpr int firstLayerThread = 100;

constexpr std::array<std::string_view, 3> sliceNames{"compute (not eligible)", "compute", "replay"};
constexpr double beatBytes = 64.0;

std::string_view toWord(TraceEnding ending)
{
    switch (ending) {
    case TraceEnding::Whole:
        return "whole";
    case TraceEnding::CutOff:
        return "cut off";
    case TraceEnding::Damaged:
        return "damaged";
    }
    return "";
}

class TraceEvents final : public TraceExport {
public:
    TraceEvents(EventFile file, const TraceShape &shape, const RunSettings &settings, FrameRange frames)
        : facts_{.shape = shape, .settings = settings}
        , frames_(frames)
        , file_(std::move(file))
        , chains_(shape)
    {
        file_.nameProcess(runProcess, "run", 0);
        file_.nameThread(frameTrack, "frames", 0);
        file_.nameThread(stepTrack, "steps", 1);
        file_.nameThread(changeTrack, "policies and devices", 2);
    }

    Result<void> take(const TraceItem &item) override
    {
        facts_.take(item);
        if (const auto *token = std::get_if<TracedToken>(&item))
            takeToken(*token);
        else if (const auto *change = std::get_if<PolicyChange>(&item))
            file_.mark(changeTrack, now_, "policy " + std::to_string(change->number),
                       policyText(change->policy));
        else
            takeContinuation(std::get<Continuation>(item));
        return file_.state();
    }

    Result<void> finish(TraceEnding ending) override
    {
        endFrame(now_);
        return file_.finish(fmt::format(
            "{{\"program\":{},\"layer_times\":\"apportioned: each layer is given the same share "
            "of the time between two tokens\",\"tokens\":{},\"trace_file\":\"{}\",\"settings\":{}}}",
            jsonString(std::string("fastcar ") + version()), facts_.tokens, toWord(ending),
            toJson(facts_.settings)));
    }

private:
    using Track = EventFile::Track;
    using Span = EventFile::Span;

    const TraceShape &shape() const { return facts_.shape; }

    Track layerTrack(int layer, int row) const
    {
        return {firstRowProcess + row, firstLayerThread + std::int64_t{row} * shape().layers + layer};
    }

    void nameRows()
    {
        const RowLayout layout{.videos = shape().videos, .guided = shape().rows > shape().videos};
        const std::size_t digits = std::to_string(shape().layers - 1).size();
        for (int row = 0; row < shape().rows; ++row) {
            file_.nameProcess(firstRowProcess + row,
                              fmt::format("row {}: video {}, {}", row, layout.videoOf(row),
                                          layout.isConditional(row) ? "conditional" : "unconditional"),
                              1 + row);
            for (int layer = 0; layer < shape().layers; ++layer)
                file_.nameThread(layerTrack(layer, row), fmt::format("layer {:0{}}", layer, digits), layer);
        }
    }

    static std::string policyText(const ReplayPolicy &policy)
    {
        return fmt::format("{{\"tas\":\"{}\",\"gate\":\"{}\",\"thresholds\":{}}}",
                           toString(policy.definition), toString(policy.gate),
                           jsonString(toString(policy.thresholds)));
    }

    void takeContinuation(const Continuation &continuation)
    {
        file_.mark(changeTrack, now_, "continued on " + continuation.device,
                   fmt::format("{{\"step\":{},\"version\":{}}}", continuation.step,
                               jsonString(continuation.version)));
    }

    void takeToken(const TracedToken &token)
    {
        const Span span{now_, token.timeNs};
        now_ = token.timeNs;
        if (!token.hasStep()) {
            file_.slice(stepTrack, span, "before token 0", "run", "{}");
            return;
        }
        if (token.step() == 0)
            nameRows();
        if (token.step() % shape().stride == 0) {
            endFrame(span.begin);
            frameBegin_ = span.begin;
            frame_ = token.step() / shape().stride;
        }
        if (isWanted(token.step()))
            takeStep(token, span);
        chains_.take(token.outcomes);
        for (int layer = 0; layer < shape().layers; ++layer)
            for (int row = 0; row < shape().rows; ++row)
                takeOutcome(token, layer, row, shareOf(span, layer));
    }

    bool isWanted(int step) const { return frames_.holds(step / shape().stride); }

    void endFrame(std::int64_t end)
    {
        if (frame_ >= 0 && frames_.holds(frame_))
            file_.slice(frameTrack, {frameBegin_, end}, "frame " + std::to_string(frame_), "run",
                        fmt::format("{{\"frame\":{}}}", frame_));
        frame_ = -1;
    }

    void takeStep(const TracedToken &token, Span span)
    {
        const ReplayCount count = ReplayCount::of(token.outcomes.all());
        file_.slice(stepTrack, span, "step " + std::to_string(token.step()), "run",
                    fmt::format("{{\"frame\":{},\"position\":{},\"policy\":{},\"mlps\":{},\"eligible\":{},"
                                "\"replayed\":{}{}}}",
                                token.step() / shape().stride, token.step() % shape().stride, token.policy,
                                count.total, count.eligible, count.replayed,
                                token.mlpNs > 0 ? fmt::format(",\"mlp_ns\":{}", token.mlpNs) : ""));
        if (count.eligible > 0)
            file_.counter(runProcess, span.begin, "replayed of eligible", "%", 100.0 * count.ofEligible());
        if (token.card)
            takeCard(*token.card, span.begin);
    }

    void takeCard(const CardCounters &card, std::int64_t time)
    {
        const auto sum = [](const std::vector<std::int64_t> &values) {
            return static_cast<double>(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
        };
        CardTotals step;
        step.add(card);
        file_.counter(runProcess, time, "cores busy", "%", 100.0 * step.coresBusyShare());
        file_.counter(runProcess, time, "memory read in the step", "bytes", beatBytes * sum(card.beatsRead));
        file_.counter(runProcess, time, "memory written in the step", "bytes",
                      beatBytes * sum(card.beatsWritten));
        file_.counter(runProcess, time, "the step on the card", "cycles", static_cast<double>(card.cycles));
    }

    Span shareOf(Span span, int layer) const
    {
        const std::int64_t share = (span.end - span.begin) / shape().layers;
        const std::int64_t rest = (span.end - span.begin) % shape().layers;
        const auto edge = [&](std::int64_t l) { return span.begin + share * l + rest * l / shape().layers; };
        return {edge(layer), edge(layer + 1)};
    }

    void takeOutcome(const TracedToken &token, int layer, int row, Span span)
    {
        const LayerOutcome outcome = token.outcomes.row(layer)[static_cast<std::size_t>(row)];
        const Track track = layerTrack(layer, row);
        const int chain = chains_.length(layer, row);
        const int computedIn = token.step() - chain * shape().stride;
        const bool replayed = chain > 0 && computedIn >= 0; // before the first step nothing is computed
        std::int64_t &computed = computedAt(token.step(), layer, row);
        if (!replayed)
            computed = span.middle();
        if (!isWanted(token.step()))
            return;
        arguments_.clear();
        auto out = std::back_inserter(arguments_);
        fmt::format_to(out, "{{\"step\":{}", token.step());
        if (!std::isnan(outcome.tas))
            fmt::format_to(out, ",\"tas\":{}", jsonNumber(outcome.tas));
        if (const auto threshold = facts_.threshold(token, layer))
            fmt::format_to(out, ",\"threshold\":{}", jsonNumber(*threshold));
        if (replayed)
            fmt::format_to(out, ",\"computed_in_step\":{},\"replayed_in_a_row\":{}", computedIn, chain);
        arguments_ += '}';
        file_.slice(track, span, sliceNames[static_cast<std::size_t>(outcome.decision)], "mlp,apportioned",
                    arguments_);
        if (replayed && isWanted(computedIn))
            file_.arrow(arrows_++, "replayed output", track, computed, track, span.middle());
    }

    /// When the output that is in a slot of the MLP cache was computed.
    std::int64_t &computedAt(int step, int layer, int row)
    {
        const auto tracks = static_cast<std::size_t>(shape().layers) * static_cast<std::size_t>(shape().rows);
        const auto position = static_cast<std::size_t>(step % shape().stride);
        computed_.resize(std::max(computed_.size(), (position + 1) * tracks));
        return computed_[position * tracks +
                         static_cast<std::size_t>(layer) * static_cast<std::size_t>(shape().rows) +
                         static_cast<std::size_t>(row)];
    }

    TraceFacts facts_;
    FrameRange frames_;
    EventFile file_;
    ReplayChains chains_;
    std::int64_t now_ = 0; // when the last token was done
    int frame_ = -1;
    std::int64_t frameBegin_ = 0;
    std::vector<std::int64_t> computed_; // [position, layer, row]
    std::int64_t arrows_ = 1;
    std::string arguments_;
};

} // namespace

Result<std::unique_ptr<TraceExport>> createTraceEvents(const std::filesystem::path &file,
                                                       const TraceShape &shape, const RunSettings &settings,
                                                       FrameRange frames)
{
    auto events = EventFile::create(file);
    if (!events)
        return events.error();
    return std::unique_ptr<TraceExport>(new TraceEvents(std::move(*events), shape, settings, frames));
}

} // namespace fastcar
