// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_writing.h"

#include "engine/base/file_bytes.h"
#include "engine/base/pending_file.h"
#include "engine/trace/trace_conversion.h"
#include "engine/trace/trace_format.h"

#include <algorithm>
#include <set>

namespace fastcar {

using namespace trace_format;

namespace {

bool isNative(const std::filesystem::path &file)
{
    return file.extension() == ".fctrace";
}

/// Our own format, record by record.
class NativeExport final : public TraceExport {
public:
    static Result<std::unique_ptr<TraceExport>> create(const std::filesystem::path &file, const Trace &trace)
    {
        auto pending = PendingFile::create(file);
        if (!pending)
            return pending.error();
        // What the run went on with stands in the settings here; as items it is for files that grow.
        auto made = std::unique_ptr<NativeExport>(new NativeExport(std::move(*pending), trace.settings()));
        if (auto begun = made->write(startOfFile(trace.shape(), trace.settings())); !begun)
            return begun.error();
        return std::unique_ptr<TraceExport>(std::move(made));
    }

    Result<void> take(const TraceItem &item) override
    {
        if (const auto *token = std::get_if<TracedToken>(&item))
            return write(partsOfStep(*token) + record(tokenTag, tokenPayload(*token)));
        if (const auto *change = std::get_if<PolicyChange>(&item))
            return write(record(policyTag, policyPayload(change->number, change->policy, settings_)));
        return write(record(continuationTag, continuationToJson(std::get<Continuation>(item))));
    }

    Result<void> finish(TraceEnding) override { return file_.commit(); }

private:
    NativeExport(PendingFile file, RunSettings settings)
        : file_(std::move(file))
        , settings_(std::move(settings))
    {
    }

    Result<void> write(const std::string &bytes) { return file_.write(std::as_bytes(std::span(bytes))); }

    PendingFile file_;
    RunSettings settings_;
};

Result<std::unique_ptr<TraceExport>> openExport(const std::filesystem::path &file, const Trace &trace,
                                                TraceTable table)
{
    if (isNative(file))
        return NativeExport::create(file, trace);
    if (file.extension() == ".npz")
        return createTraceNpz(file, factsOf(trace));
    if (file.extension() == ".csv")
        return createTraceCsv(file, trace.shape(), trace.settings(), table);
    return createTraceEvents(file, trace.shape(), trace.settings());
}

} // namespace

Result<void> checkTraceWriting(const std::filesystem::path &file)
{
    if (isNative(file))
        return checkOutputFile(file);
    return checkTraceConversion(file);
}

Result<void> writeTrace(const std::filesystem::path &file, const Trace &trace, const TraceWriting &how)
{
    if (auto possible = checkTraceWriting(file); !possible)
        return possible;
    auto out = openExport(file, trace, how.table);
    if (!out)
        return out.error();
    std::set<std::uint32_t> named{0};
    // A policy stands before the token that is the input of the first step that it rules.
    const auto namePolicyOf = [&](int step) -> Result<void> {
        const std::uint32_t policy = step < trace.steps() ? trace.policyOf(step) : trace.policyToCome(step);
        return named.insert(policy).second ? (*out)->take(PolicyChange{policy, trace.policy(policy)})
                                           : Result<void>();
    };
    constexpr int tokensBetweenReports = 64;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (token % tokensBetweenReports == 0 && how.progress &&
            !how.progress(static_cast<double>(token) / trace.tokens()))
            return Error{ErrorKind::Cancelled, "The trace was not written."};
        if (auto taken = namePolicyOf(token); !taken)
            return taken;
        if (auto taken = (*out)->take(trace.token(token)); !taken)
            return taken;
    }
    if (auto taken = namePolicyOf(trace.tokens()); !taken)
        return taken;
    return (*out)->finish(TraceEnding::Whole);
}

} // namespace fastcar
