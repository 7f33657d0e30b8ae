// SPDX-License-Identifier: Apache-2.0
//
// One line on a terminal's standard error that says how far a run is, how long it will take and how much it
// replays. Where standard error is no terminal it says nothing.
#pragma once

#include "engine/decode/event.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace fastcar::cli {

/// Fed from the engine's thread; finish() and message() may come from any.
class ProgressLine {
public:
    /// `phase`: what the work begins with.
    explicit ProgressLine(std::string phase = "loading the model");
    ~ProgressLine();

    /// How many visual tokens of each video there will be, and how many there are.
    void expect(int tokens, int given);
    void append(const Event &event);
    /// Another phase that the engine does not know of: "writing clip.mp4".
    void phase(const std::string &words);
    /// How far the phase is, from 0 to 1, where no events tell.
    void share(double part);
    /// A sentence on standard error, above the line where there is one.
    void message(const std::string &sentence);
    /// Takes the line away.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    std::string line(Clock::time_point now) const;
    void draw(bool now);
    void erase();

    std::mutex mutex_;
    const bool terminal_;
    int tokens_ = 1;
    int given_ = 0;
    int drawn_ = 0;
    std::int64_t replayed_ = 0;
    std::int64_t eligible_ = 0;
    std::string phase_;
    bool decoding_ = false;
    bool visible_ = false;
    double share_ = 0.0; // of the phase, where somebody tells
    Clock::time_point phaseSince_ = Clock::now();
    Clock::time_point decodingSince_;
    Clock::time_point lastDrawn_;
};

} // namespace fastcar::cli
