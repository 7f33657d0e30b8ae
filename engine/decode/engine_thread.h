// SPDX-License-Identifier: Apache-2.0
//
// The engine in the background, for a window: one thread of its own that loads models and generates. What it
// says goes through a single-producer ring and a latest-wins mailbox. Whoever drains them comes at a pace of
// their own and is woken only where they wait for something: a wake-up for each token would stop the cores that
// compute.
#pragma once

#include "engine/decode/generation.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace fastcar {

class EngineThread {
public:
    struct Options {
        int threads = 0; // 0: as many as there are cores
        int previewIntervalMs = 60;
        bool headScores = false; // as GenerationOptions has it
    };
    enum class Wake {
        Soon, // something came after a drain that found nothing
        Now,  // a model was opened, a phase began, the run has ended: somebody waits for that
    };
    /// `wakeUp` is called from the engine's thread and must only post a message. Who has drained something
    /// drains again, when it suits them; only who has found nothing is woken by what comes next.
    EngineThread(Options options, std::function<void(Wake)> wakeUp);
    /// Cancels what runs and waits for the thread.
    ~EngineThread();

    /// Asks for a run with the model in settings.modelFolder (opened when it is not the one of the run
    /// before), behind `prefix` where one is given. `policy`, where one is given, rules from the first token
    /// that the run makes itself. Refused while another one runs.
    Result<void> start(RunSettings settings, std::optional<RunPrefix> prefix = {},
                       std::optional<ReplayPolicy> policy = {});
    void pause();
    void resume();
    void cancel();
    void setReplayPolicy(ReplayPolicy policy);
    /// Of this run and those to come: whether anybody looks at previews.
    void setWatched(bool watched);
    /// From the next start() on.
    void setOptions(Options options);
    bool running() const;

    struct FrameMessage {
        int video = 0;
        int frame = 0;
        bool finished = false; // else a preview of the frame in progress
        int tokens = 0;
        SharedFrame picture;
    };
    /// What has come since the last drain, in order. Called from one thread, the window's.
    struct Drained {
        std::optional<RunSettings> begun; // as they rule; before the first token
        std::vector<Event> events;
        std::vector<std::pair<std::uint32_t, ReplayPolicy>>
            policies; // by number, before the event that names it
        std::vector<Continuation> continuations;
        std::vector<FrameMessage> frames; // finished ones all, previews only the newest of each video
        std::optional<Model> opened;      // a model was opened (for its sizes and defaults)
        std::optional<Result<GenerationResult>> ended;
        bool empty() const { return !begun && events.empty() && frames.empty() && !opened && !ended; }
    };
    Drained drain();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
