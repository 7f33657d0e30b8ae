// SPDX-License-Identifier: Apache-2.0
//
// What a trace says of all of itself, gathered while its items come by: the policies by their numbers, where
// the run went on, how long it is. Small, however long the run was.
#pragma once

#include "engine/trace/trace.h"

#include <filesystem>
#include <map>

namespace fastcar {

struct TraceFacts {
    TraceShape shape;
    RunSettings settings;                           // with all that the run went on with
    std::map<std::uint32_t, ReplayPolicy> policies; // but for 0, which is the settings' own
    int tokens = 0;
    CardCounters card; // all zero, of the size of the card that counted; of no size where none did

    void take(const TraceItem &item);
    int steps() const { return tokens > 0 ? tokens - 1 : 0; }
    bool isWhole() const { return tokens == shape.frames * shape.stride; }
    /// That of the settings where nothing is known of `number`.
    const ReplayPolicy &policy(std::uint32_t number) const;
    /// What a layer's scores were held against in the step of `token`.
    std::optional<float> threshold(const TracedToken &token, int layer) const
    {
        return thresholdInForce(token, policy(token.policy), shape.stride, layer);
    }
};

TraceFacts factsOf(const Trace &trace);

} // namespace fastcar
