// SPDX-License-Identifier: Apache-2.0
//
// Runs for a library, without an engine: the events of tests/trace/events.h, with pictures.
#pragma once

#include "engine/library/library.h"
#include "tests/trace/events.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

namespace fastcar::kept_runs {

inline constexpr int wholeTokens = events::shape.frames * events::shape.stride;

/// Each frame of each video has a colour of its own.
inline SharedFrame picture(int video, int frame)
{
    auto made = std::make_shared<Frame>(Frame{.width = 6, .height = 4, .rgb = {}});
    for (int pixel = 0; pixel < made->width * made->height; ++pixel)
        for (const int value : {10 * frame, 100 * video, pixel})
            made->rgb.push_back(static_cast<std::uint8_t>(value));
    return made;
}

/// What the engine says from token `from` up to `to`, in its order: a frame's pictures before its event.
inline void feed(RunSink &sink, int from, int to)
{
    const std::vector<Event> before = events::run(from);
    const std::vector<Event> all = events::run(to);
    for (std::size_t i = from > 0 ? before.size() : 0; i < all.size(); ++i) {
        if (all[i].kind == Event::Kind::FrameDone)
            for (int video = 0; video < events::shape.videos; ++video)
                sink.onFrame(video, static_cast<int>(all[i].token),
                             picture(video, static_cast<int>(all[i].token)));
        sink.onEvent(all[i]);
    }
}

template <typename T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().message.c_str());
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

/// A run that was made to its end.
inline RunId keepWholeRun(Library &library, const RunSettings &settings = events::settings())
{
    const auto run = must(library.begin(events::shape, settings, "made"));
    feed(*run, 0, wholeTokens);
    must(run->end(RunState::Done));
    return run->id();
}

/// What `child` does in a process of its own; gives how that ended (as waitpid tells). Nothing of SQLite may
/// be open here meanwhile.
template <typename Child>
int inAnotherProcess(Child child)
{
    const pid_t pid = ::fork();
    if (pid == 0)
        ::_exit(child());
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status;
}

} // namespace fastcar::kept_runs
