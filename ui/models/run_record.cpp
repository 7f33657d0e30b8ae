// SPDX-License-Identifier: Apache-2.0
#include "ui/models/run_record.h"

namespace fastcar::ui {

RunRecord::RunRecord(QObject *parent)
    : QObject(parent)
    , frames_(this)
{
}

void RunRecord::begin(const ModelConfig &config, const RunSettings &settings)
{
    const RowLayout layout{.videos = settings.videos, .guided = settings.sampler.cfg != 1.0f};
    const TraceShape shape{
        .layers = config.backbone.layers,
        .rows = layout.rows(),
        .videos = settings.videos,
        .depth = config.depth.depth,
        .stride = config.stride(),
        .gridHeight = config.gridHeight,
        .gridWidth = config.gridWidth,
        .frames = settings.frames,
    };
    trace_ = Trace(shape, settings);
    replay_ = ReplayStatistics(shape.layers, shape.frames, shape.stride);
    progress_.reset(shape.frames * shape.stride);
    countedSteps_ = 0;
    repeatedSteps_ = 0;
    policyNumber_ = 0;
    phase_ = Phase::Loading;
    frames_.reset(shape.frames, shape.stride);
    emit began();
    emit phaseChanged(*phase_);
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
    for (const auto &[number, policy] : drained.policies)
        trace_.addPolicy(number, policy);
    for (const Continuation &continuation : drained.continuations)
        trace_.addContinuation(continuation);
    for (const Event &event : drained.events)
        takeEvent(event);
    for (const auto &message : drained.frames) {
        if (message.video != 0)
            continue; // one video is shown
        if (message.finished)
            frames_.putWhole(message.frame, message.picture);
        else
            frames_.putPreview(message.frame, message.tokens, message.picture);
    }
    if (!drained.events.empty())
        emit advanced();
    if (phase_ != phaseBefore)
        emit phaseChanged(*phase_);
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
        for (; countedSteps_ < trace_.steps(); ++countedSteps_)
            replay_.add(countedSteps_, trace_.outcomes(countedSteps_));
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
