// SPDX-License-Identifier: Apache-2.0
//
// A trace as a table. What there is not (a score in the first frame, a threshold of a layer that never
// replays, a step of the last token) is an empty field.
#include "engine/base/text_file.h"
#include "engine/trace/trace_export.h"

#include <array>
#include <cmath>

namespace fastcar {

namespace {

constexpr std::array<std::string_view, 3> decisionWords{"not_eligible", "computed", "replayed"};

class TraceCsv : public TraceExport {
public:
    TraceCsv(TextFile file, const TraceShape &shape, const RunSettings &settings, FrameRange frames)
        : facts_{.shape = shape, .settings = settings}
        , frames_(frames)
        , file_(std::move(file))
    {
    }

    Result<void> take(const TraceItem &item) override
    {
        facts_.take(item);
        if (const auto *token = std::get_if<TracedToken>(&item))
            takeToken(*token);
        return file_.state();
    }

protected:
    virtual void takeToken(const TracedToken &token) = 0;

    const TraceShape &shape() const { return facts_.shape; }

    /// The index of a token or of the step that it is the input of, and where in the video it is.
    void place(int index)
    {
        file_.add(index).add(",").add(index / shape().stride).add(",").add(index % shape().stride).add(",");
    }

    bool isWanted(int index) const { return frames_.holds(index / shape().stride); }

    TraceFacts facts_;
    FrameRange frames_;
    TextFile file_;
};

class OutcomeTable final : public TraceCsv {
public:
    OutcomeTable(TextFile file, const TraceShape &shape, const RunSettings &settings, FrameRange frames)
        : TraceCsv(std::move(file), shape, settings, frames)
    {
        file_.add("step,frame,position,layer,row,video,branch,tas,decision,policy,threshold\n");
    }

    Result<void> finish(TraceEnding) override { return file_.commit(); }

private:
    void takeToken(const TracedToken &token) override
    {
        if (!token.hasStep() || !isWanted(token.step()))
            return;
        for (int layer = 0; layer < shape().layers; ++layer) {
            const std::optional<float> threshold = facts_.threshold(token, layer);
            int row = 0;
            for (const LayerOutcome &outcome : token.outcomes.row(layer))
                line(token, layer, row++, outcome, threshold);
        }
    }

    void line(const TracedToken &token, int layer, int row, LayerOutcome outcome,
              std::optional<float> threshold)
    {
        const RowLayout layout{.videos = shape().videos, .guided = shape().rows > shape().videos};
        place(token.step());
        file_.add(layer).add(",").add(row).add(",").add(layout.videoOf(row));
        file_.add(layout.isConditional(row) ? ",cond," : ",uncond,");
        if (!std::isnan(outcome.tas))
            file_.add(outcome.tas);
        file_.add(",").add(decisionWords[static_cast<std::size_t>(outcome.decision)]);
        file_.add(",").add(token.policy).add(",");
        if (threshold)
            file_.add(*threshold);
        file_.add("\n");
    }
};

class TokenTable final : public TraceCsv {
public:
    TokenTable(TextFile file, const TraceShape &shape, const RunSettings &settings, FrameRange frames)
        : TraceCsv(std::move(file), shape, settings, frames)
    {
        file_.add("token,frame,position,time_ns");
        for (int video = 0; video < shape.videos; ++video)
            for (int depth = 0; depth < shape.depth; ++depth)
                file_.add(",code_").add(video).add("_").add(depth);
        file_.add(",policy,mlps,eligible,replayed,mlp_ns\n");
    }

    Result<void> finish(TraceEnding) override
    {
        if (facts_.tokens > 0 && isWanted(facts_.tokens - 1))
            file_.add(",,,,,\n"); // the last token has no step
        return file_.commit();
    }

private:
    /// A token's line ends with what became of its step, of which the next token tells.
    void takeToken(const TracedToken &token) override
    {
        if (token.hasStep() && isWanted(token.step())) {
            const ReplayCount count = ReplayCount::of(token.outcomes.all());
            file_.add(",").add(token.policy).add(",").add(count.total);
            file_.add(",").add(count.eligible).add(",").add(count.replayed).add(",");
            if (token.mlpNs > 0)
                file_.add(token.mlpNs);
            file_.add("\n");
        }
        if (!isWanted(token.token))
            return;
        place(token.token);
        file_.add(token.timeNs);
        for (const std::int32_t code : token.codes)
            file_.add(",").add(code);
    }
};

} // namespace

Result<std::unique_ptr<TraceExport>> createTraceCsv(const std::filesystem::path &file,
                                                    const TraceShape &shape, const RunSettings &settings,
                                                    TraceTable table, FrameRange frames)
{
    auto text = TextFile::create(file);
    if (!text)
        return text.error();
    if (table == TraceTable::Tokens)
        return std::unique_ptr<TraceExport>(new TokenTable(std::move(*text), shape, settings, frames));
    return std::unique_ptr<TraceExport>(new OutcomeTable(std::move(*text), shape, settings, frames));
}

} // namespace fastcar
