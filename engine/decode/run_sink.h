// SPDX-License-Identifier: Apache-2.0
//
// Where a generation's events and pictures go. Called from the engine's thread; an implementation must return
// quickly and never block on a screen.
#pragma once

#include "engine/decode/event.h"
#include "engine/decode/run_settings.h"
#include "engine/media/frame.h"

#include <cstdint>

namespace fastcar {

class RunSink {
public:
    virtual ~RunSink() = default;

    virtual void onEvent(const Event &event) = 0;
    /// The settings are fine and rule: with the model's digest, the program's version and where the run went
    /// on up to now. Comes before the prompt is read.
    virtual void onBegun(const RunSettings & /*settings*/) {}
    /// The policy behind the number that a PolicyChanged event brings next. Number 0 is the one of the
    /// settings.
    virtual void onPolicy(std::uint32_t /*number*/, const ReplayPolicy & /*policy*/) {}
    /// A run that had stopped goes on: its given steps have been run again, and what comes now is new.
    virtual void onContinued(const Continuation & /*continuation*/) {}
    /// A finished frame: at the token boundary at which its picture is there, one or more tokens behind its
    /// last; in order, and before the run is said to pause or to have ended.
    virtual void onFrame(int /*video*/, int /*frame*/, SharedFrame /*picture*/) {}
    /// The frame in progress: positions below `tokens` are drawn, the rest shows the frame before (or nothing
    /// yet).
    virtual void onPreview(int /*video*/, int /*frame*/, int /*tokens*/, SharedFrame /*picture*/) {}
};

} // namespace fastcar
