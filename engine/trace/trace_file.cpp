// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_file.h"

#include "engine/base/file_bytes.h"
#include "engine/trace/trace_format.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>

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

struct TraceWriter::Impl {
    struct CloseFile {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };

    std::filesystem::path name;
    std::unique_ptr<std::FILE, CloseFile> file;
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
    impl->file.reset(std::fopen(file.c_str(), "wb"));
    if (!impl->file)
        return systemError("write", file, errno);
    impl->trace = Trace(shape, settings);
    impl->write(startOfFile(shape, settings));
    if (impl->error)
        return *impl->error;
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

Result<void> TraceWriter::close()
{
    if (std::fclose(impl_->file.release()) != 0 && !impl_->error)
        impl_->error = systemError("write", impl_->name, errno);
    return impl_->error ? Result<void>(*impl_->error) : Result<void>();
}

Result<Trace> readTrace(const std::filesystem::path &file)
{
    const auto bytes = readBytes(file);
    if (!bytes)
        return bytes.error();
    ByteReader reader({reinterpret_cast<const char *>(bytes->data()), bytes->size()});
    auto trace = readStart(reader);
    if (!trace)
        return Error{trace.error().kind, "'" + file.string() + "': " + trace.error().message};
    // Records of a tag that is not known yet are passed over.
    bool fits = true;
    while (fits) {
        const auto next = nextRecord(reader);
        if (!next)
            break;
        if (next->tag == tokenTag)
            fits = addToken(next->payload, *trace);
        else if (next->tag == cardTag)
            fits = addCard(next->payload, *trace);
        else if (next->tag == policyTag)
            fits = trace_format::addPolicy(next->payload, *trace);
    }
    return trace;
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
