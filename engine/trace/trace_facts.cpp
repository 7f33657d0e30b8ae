// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_facts.h"

namespace fastcar {

void TraceFacts::take(const TraceItem &item)
{
    if (const auto *token = std::get_if<TracedToken>(&item)) {
        ++tokens;
        if (token->card && card.cores() == 0)
            card = CardCounters::of(token->card->cores(), token->card->ports());
    } else if (const auto *change = std::get_if<PolicyChange>(&item)) {
        policies[change->number] = change->policy;
    } else {
        settings.continued.push_back(std::get<Continuation>(item));
    }
}

const ReplayPolicy &TraceFacts::policy(std::uint32_t number) const
{
    const auto found = policies.find(number);
    return found == policies.end() ? settings.replay : found->second;
}

TraceFacts factsOf(const Trace &trace)
{
    TraceFacts facts{.shape = trace.shape(),
                     .settings = trace.settings(),
                     .policies = trace.policies(),
                     .tokens = trace.tokens()};
    for (int step = 0; step < trace.steps() && facts.card.cores() == 0; ++step)
        if (const auto card = trace.card(step))
            facts.card = CardCounters::of(card->cores(), card->ports());
    return facts;
}

} // namespace fastcar
