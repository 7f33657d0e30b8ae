// SPDX-License-Identifier: Apache-2.0
//
// A trace on disk (docs/file_formats.md): a JSON header, then a record per token, appended while the run goes
// on, so that a file whose program was killed can be read up to its last whole record. `.npz` writes numpy
// arrays instead, at the end.
#pragma once

#include "engine/base/result.h"
#include "engine/decode/run_sink.h"
#include "engine/trace/trace.h"
#include "engine/trace/trace_pass.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace fastcar {

enum class TraceFileKind { Native, Npz };

/// Is `file` a name that a trace can be written to (.fctrace or .npz, in a folder that is there)? Says which.
Result<TraceFileKind> checkTraceFile(const std::filesystem::path &file);

/// Writes the native file as events come in; a token's record reaches the operating system when the token is
/// done. While it lives the file is locked: a second writer is refused.
class TraceWriter {
public:
    /// A file of that name is replaced at once.
    static Result<TraceWriter> create(const std::filesystem::path &file, const TraceShape &shape,
                                      const RunSettings &settings);
    /// Writes on behind the last whole record of the trace in `from`. Where `file` is another one, `from` is
    /// left alone and `file`, which appears whole, begins with all that stands in it. Errors: a trace that
    /// does not hold `tokens`, which somebody else has written to, then.
    static Result<TraceWriter> goOn(const std::filesystem::path &from, const std::filesystem::path &file,
                                    int tokens);
    TraceWriter(TraceWriter &&) noexcept;
    TraceWriter &operator=(TraceWriter &&) noexcept;
    ~TraceWriter();

    /// Keeps the first error and is silent from then on; close() tells it, too.
    const std::optional<Error> &error() const;
    void append(const Event &event);
    void addPolicy(std::uint32_t number, const ReplayPolicy &policy);
    void addContinuation(const Continuation &continuation);
    /// Until release() what comes waits, to reach the operating system all at once.
    void hold();
    void release();
    Result<void> close();

private:
    struct Impl;
    explicit TraceWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Reads a native file; one that ends in the middle of a record, or has a damaged one, gives what stands
/// before it. Memory grows with the file's size, not with what its header says.
Result<Trace> readTrace(const std::filesystem::path &file);

/// The same, and how far the file could be read.
struct ReadTrace {
    Trace trace;
    TraceExtent extent;
};
Result<ReadTrace> readTraceAndExtent(const std::filesystem::path &file);

/// Refuses a trace that a run is still writing.
Result<void> checkNotWritten(const std::filesystem::path &file);

/// Does the file start as a native trace does?
bool isTraceFile(const std::filesystem::path &file);

/// tas [layers, rows, steps] f32, replayed and eligible [layers, rows, steps] u8, thresholds [layers, steps]
/// f32, codes [videos, tokens, K] i32, policy [steps] i32, time_ns [tokens] i64, settings (the JSON's bytes)
/// u8; of an accelerator's counters card_NAME [steps] i64, or [steps, ports or cores]. Appears whole or not
/// at all.
Result<void> writeTraceNpz(const std::filesystem::path &file, const Trace &trace);

} // namespace fastcar
