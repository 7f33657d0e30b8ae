// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_recorder.h"

#include "engine/backend/devices.h"

namespace fastcar::cli {

RunRecorder::RunRecorder(ProgressLine &progress, Trace begun, TraceFiles files, KeepingPlan keeping)
    : progress_(progress)
    , trace_(std::move(begun))
    , files_(std::move(files))
    , keeping_(std::move(keeping))
{
}

Result<void> RunRecorder::startFile()
{
    if (files_.to.empty() || files_.to.extension() == ".npz")
        return {};
    auto writer = files_.from.empty() ? TraceWriter::create(files_.to, trace_.shape(), trace_.settings())
                                      : TraceWriter::goOn(files_.from, files_.to, trace_.tokens());
    if (!writer)
        return writer.error();
    native_ = std::move(*writer);
    return {};
}

Result<void> RunRecorder::startKeeping()
{
    if (!keeping_.library)
        return {};
    auto kept = keeping_.goesOn
                    ? keeping_.library->goOn(keeping_.goesOn, trace_.tokens())
                    : keeping_.library->begin(trace_.shape(), trace_.settings(), keeping_.modelName);
    if (!kept)
        return kept.error();
    kept_ = std::move(*kept);
    return {};
}

void RunRecorder::watch(const std::string &device)
{
    device_ = device;
    sensors_ = {};
}

void RunRecorder::onEvent(const Event &event)
{
    progress_.append(event);
    if (event.kind == Event::Kind::PhaseChanged && event.phase != Phase::Loading && !started_) {
        started_ = startFile();
        keepingStarted_ = startKeeping();
    }
    trace_.append(event);
    if (native_)
        native_->append(event);
    if (kept_)
        kept_->onEvent(event);
    if (event.kind == Event::Kind::FrameDone && event.row == 0)
        sensors_ = readSensors(device_);
}

void RunRecorder::onPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    trace_.addPolicy(number, policy);
    if (native_)
        native_->addPolicy(number, policy);
    if (kept_)
        kept_->onPolicy(number, policy);
}

void RunRecorder::onContinued(const Continuation &continuation)
{
    trace_.addContinuation(continuation);
    if (native_)
        native_->addContinuation(continuation);
    if (kept_)
        kept_->onContinued(continuation);
}

void RunRecorder::onFrame(int video, int frame, SharedFrame picture)
{
    if (kept_)
        kept_->onFrame(video, frame, std::move(picture));
}

Result<void> RunRecorder::finishTrace()
{
    if (started_ && !*started_)
        return *started_;
    if (native_)
        return native_->close();
    return files_.to.extension() == ".npz" ? writeTraceNpz(files_.to, trace_) : Result<void>();
}

Result<void> RunRecorder::finishKeeping(const Result<GenerationResult> &result)
{
    if (keepingStarted_ && !*keepingStarted_)
        return *keepingStarted_;
    if (!kept_)
        return {};
    if (!result)
        return kept_->end(RunState::Failed, result.error().message);
    const RunState state = result->failure     ? RunState::Failed
                           : result->cancelled ? RunState::Cancelled
                                               : RunState::Done;
    return kept_->end(state, result->failure ? result->failure->message : std::string(), result->frames);
}

} // namespace fastcar::cli
