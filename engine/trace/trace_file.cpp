// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_file.h"

#include "engine/base/file_bytes.h"
#include "engine/trace/trace_format.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <limits>
#include <utility>

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
using StdFile = std::unique_ptr<std::FILE, CloseFile>;

Error beingWritten(const std::filesystem::path &file)
{
    return {ErrorKind::Io, "A run is still writing the trace '" + file.string() +
                               "': wait for its end, or name another file."};
}

/// For writing, and locked until it is closed. Where the file system knows no locks, it goes without.
Result<StdFile> openLocked(const std::filesystem::path &file, int flags)
{
    constexpr mode_t readableByAll = 0666;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, readableByAll);
    if (descriptor < 0)
        return systemError("write", file, errno);
    StdFile opened(::fdopen(descriptor, "wb"));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return beingWritten(file);
    return opened;
}

/// The first `bytes` bytes of a file.
Result<void> copyStart(const std::filesystem::path &from, std::uint64_t bytes, std::FILE *to,
                       const std::filesystem::path &name)
{
    const StdFile source(std::fopen(from.c_str(), "rbe"));
    if (!source)
        return systemError("read", from, errno);
    std::vector<char> block(std::size_t{1} << 16);
    while (bytes > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, block.size()));
        if (std::fread(block.data(), 1, wanted, source.get()) != wanted)
            return systemError("read", from, std::ferror(source.get()) ? errno : ENODATA);
        if (std::fwrite(block.data(), 1, wanted, to) != wanted)
            return systemError("write", name, errno);
        bytes -= wanted;
    }
    return std::fflush(to) == 0 ? Result<void>() : systemError("write", name, errno);
}

} // namespace

struct TraceWriter::Impl {
    std::filesystem::path name;
    StdFile file;
    Trace trace;     // puts a token together from its events
    int written = 0; // tokens
    std::optional<Error> error;
    bool held = false;
    std::string waiting; // while it is held

    void write(const std::string &bytes)
    {
        if (error || !file)
            return;
        if (held) {
            waiting += bytes;
            return;
        }
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
    auto content = readTraceAndExtent(from);
    if (!content)
        return content.error();
    if (content->trace.tokens() != tokens)
        return Error{ErrorKind::Io, "The trace '" + from.string() + "' holds " +
                                        std::to_string(content->trace.tokens()) + " tokens now, not " +
                                        std::to_string(tokens) + ": another run has written to it."};
    impl->trace = std::move(content->trace);
    impl->written = tokens;
    const auto size = static_cast<off_t>(content->extent.wholeBytes);
    if (inPlace) {
        if (::ftruncate(::fileno(impl->file.get()), size) != 0 ||
            ::fseeko(impl->file.get(), size, SEEK_SET) != 0)
            return systemError("write", file, errno);
    } else {
        if (auto copied = copyStart(from, content->extent.wholeBytes, impl->file.get(), impl->name); !copied)
            impl->error = copied.error();
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

const std::optional<Error> &TraceWriter::error() const
{
    return impl_->error;
}

void TraceWriter::append(const Event &event)
{
    impl_->trace.append(event);
    if (impl_->trace.tokens() > impl_->written) {
        impl_->written = impl_->trace.tokens();
        const TracedToken token = impl_->trace.token(impl_->written - 1);
        impl_->write(partsOfStep(token) + record(tokenTag, tokenPayload(token)));
    }
}

void TraceWriter::addPolicy(std::uint32_t number, const ReplayPolicy &policy)
{
    impl_->trace.addPolicy(number, policy);
    impl_->write(record(policyTag, policyPayload(number, policy, impl_->trace.settings())));
}

void TraceWriter::addContinuation(const Continuation &continuation)
{
    impl_->trace.addContinuation(continuation);
    impl_->write(record(continuationTag, continuationToJson(continuation)));
}

void TraceWriter::hold()
{
    impl_->held = true;
}

void TraceWriter::release()
{
    impl_->held = false;
    if (!impl_->waiting.empty())
        impl_->write(std::exchange(impl_->waiting, {}));
}

Result<void> TraceWriter::close()
{
    release();
    if (std::fclose(impl_->file.release()) != 0 && !impl_->error)
        impl_->error = systemError("write", impl_->name, errno);
    return impl_->error ? Result<void>(*impl_->error) : Result<void>();
}

Result<ReadTrace> readTraceAndExtent(const std::filesystem::path &file)
{
    auto stream = TraceStream::open(file);
    if (!stream)
        return stream.error();
    Trace trace(stream->shape(), stream->settings());
    const auto extent = passOver(*stream, std::numeric_limits<int>::max(), {}, [&](const TraceItem &item) {
        trace.append(item);
        return Result<void>();
    });
    if (!extent)
        return extent.error();
    return ReadTrace{.trace = std::move(trace), .extent = *extent};
}

Result<Trace> readTrace(const std::filesystem::path &file)
{
    auto read = readTraceAndExtent(file);
    if (!read)
        return read.error();
    return std::move(read->trace);
}

Result<void> checkNotWritten(const std::filesystem::path &file)
{
    const StdFile opened(std::fopen(file.c_str(), "rb"));
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
