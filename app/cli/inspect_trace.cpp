// SPDX-License-Identifier: Apache-2.0
#include "app/cli/card_replay.h"
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "app/cli/report.h"
#include "app/cli/trace_shape_report.h"
#include "engine/text/prompt.h"
#include "engine/trace/trace_file.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

bool isWhole(const Trace &trace)
{
    return trace.tokens() == trace.shape().frames * trace.shape().stride;
}

double lastSeconds(const Trace &trace)
{
    return trace.tokens() ? 1e-9 * static_cast<double>(trace.timeNs(trace.tokens() - 1)) : 0.0;
}

std::optional<CardTotals> cardOf(const Trace &trace)
{
    CardTotals totals = trace.cardTotals();
    return totals.steps ? std::optional(std::move(totals)) : std::nullopt;
}

struct OnCard {
    CardInfo card;
    std::vector<RunOnCard> runs; // by DRS's policy
};

/// The run on the card of --card, if one was named.
Result<std::optional<OnCard>> onCard(const InspectOptions &options, const Trace &trace)
{
    if (options.card.empty())
        return std::optional<OnCard>();
    const RunSettings &settings = trace.settings();
    ModelOptions named = options.model;
    if (named.folder.empty())
        named.folder = settings.modelFolder;
    const auto model = openModel(named);
    if (!model)
        return model.error();
    const auto digest = model->checkpoint->digest();
    if (!digest)
        return digest.error();
    if (*digest != settings.modelDigest)
        return Error{ErrorKind::BadInput, "The trace was made with another model than the one in '" +
                                              named.folder + "': name it with --model FOLDER."};
    const auto prompt = encodePrompt(*model->tokenizer, settings.prompt);
    if (!prompt)
        return prompt.error();
    const auto timing = createCardTiming(options.card, model->checkpoint->config());
    if (!timing)
        return timing.error();
    auto runs = timeOnCard(trace, **timing, static_cast<int>(prompt->conditional.size()));
    if (!runs)
        return runs.error();
    return std::optional(OnCard{.card = (*timing)->card(), .runs = std::move(*runs)});
}

void printTraceJson(const InspectOptions &options, const Trace &trace, const std::optional<OnCard> &card)
{
    const TraceShape &shape = trace.shape();
    nlohmann::ordered_json document{{"kind", "trace"}, {"file", options.what.string()}};
    addShape(document, shape);
    document["tokens"] = trace.tokens();
    document["steps"] = trace.steps();
    document["complete"] = isWhole(trace);
    document["seconds"] = lastSeconds(trace);
    document["policies"] = trace.policies().size();
    addReplay(document, trace.statistics());
    document["ceiling"] = ceilingOf(shape);
    document["card"] = toJsonValue(cardOf(trace));
    if (card) {
        document["on_card"] = {{"card", toJsonValue(card->card)}, {"runs", nlohmann::ordered_json::array()}};
        for (const RunOnCard &run : card->runs)
            document["on_card"]["runs"].push_back(toJsonValue(run));
    }
    document["settings"] = toJsonValue(trace.settings());
    printJson(document);
}

void printTrace(const InspectOptions &options, const Trace &trace, const std::optional<OnCard> &card)
{
    const TraceShape &shape = trace.shape();
    const RunSettings &settings = trace.settings();
    const ReplayStatistics statistics = trace.statistics();
    printLine("trace     " + options.what.string());
    printLine("prompt    " + settings.prompt);
    printShape(shape);
    printLine(fmt::format("tokens    {} of {}{}, {:.2f} s", trace.tokens(), shape.frames * shape.stride,
                          isWhole(trace) ? "" : ": the run was cancelled, killed or is still going on",
                          lastSeconds(trace)));
    printLine(fmt::format("run       seed {}, tas {}, gate {}, thresholds {}, attention {}, device {}",
                          settings.seed, toString(settings.replay.definition), toString(settings.replay.gate),
                          toString(settings.replay.thresholds), toString(settings.attention),
                          settings.device));
    if (const std::string limits = replayLimits(settings.replay); !limits.empty())
        printLine("allowed   " + limits);
    if (settings.replay.target)
        printLine("target    " + targetText(*settings.replay.target));
    printContinuations(settings);
    if (!isWhole(trace))
        printLine("goes on   fastcar generate --resume " + options.what.string() + " -o FILE");
    if (!trace.policies().empty())
        printLine(fmt::format("policies  {} in the course of the run",
                              counted(static_cast<std::int64_t>(trace.policies().size()), "change")));
    printLine("replayed  " + replayLine(statistics.all(), ceilingOf(shape)));
    if (const std::optional<CardTotals> counters = cardOf(trace))
        printLine("card      " + cardLine(*counters));
    printLayerTable(statistics);
    if (card)
        printOnCard(card->card, card->runs);
}

} // namespace

int inspectTrace(const InspectOptions &options)
{
    const auto read = readTraceAndExtent(options.what);
    if (!read)
        return fail(read.error());
    const auto card = onCard(options, read->trace);
    if (!card)
        return fail(card.error());
    if (read->extent.ending == TraceEnding::Damaged)
        say(unreadPart(options.what, read->extent));
    if (options.json)
        printTraceJson(options, read->trace, *card);
    else
        printTrace(options, read->trace, *card);
    return done;
}

} // namespace fastcar::cli
