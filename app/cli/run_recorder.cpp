// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_recorder.h"

#include "engine/backend/devices.h"

namespace fastcar::cli {

RunRecorder::RunRecorder(ProgressLine &progress, Trace begun, TraceFiles files)
    : progress_(progress)
    , trace_(std::move(begun))
    , files_(std::move(files))
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

void RunRecorder::watch(const std::string &device)
{
    device_ = device;
    sensors_ = {};
}

void RunRecorder::onEvent(const Event &event)
{
    progress_.append(event);
    if (event.kind == Event::Kind::PhaseChanged && event.phase != Phase::Loading && !started_)
        started_ = startFile();
    trace_.append(event);
    if (native_)
        native_->append(event);
    if (event.kind == Event::Kind::FrameDone && event.row == 0)
        sensors_ = readSensors(device_);
}

void RunRecorder::onPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    trace_.addPolicy(number, policy);
    if (native_)
        native_->addPolicy(number, policy);
}

void RunRecorder::onContinued(const Continuation &continuation)
{
    trace_.addContinuation(continuation);
    if (native_)
        native_->addContinuation(continuation);
}

Result<void> RunRecorder::finishTrace()
{
    if (started_ && !*started_)
        return *started_;
    if (native_)
        return native_->close();
    return files_.to.extension() == ".npz" ? writeTraceNpz(files_.to, trace_) : Result<void>();
}

} // namespace fastcar::cli
