// SPDX-License-Identifier: Apache-2.0
//
// What the engine says while it works: small values of a fixed size, made to go through a ring from one
// writer thread.
#pragma once

#include "engine/backend/backbone.h"

#include <cstdint>

namespace fastcar {

enum class Phase : std::uint8_t {
    Loading,
    Prefill,
    Repeating, // the steps of a run that stopped are run again, to make its caches
    Decoding,
    Paused,
    Done,
    Cancelled,
    Failed,
};

struct Event {
    enum class Kind : std::uint8_t {
        PhaseChanged,  // phase
        LayerOutcome,  // token (input of the step), row, layer, tas, decision, policy
        CodeDrawn,     // token (drawn), video, depth, code
        TokenDone,     // token (drawn); timeNs since the run began. All videos have it.
        FrameDone,     // video, frame: its pixels were handed to the sink before
        PolicyChanged, // policy: number of the setting that rules from the next step on
        StepRepeated,  // token (input of the step): one of a beginning that was given, which says nothing new
        ThresholdSet,  // token (input of the step, whose outcomes follow), layer, threshold: NaN for none.
                       // Only where a target moves them
        CardRun,       // token (input of the step), layer: ports, row: cores. Its counts follow.
        CardCounted,   // token (input of the step), layer: number, row: index; count, which is not 0
        HeadScored,    // token (input of the step), layer, row, code: head; tas: its score, count: of so many
                       // heads. Only where somebody asks
        StepTimed,     // token (input of the step); timeNs: of it within MLPs. Only where the device tells
    };

    Kind kind = Kind::PhaseChanged;
    Phase phase = Phase::Loading;
    Decision decision = Decision::NotEligible;
    std::uint8_t depth = 0;
    std::uint16_t layer = 0;
    std::uint16_t row = 0;   // or video
    std::uint32_t token = 0; // or frame
    std::uint32_t policy = 0;
    union {
        float tas = 0.0f;
        float threshold; // ThresholdSet
    };
    std::int32_t code = 0;
    union {
        std::int64_t timeNs = 0;
        std::int64_t count; // CardCounted, HeadScored
    };
};
static_assert(sizeof(Event) == 32);

} // namespace fastcar
