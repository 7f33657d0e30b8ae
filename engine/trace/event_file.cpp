// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/event_file.h"

#include <nlohmann/json.hpp>

#include <cassert>
#include <cmath>

namespace fastcar {

std::string jsonString(std::string_view text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string jsonNumber(float number)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    const std::string text(digits, end.ptr);
    return std::isfinite(number) ? text : '"' + text + '"';
}

EventFile::EventFile(TextFile file)
    : file_(std::move(file))
{
    file_.add("{\"traceEvents\":[\n");
}

Result<EventFile> EventFile::create(const std::filesystem::path &file)
{
    auto text = TextFile::create(file);
    if (!text)
        return text.error();
    return EventFile(std::move(*text));
}

/// What every event begins with; one is a line.
TextFile &EventFile::begin(char phase, Track track)
{
    if (!first_)
        file_.add(",\n");
    first_ = false;
    file_.add("{\"ph\":\"").add(std::string_view(&phase, 1)).add("\",\"pid\":").add(track.process);
    return file_.add(",\"tid\":").add(track.thread);
}

/// Whole microseconds, the format's unit: of a fraction some readers lose a nanosecond, and drop slices that
/// overlap by one.
std::int64_t EventFile::microseconds(std::int64_t ns)
{
    assert(ns >= 0);
    return ns / 1000;
}

void EventFile::metadata(std::string_view kind, Track track, std::string_view arguments)
{
    begin('M', track).add(",\"name\":\"").add(kind).add("\",\"args\":").add(arguments).add("}");
}

void EventFile::nameProcess(int process, std::string_view name, int place)
{
    metadata("process_name", {process, process}, "{\"name\":" + jsonString(name) + "}");
    metadata("process_sort_index", {process, process}, "{\"sort_index\":" + std::to_string(place) + "}");
}

void EventFile::nameThread(Track track, std::string_view name, int place)
{
    metadata("thread_name", track, "{\"name\":" + jsonString(name) + "}");
    metadata("thread_sort_index", track, "{\"sort_index\":" + std::to_string(place) + "}");
}

void EventFile::slice(Track track, Span span, std::string_view name, std::string_view category,
                      std::string_view arguments)
{
    const std::int64_t start = microseconds(span.begin);
    begin('X', track).add(",\"ts\":").add(start).add(",\"dur\":").add(microseconds(span.end) - start);
    file_.add(",\"name\":\"").add(name).add("\",\"cat\":\"").add(category);
    file_.add("\",\"args\":").add(arguments).add("}");
}

void EventFile::arrow(std::int64_t number, std::string_view name, Track from, std::int64_t start, Track to,
                      std::int64_t end)
{
    begin('s', from).add(",\"ts\":").add(microseconds(start));
    file_.add(",\"id\":").add(number).add(",\"name\":\"").add(name).add("\",\"cat\":\"").add(name).add("\"}");
    begin('f', to).add(",\"ts\":").add(microseconds(end));
    file_.add(",\"bp\":\"e\",\"id\":").add(number); // to the slice around that moment, not to the next one
    file_.add(",\"name\":\"").add(name).add("\",\"cat\":\"").add(name).add("\"}");
}

void EventFile::counter(int process, std::int64_t time, std::string_view name, std::string_view unit,
                        double value)
{
    assert(std::isfinite(value));
    begin('C', {process, process}).add(",\"ts\":").add(microseconds(time));
    file_.add(",\"name\":\"").add(name).add("\",\"args\":{\"").add(unit).add("\":").add(value).add("}}");
}

void EventFile::mark(Track track, std::int64_t time, const std::string &name, std::string_view arguments)
{
    begin('i', track).add(",\"ts\":").add(microseconds(time));
    file_.add(",\"s\":\"t\",\"name\":").add(jsonString(name));
    file_.add(",\"cat\":\"run\",\"args\":").add(arguments).add("}");
}

Result<void> EventFile::finish(std::string_view facts)
{
    file_.add("\n],\n\"otherData\":").add(facts).add("}\n");
    return file_.commit();
}

} // namespace fastcar
