// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace_conversion.h"

#include "engine/base/file_bytes.h"

#include <limits>

namespace fastcar {

namespace {

enum class Format { Npz, Csv, Events };

std::optional<Format> formatOf(const std::filesystem::path &file)
{
    const std::string ending = file.extension().string();
    if (ending == ".npz")
        return Format::Npz;
    if (ending == ".csv")
        return Format::Csv;
    return ending == ".json" ? std::optional(Format::Events) : std::nullopt;
}

/// Arrays have their lengths in front, so these are counted before anything is written.
Result<TraceFacts> readFacts(const std::filesystem::path &file, const PassProgress &progress)
{
    auto stream = TraceStream::open(file);
    if (!stream)
        return stream.error();
    TraceFacts facts{.shape = stream->shape(), .settings = stream->settings()};
    auto extent = passOver(*stream, std::numeric_limits<int>::max(), progress, [&](const TraceItem &item) {
        facts.take(item);
        return Result<void>();
    });
    if (!extent)
        return extent.error();
    return facts;
}

/// A range that begins behind the run would make a file with nothing in it.
Result<void> checkFrames(const TraceConversion &conversion, const TraceShape &shape)
{
    if (conversion.frames.first < shape.frames)
        return {};
    return Error{ErrorKind::BadInput, "The run of '" + conversion.from.string() + "' has " +
                                          std::to_string(shape.frames) +
                                          " frames, counted from 1, and none from " +
                                          std::to_string(std::int64_t{conversion.frames.first} + 1) + " on."};
}

Result<std::unique_ptr<TraceExport>> createExport(const TraceConversion &conversion,
                                                  const TraceStream &stream, const TraceFacts &facts)
{
    switch (*formatOf(conversion.to)) {
    case Format::Npz:
        return createTraceNpz(conversion.to, facts);
    case Format::Csv:
        return createTraceCsv(conversion.to, stream.shape(), stream.settings(), conversion.table,
                              conversion.frames);
    case Format::Events:
        break;
    }
    return createTraceEvents(conversion.to, stream.shape(), stream.settings(), conversion.frames);
}

} // namespace

Result<void> checkTraceConversion(const std::filesystem::path &file)
{
    if (!formatOf(file))
        return Error{ErrorKind::BadInput, "The name '" + file.string() +
                                              "' must end in .json (for Perfetto and Chrome), .npz (numpy "
                                              "arrays) or .csv (a table)."};
    return checkOutputFile(file);
}

Result<TraceExtent> convertTrace(const TraceConversion &conversion)
{
    if (auto possible = checkTraceConversion(conversion.to); !possible)
        return possible.error();
    const bool twice = formatOf(conversion.to) == Format::Npz;
    const auto part = [&conversion](double begin, double end) {
        return PassProgress([&conversion, begin, end](double share) {
            return !conversion.progress || conversion.progress(begin + share * (end - begin));
        });
    };
    TraceFacts facts;
    if (twice) {
        auto read = readFacts(conversion.from, part(0.0, 0.5));
        if (!read)
            return read.error();
        facts = std::move(*read);
    }
    auto stream = TraceStream::open(conversion.from);
    if (!stream)
        return stream.error();
    if (auto fine = checkFrames(conversion, stream->shape()); !fine)
        return fine.error();
    auto writer = createExport(conversion, *stream, facts);
    if (!writer)
        return writer.error();
    const int tokens = twice ? facts.tokens : std::numeric_limits<int>::max();
    auto extent = passOver(*stream, tokens, part(twice ? 0.5 : 0.0, 1.0),
                           [&](const TraceItem &item) { return (*writer)->take(item); });
    if (!extent)
        return extent.error();
    if (twice && extent->tokens != facts.tokens)
        return Error{ErrorKind::Io, "The trace '" + conversion.from.string() +
                                        "' was written anew while it was read: convert it again."};
    if (auto finished = (*writer)->finish(extent->ending); !finished)
        return finished.error();
    return extent;
}

} // namespace fastcar
