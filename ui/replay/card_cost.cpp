// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/card_cost.h"

#include "engine/text/prompt.h"
#include "engine/trace/trace_digest.h"
#include "ui/models/engine_words.h"

#include <algorithm>

namespace fastcar::ui {

CardCost::CardCost(const RunSettingsModel &settings, const RunRecord &record, QObject *parent)
    : QObject(parent)
    , settings_(settings)
    , record_(record)
{
    connect(&settings_, &RunSettingsModel::changed, this, &CardCost::refresh);
    connect(&record_, &RunRecord::began, this, &CardCost::refresh);
}

void CardCost::setCard(const QString &name)
{
    card_ = name;
    refresh();
}

QString CardCost::title() const
{
    for (const CardInfo &card : listCards())
        if (card.name == card_.toStdString())
            return engineWords(card.title);
    return {};
}

void CardCost::setWatched(bool watched)
{
    watched_ = watched;
    refresh();
}

CardCost::Question CardCost::question() const
{
    const RunSettings &run = record_.trace().settings();
    std::size_t longest = 0;
    if (const auto ids = encodePrompt(*settings_.model().tokenizer, run.prompt))
        longest = std::max(ids->conditional.size(), ids->unconditional.size());
    return {.card = card_.toStdString(),
            .model = settings_.model().checkpoint->folder(),
            .run = extentOf(record_.trace().shape()),
            .promptTokens = static_cast<int>(longest),
            .definition = run.replay.definition,
            .drs = settings_.replay().drs(),
            .attention = run.attention};
}

void CardCost::refresh()
{
    if (!watched_ || job_.running() || card_.isEmpty() || !settings_.hasModel() || !record_.hasRun() ||
        record_.trace().settings().modelFolder != settings_.model().checkpoint->folder())
        return;
    const Question next = question();
    if (asked_ == next)
        return;
    asked_ = next;
    const ModelConfig config = settings_.model().checkpoint->config();
    job_.start(
        this,
        [next, config]() -> Result<CardStepCost> {
            auto timing = createCardTiming(next.card, config);
            if (!timing)
                return timing.error();
            ReplayPolicy policy;
            policy.definition = next.definition;
            policy.drs = next.drs;
            return fitCardStepCost(**timing, next.run, next.promptTokens, policy, next.attention);
        },
        [this, next](Result<CardStepCost> answer) { take(next, std::move(answer)); });
}

void CardCost::take(const Question &asked, Result<CardStepCost> answer)
{
    if (asked_ == asked) {
        cost_ = answer ? std::optional(*answer) : std::nullopt;
        error_ = answer ? QString() : engineWords(answer.error());
        emit changed();
    }
    refresh(); // it may be another question by now
}

} // namespace fastcar::ui
