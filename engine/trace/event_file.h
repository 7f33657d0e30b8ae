// SPDX-License-Identifier: Apache-2.0
//
// A file in the trace event format ("Trace Event Format", the JSON that chrome://tracing made), as Perfetto
// reads it: slices on the threads of processes, arrows between slices, counters, marks. Knows nothing of
// what is traced; trace_events.cpp does.
#pragma once

#include "engine/base/text_file.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fastcar {

/// Text as a JSON string, with its quotes; bytes that are no UTF-8 are replaced.
std::string jsonString(std::string_view text);
/// A number, or the words "nan", "inf", "-inf" as strings, which JSON has no numbers for.
std::string jsonNumber(float number);

class EventFile {
public:
    static Result<EventFile> create(const std::filesystem::path &file);

    /// A track of slices. No thread has the number 0, and no two have the same, also of two processes:
    /// viewers take some of them for others.
    struct Track {
        int process = 0;
        std::int64_t thread = 0;
    };
    /// Nanoseconds since the trace began; `begin` is not behind `end`. The file has whole microseconds.
    struct Span {
        std::int64_t begin = 0;
        std::int64_t end = 0;

        std::int64_t middle() const { return begin + (end - begin) / 2; }
    };

    /// Viewers show processes, and the threads of one, in the order of `place`.
    void nameProcess(int process, std::string_view name, int place);
    void nameThread(Track track, std::string_view name, int place);

    /// `name` and `category` are plain words; `arguments` is a JSON object.
    void slice(Track track, Span span, std::string_view name, std::string_view category,
               std::string_view arguments);
    /// From a moment within a slice to one within another; `number` is that of no other arrow.
    void arrow(std::int64_t number, std::string_view name, Track from, std::int64_t begin, Track to,
               std::int64_t end);
    /// `value` is finite, and holds until the next one.
    void counter(int process, std::int64_t time, std::string_view name, std::string_view unit, double value);
    void mark(Track track, std::int64_t time, const std::string &name, std::string_view arguments);

    Result<void> state() const { return file_.state(); }
    /// `facts`: a JSON object about the whole.
    Result<void> finish(std::string_view facts);

private:
    explicit EventFile(TextFile file);
    TextFile &begin(char phase, Track track);
    static std::int64_t microseconds(std::int64_t ns);
    void metadata(std::string_view kind, Track track, std::string_view arguments);

    TextFile file_;
    bool first_ = true;
};

} // namespace fastcar
