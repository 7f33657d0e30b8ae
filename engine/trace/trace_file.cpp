// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_file.h"

#include "engine/base/file_bytes.h"
#include "engine/trace/trace_format.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace fastcar {

using namespace trace_format;

Result<TraceFileKind> checkTraceFile(const std::filesystem::path &file)
{
    const std::string ending = file.extension().string();
    if (ending != ".fctrace" && ending != ".npz")
        return Error{ErrorKind::BadInput,
                     "The trace's name '" + file.string() +
                         "' must end in .fctrace (written as the run goes on) or .npz (numpy "
                         "arrays, written at its end)."};
    if (auto writable = checkOutputFile(file); !writable)
        return writable.error();
    return ending == ".npz" ? TraceFileKind::Npz : TraceFileKind::Native;
}

namespace {

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

Error beingWritten(const std::filesystem::path &file)
{
    return {ErrorKind::Io, "A run is still writing the trace '" + file.string() +
                               "': wait for its end, or name another file."};
}

/// For writing, and locked until it is closed. Where the file system knows no locks, it goes without.
Result<OpenFile> openLocked(const std::filesystem::path &file, int flags)
{
    constexpr mode_t readableByAll = 0666;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, readableByAll);
    if (descriptor < 0)
        return systemError("write", file, errno);
    OpenFile opened(::fdopen(descriptor, "wb"));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return beingWritten(file);
    return opened;
}

/// What a trace's file holds, and where its last whole record ends.
struct Content {
    Trace trace;
    std::string bytes; // whole records only
};

Result<Content> readContent(const std::filesystem::path &file)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return bytes.error();
    const std::string_view all(reinterpret_cast<const char *>(bytes->data()), bytes->size());
    ByteReader reader(all);
    auto trace = readStart(reader);
    if (!trace)
        return Error{trace.error().kind, "'" + file.string() + "': " + trace.error().message};
    // Records of a tag that is not known yet are passed over.
    std::size_t whole = all.size() - reader.rest().size();
    while (const auto next = nextRecord(reader)) {
        if ((next->tag == tokenTag && !addToken(next->payload, *trace)) ||
            (next->tag == cardTag && !addCard(next->payload, *trace)) ||
            (next->tag == policyTag && !trace_format::addPolicy(next->payload, *trace)) ||
            (next->tag == continuationTag && !trace_format::addContinuation(next->payload, *trace)))
            break;
        if (next->tag != cardTag) // which is nothing without its token
            whole = all.size() - reader.rest().size();
    }
    return Content{.trace = std::move(*trace), .bytes = std::string(all.substr(0, whole))};
}

} // namespace

struct TraceWriter::Impl {
    std::filesystem::path name;
    OpenFile file;
    Trace trace;     // puts a token together from its events
    int written = 0; // tokens
    std::optional<Error> error;

    void write(const std::string &bytes)
    {
        if (error || !file)
            return;
        if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
            std::fflush(file.get()) != 0)
            error = systemError("write", name, errno);
    }
};

TraceWriter::TraceWriter(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}

TraceWriter::TraceWriter(TraceWriter &&) noexcept = default;
TraceWriter &TraceWriter::operator=(TraceWriter &&) noexcept = default;
TraceWriter::~TraceWriter() = default;

Result<TraceWriter> TraceWriter::create(const std::filesystem::path &file, const TraceShape &shape,
                                        const RunSettings &settings)
{
    auto impl = std::make_unique<Impl>();
    impl->name = file;
    auto opened = openLocked(file, O_CREAT); // emptied when nobody else writes it
    if (!opened)
        return opened.error();
    impl->file = std::move(*opened);
    // What cannot be cut (a pipe) has nothing to be cut off.
    if (::ftruncate(::fileno(impl->file.get()), 0) != 0 && errno != EINVAL)
        return systemError("write", file, errno);
    impl->trace = Trace(shape, settings);
    impl->write(startOfFile(shape, settings));
    if (impl->error)
        return *impl->error;
    return TraceWriter(std::move(impl));
}

Result<TraceWriter> TraceWriter::goOn(const std::filesystem::path &from, const std::filesystem::path &file,
                                      int tokens)
{
    std::error_code ignored;
    const bool inPlace = std::filesystem::equivalent(from, file, ignored);
    for (const auto &other : {from, file})
        if (auto free = checkNotWritten(other); !inPlace && !free)
            return free.error();
    auto impl = std::make_unique<Impl>();
    impl->name = inPlace ? file : file.parent_path() / (".fastcar-" + file.filename().string() + ".part");
    auto opened = openLocked(impl->name, inPlace ? 0 : O_CREAT | O_TRUNC);
    if (!opened)
        return opened.error();
    impl->file = std::move(*opened);
    auto content = readContent(from);
    if (!content)
        return content.error();
    if (content->trace.tokens() != tokens)
        return Error{ErrorKind::Io, "The trace '" + from.string() + "' holds " +
                                        std::to_string(content->trace.tokens()) + " tokens now, not " +
                                        std::to_string(tokens) + ": another run has written to it."};
    impl->trace = std::move(content->trace);
    impl->written = tokens;
    const auto size = static_cast<off_t>(content->bytes.size());
    if (inPlace) {
        if (::ftruncate(::fileno(impl->file.get()), size) != 0 ||
            ::fseeko(impl->file.get(), size, SEEK_SET) != 0)
            return systemError("write", file, errno);
    } else {
        impl->write(content->bytes);
        if (!impl->error && std::rename(impl->name.c_str(), file.c_str()) != 0)
            impl->error = systemError("write", file, errno);
        if (impl->error) {
            std::filesystem::remove(impl->name, ignored);
            return *impl->error;
        }
        impl->name = file;
    }
    return TraceWriter(std::move(impl));
}

void TraceWriter::append(const Event &event)
{
    impl_->trace.append(event);
    if (impl_->trace.tokens() > impl_->written) {
        impl_->written = impl_->trace.tokens();
        std::string records;
        if (const int step = impl_->trace.steps() - 1; step >= 0)
            if (const std::optional<CardCounters> counters = impl_->trace.card(step))
                records += record(cardTag, cardPayload(step, *counters));
        impl_->write(records + record(tokenTag, lastToken(impl_->trace)));
    }
}

void TraceWriter::addPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    impl_->write(record(policyTag, policyPayload(number, policy, impl_->trace.settings())));
}

void TraceWriter::addContinuation(const Continuation &continuation)
{
    impl_->trace.addContinuation(continuation);
    impl_->write(record(continuationTag, continuationToJson(continuation)));
}

Result<void> TraceWriter::close()
{
    if (std::fclose(impl_->file.release()) != 0 && !impl_->error)
        impl_->error = systemError("write", impl_->name, errno);
    return impl_->error ? Result<void>(*impl_->error) : Result<void>();
}

Result<Trace> readTrace(const std::filesystem::path &file)
{
    auto content = readContent(file);
    if (!content)
        return content.error();
    return std::move(content->trace);
}

Result<void> checkNotWritten(const std::filesystem::path &file)
{
    const OpenFile opened(std::fopen(file.c_str(), "rb"));
    if (opened && ::flock(::fileno(opened.get()), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return beingWritten(file);
    return {};
}

bool isTraceFile(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, magic.size()> start{};
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    return stream.gcount() == std::streamsize{magic.size()} &&
           std::string_view(start.data(), start.size()) == magic;
}

} // namespace fastcar
