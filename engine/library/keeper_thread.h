// SPDX-License-Identifier: Apache-2.0
//
// Keeps the runs of a window in the library, on a thread of its own: what the window has drained from the
// engine is handed over through a queue and written there, so that nobody waits for the disk. What there is
// to tell comes back through a callback. Where the disk refuses, that is told once, and the run at hand is
// not kept any further.
#pragma once

#include "engine/decode/engine_thread.h"
#include "engine/library/library.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fastcar {

struct KeeperNews {
    enum class Kind {
        Opened,     // the library can be used; `interrupted`: runs to ask about, newest first
        OpenFailed, // for `reason`; nothing is kept
        Changed,    // `run` appeared in the library, got further, ended
        Stopped,    // `run` is not kept any further, for `reason`
    };
    Kind kind = Kind::Opened;
    RunId run = 0;
    std::string reason;
    std::vector<RunEntry> interrupted;
    std::uint64_t turn = 0; // how many runs had begun or been adopted: whose news it is
};

class KeeperThread {
public:
    struct Options {
        std::filesystem::path folder;
        /// What may wait to be written. A disk that falls behind by more loses the run's rest, not the
        /// window's time.
        std::size_t mostWaitingBytes = std::size_t{256} << 20;
        /// Between two times that it writes what a run has said; what begins or ends a run is written at
        /// once. Each time stops the cores that compute.
        std::chrono::milliseconds rest{1000};
    };
    /// `tell` is called from the keeper's thread and must only post a message.
    KeeperThread(Options options, std::function<void(KeeperNews)> tell);
    /// Writes what waits. A run that has not ended ends as cancelled.
    ~KeeperThread();

    // All of these return at once; what is said of a run is heeded in order.

    /// A run begins. `settings` have the model's digest.
    void begin(const TraceShape &shape, const RunSettings &settings, const std::string &modelName);
    /// The run that came last, or that adopt() named, goes on behind its `tokens` tokens.
    void goOn(int tokens);
    /// A run of the library is the one at hand; 0: none of it is.
    void adopt(RunId run);
    /// Nobody is asked about these any more.
    void answer(std::vector<RunId> runs);
    void take(const EngineThread::Drained &drained);
    /// With all whole frames of each video, where they are at hand.
    void end(RunState state, const std::string &reason, const std::vector<std::vector<SharedFrame>> &frames);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
