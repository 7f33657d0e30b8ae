// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_record.h"

#include <algorithm>

namespace fastcar::ui {

RunRecord::RunRecord(QObject *parent)
    : QObject(parent)
    , frames_(this)
{
}

void RunRecord::begin(const ModelConfig &config, const RunSettings &settings)
{
    emit aboutToBegin(settings);
    reset(Trace(traceShape(config, settings), settings), Phase::Loading);
    emit began();
    emit phaseChanged(*phase_);
}

void RunRecord::show(Trace trace, const std::vector<std::vector<SharedFrame>> &frames)
{
    const bool whole = trace.tokens() == trace.shape().frames * trace.shape().stride;
    reset(std::move(trace), whole ? Phase::Done : Phase::Cancelled);
    policyNumber_ = trace_.policyToCome(trace_.steps());
    for (int token = 0; token < trace_.tokens(); ++token)
        progress_.tokenDone(token, trace_.timeNs(token));
    countSteps();
    decisions_.append(trace_);
    emit began();
    for (std::size_t video = 0; video < frames.size(); ++video)
        for (std::size_t frame = 0; frame < frames[video].size(); ++frame)
            frames_.putWhole(static_cast<int>(video), static_cast<int>(frame), frames[video][frame]);
    emit advanced();
    emit phaseChanged(*phase_);
}

void RunRecord::reset(Trace trace, Phase phase)
{
    trace_ = std::move(trace);
    const TraceShape &shape = trace_.shape();
    replay_ = ReplayStatistics(shape.layers, shape.frames, shape.stride);
    decisions_ = DecisionPyramid(shape);
    progress_.reset(shape.frames * shape.stride);
    countedSteps_ = 0;
    repeatedSteps_ = 0;
    policyNumber_ = 0;
    phase_ = phase;
    frames_.reset(shape.videos, shape.frames, shape.stride);
}

void RunRecord::countSteps()
{
    for (; countedSteps_ < trace_.steps(); ++countedSteps_)
        replay_.add(countedSteps_, trace_.outcomes(countedSteps_));
}

void RunRecord::goOn()
{
    phase_ = Phase::Loading;
    repeatedSteps_ = 0;
    progress_.paused();
    emit phaseChanged(*phase_);
}

void RunRecord::take(const EngineThread::Drained &drained)
{
    const auto phaseBefore = phase_;
    if (drained.begun)
        trace_.addRunFacts(*drained.begun);
    for (const auto &[number, policy] : drained.policies)
        trace_.addPolicy(number, policy);
    for (const Continuation &continuation : drained.continuations)
        trace_.addContinuation(continuation);
    for (const Event &event : drained.events)
        takeEvent(event);
    for (const auto &message : drained.frames) {
        if (message.finished)
            frames_.putWhole(message.video, message.frame, message.picture);
        else
            frames_.putPreview(message.video, message.frame, message.tokens, message.picture);
    }
    decisions_.append(trace_);
    if (drained.ended && *drained.ended)
        putMissing((*drained.ended)->frames);
    const auto isPhase = [](const Event &event) { return event.kind == Event::Kind::PhaseChanged; };
    if (!std::ranges::all_of(drained.events, isPhase))
        emit advanced();
    if (phase_ != phaseBefore)
        emit phaseChanged(*phase_);
}

/// A recorded run may lack a frame that its program was killed about to write; the run that went on made it
/// again.
void RunRecord::putMissing(const std::vector<std::vector<SharedFrame>> &frames)
{
    for (std::size_t video = 0; video < frames.size(); ++video)
        for (std::size_t frame = 0; frame < frames[video].size(); ++frame)
            if (const int v = static_cast<int>(video), f = static_cast<int>(frame); !frames_.at(v, f).whole)
                frames_.putWhole(v, f, frames[video][frame]);
}

void RunRecord::takeEvent(const Event &event)
{
    trace_.append(event);
    switch (event.kind) {
    case Event::Kind::PhaseChanged:
        phase_ = event.phase;
        if (event.phase == Phase::Paused)
            progress_.paused();
        break;
    case Event::Kind::TokenDone:
        progress_.tokenDone(static_cast<int>(event.token), event.timeNs);
        countSteps();
        break;
    case Event::Kind::StepRepeated:
        repeatedSteps_ = static_cast<int>(event.token) + 1;
        break;
    case Event::Kind::PolicyChanged:
        policyNumber_ = event.policy;
        break;
    default:
        break;
    }
}

} // namespace fastcar::ui
