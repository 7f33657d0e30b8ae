// SPDX-License-Identifier: Apache-2.0
//
// One run as the views see it: its trace, the pictures of all its videos, what replay did, how far it is.
// Filled on the views' thread from what the engine's thread has said; views read it and never ask the engine.
#pragma once

#include "engine/decode/engine_thread.h"
#include "engine/replay/replay_statistics.h"
#include "engine/trace/decision_pyramid.h"
#include "engine/trace/trace.h"
#include "ui/models/frame_store.h"
#include "ui/models/progress.h"

#include <QObject>

#include <optional>
#include <vector>

namespace fastcar::ui {

class RunRecord : public QObject {
    Q_OBJECT
public:
    explicit RunRecord(QObject *parent = nullptr);

    /// A new run; what was here before is gone.
    void begin(const ModelConfig &config, const RunSettings &settings);
    /// The run at hand goes on behind what is here of it.
    void goOn();
    /// A recorded run in place of what was here: `frames` are the whole pictures of each video, from its
    /// first frame on. It counts as done when all of its tokens are there, and as cancelled when some are
    /// missing.
    void show(Trace trace, const std::vector<std::vector<SharedFrame>> &frames);
    /// Takes what came out of the engine. Signals come once, at the end of the batch.
    void take(const EngineThread::Drained &drained);

    const Trace &trace() const { return trace_; }
    const FrameStore &frames() const { return frames_; }
    const Progress &progress() const { return progress_; }
    const ReplayStatistics &replay() const { return replay_; }
    /// The decisions of the trace at every scale, and their chains.
    const DecisionPyramid &decisions() const { return decisions_; }
    /// Of the steps that are here, how many a run that goes on has run again.
    int repeatedSteps() const { return repeatedSteps_; }
    /// Decode steps whose outcomes are all there.
    int wholeSteps() const { return trace_.steps(); }
    /// The policy that rules the newest step.
    const ReplayPolicy &policyInForce() const { return trace_.policy(policyNumber_); }
    std::uint32_t policyNumber() const { return policyNumber_; }
    /// Of the run; nothing before the first.
    std::optional<Phase> phase() const { return phase_; }
    bool hasRun() const { return phase_.has_value(); }
    /// Tokens of the run are on their way.
    bool goesOn() const { return phase_ && *phase_ <= Phase::Decoding; }

signals:
    /// A run of `settings`, while what is here is still of the one before.
    void aboutToBegin(const fastcar::RunSettings &settings);
    void began();
    void advanced(); // tokens, outcomes or policies came
    void phaseChanged(fastcar::Phase phase);

private:
    void reset(Trace trace, Phase phase);
    void countSteps();
    void putMissing(const std::vector<std::vector<SharedFrame>> &frames);
    void takeEvent(const Event &event);

    Trace trace_;
    FrameStore frames_;
    Progress progress_;
    ReplayStatistics replay_;
    DecisionPyramid decisions_;
    int countedSteps_ = 0;
    int repeatedSteps_ = 0;
    std::uint32_t policyNumber_ = 0;
    std::optional<Phase> phase_;
};

} // namespace fastcar::ui
