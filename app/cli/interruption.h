// SPDX-License-Identifier: Apache-2.0
//
// Ctrl-C during long work: the first one asks the work to stop and says so, a second one ends the program.
// The same for SIGTERM, by which other programs ask. A terminal that is closed, or a connection that is lost
// (SIGHUP), asks to stop as well, but is often told twice and never ends the program at once; under nohup it
// stays ignored.
#pragma once

#include "engine/decode/run_control.h"

#include <functional>
#include <thread>

namespace fastcar::cli {

/// Listens while it lives. One at a time.
class Interruption {
public:
    /// `onFirst` is called once, from a thread of its own, after `control` was told.
    Interruption(RunControl &control, std::function<void()> onFirst);
    ~Interruption();
    Interruption(const Interruption &) = delete;
    Interruption &operator=(const Interruption &) = delete;

private:
    void wait();

    RunControl &control_;
    std::function<void()> onFirst_;
    bool hangUpCounts_ = false; // nohup has not said otherwise
    bool interrupted_ = false;  // the thread's, and its end's
    std::thread thread_;
};

} // namespace fastcar::cli
