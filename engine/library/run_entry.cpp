// SPDX-License-Identifier: Apache-2.0
#include "engine/library/run_entry.h"

#include <array>
#include <utility>

namespace fastcar {

namespace {

constexpr std::array<std::pair<RunState, std::string_view>, 5> stateNames{{
    {RunState::Running, "running"},
    {RunState::Done, "done"},
    {RunState::Cancelled, "cancelled"},
    {RunState::Failed, "failed"},
    {RunState::Interrupted, "interrupted"},
}};

} // namespace

std::string_view nameOf(RunState state)
{
    for (const auto &[known, name] : stateNames)
        if (known == state)
            return name;
    return {};
}

std::optional<RunState> runStateFrom(std::string_view name)
{
    for (const auto &[state, known] : stateNames)
        if (known == name)
            return state;
    return std::nullopt;
}

std::optional<double> RunEntry::replayOfEligible() const
{
    if (eligible == 0)
        return std::nullopt;
    return static_cast<double>(replayed) / static_cast<double>(eligible);
}

} // namespace fastcar
