// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/card_timing.h"

#include <utility>

namespace fastcar {

namespace {

CardTimings &registered()
{
    static CardTimings timings;
    return timings;
}

} // namespace

void registerCardTimings(CardTimings timings)
{
    registered() = std::move(timings);
}

std::vector<CardInfo> listCards()
{
    return registered().cards;
}

Result<std::unique_ptr<CardTiming>> createCardTiming(std::string_view card, const ModelConfig &model)
{
    if (!registered().create)
        return Error{.kind = ErrorKind::Unsupported, .message = "This build has no cycle model of a card."};
    return registered().create(card, model);
}

} // namespace fastcar
