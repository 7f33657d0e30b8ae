// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run_recorder.h"

namespace fastcar::cli {

RunRecorder::RunRecorder(ProgressLine &progress, const Model &model, RunSettings settings,
                         std::filesystem::path traceFile)
    : progress_(progress)
    , model_(model)
    , settings_(std::move(settings))
    , traceFile_(std::move(traceFile))
{
}

Result<void> RunRecorder::startTrace()
{
    const auto kind = checkTraceFile(traceFile_);
    if (!kind)
        return kind.error();
    auto digest = model_.checkpoint->digest();
    if (!digest)
        return digest.error();
    settings_.modelDigest = std::move(*digest);
    const TraceShape shape = traceShape(model_, settings_);
    if (*kind == TraceFileKind::Npz) {
        npz_.emplace(shape, settings_);
        return {};
    }
    auto writer = TraceWriter::create(traceFile_, shape, settings_);
    if (!writer)
        return writer.error();
    native_ = std::move(*writer);
    return {};
}

void RunRecorder::onEvent(const Event &event)
{
    progress_.append(event);
    if (event.kind == Event::Kind::PhaseChanged && event.phase == Phase::Prefill && !traceFile_.empty())
        started_ = startTrace();
    if (native_)
        native_->append(event);
    if (npz_)
        npz_->append(event);
}

void RunRecorder::onPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    if (native_)
        native_->addPolicy(number, policy);
    if (npz_)
        npz_->addPolicy(number, policy);
}

Result<void> RunRecorder::finishTrace()
{
    if (!started_)
        return started_;
    if (native_)
        return native_->close();
    return npz_ ? writeTraceNpz(traceFile_, *npz_) : Result<void>();
}

} // namespace fastcar::cli
