// SPDX-License-Identifier: Apache-2.0
//
// What each thread of the program took of the processor, how long it waited for a core, and how often it
// slept and was driven off, between two looks at /proc/self/task. Threads of one name are counted together;
// one that ended before the second look is not seen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace fastcar::bench {

struct ThreadUsage {
    std::int64_t nanoseconds = 0;
    std::int64_t waitedNanoseconds = 0; // for a core, while it could have worked
    std::int64_t sleeps = 0;            // it gave up its core; there is a wake for each
    std::int64_t drivenOff = 0;         // others were given its core
};

using ThreadUsages = std::map<std::string, ThreadUsage>; // by name

namespace threads {

inline std::int64_t numberBehind(const std::filesystem::path &file, const std::string &key)
{
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);)
        if (line.starts_with(key))
            return std::stoll(line.substr(key.size()));
    return 0;
}

inline std::string firstLine(const std::filesystem::path &file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

} // namespace threads

/// Since each thread began.
inline std::map<std::string, std::pair<std::string, ThreadUsage>> threadsNow()
{
    std::map<std::string, std::pair<std::string, ThreadUsage>> all; // by number
    std::error_code gone;                                           // a thread may end meanwhile
    for (std::filesystem::directory_iterator task("/proc/self/task", gone), end; !gone && task != end;
         task.increment(gone)) {
        const std::filesystem::path folder = task->path();
        const std::string times =
            threads::firstLine(folder / "schedstat"); // on a core, waiting for one, how often
        if (times.empty())
            continue;
        std::size_t first = 0; // number's length
        const std::int64_t worked = std::stoll(times, &first);
        all[folder.filename().string()] = {
            threads::firstLine(folder / "comm"),
            {.nanoseconds = worked,
             .waitedNanoseconds = std::stoll(times.substr(first)),
             .sleeps = threads::numberBehind(folder / "status", "voluntary_ctxt_switches:"),
             .drivenOff = threads::numberBehind(folder / "status", "nonvoluntary_ctxt_switches:")}};
    }
    return all;
}

/// From `before` until now, added to `sum`.
inline void addThreadsSince(const std::map<std::string, std::pair<std::string, ThreadUsage>> &before,
                            ThreadUsages &sum)
{
    for (const auto &[number, thread] : threadsNow()) {
        const auto was = before.find(number);
        const ThreadUsage start = was == before.end() ? ThreadUsage{} : was->second.second;
        ThreadUsage &total = sum[thread.first];
        total.nanoseconds += thread.second.nanoseconds - start.nanoseconds;
        total.waitedNanoseconds += thread.second.waitedNanoseconds - start.waitedNanoseconds;
        total.sleeps += thread.second.sleeps - start.sleeps;
        total.drivenOff += thread.second.drivenOff - start.drivenOff;
    }
}

} // namespace fastcar::bench
