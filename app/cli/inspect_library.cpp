// SPDX-License-Identifier: Apache-2.0
#include "app/cli/amounts.h"
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "app/cli/library_report.h"
#include "app/cli/report.h"

#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

using nlohmann::ordered_json;

struct Count {
    std::string name;
    std::int64_t runs = 0;
};

Result<std::vector<Count>> countStates(const Library &library)
{
    std::vector<Count> counts;
    for (const RunState state :
         {RunState::Running, RunState::Done, RunState::Cancelled, RunState::Failed, RunState::Interrupted}) {
        LibraryQuery query;
        query.state = state;
        const auto runs = library.count(query);
        if (!runs)
            return runs.error();
        counts.push_back({std::string(nameOf(state)), *runs});
    }
    return counts;
}

} // namespace

int inspectLibrary(const InspectOptions &options)
{
    const bool folder = std::filesystem::is_directory(options.what);
    const auto library =
        Library::openToRead(folder ? options.what : std::filesystem::absolute(options.what).parent_path());
    if (!library)
        return fail(library.error());
    if (auto sound = library->check(); !sound)
        return fail(sound.error());
    const auto use = library->diskUse();
    const auto states = use ? countStates(*library) : use.error();
    const auto models = states ? library->models() : states.error();
    const auto devices = models ? library->devices() : models.error();
    if (!devices)
        return fail(devices.error());
    if (options.json) {
        ordered_json byState;
        for (const Count &count : *states)
            byState[count.name] = count.runs;
        printJson({{"kind", "library"},
                   {"folder", library->folder().string()},
                   {"states", std::move(byState)},
                   {"models", *models},
                   {"devices", *devices},
                   {"disk_use", toJsonValue(*use)}});
        return done;
    }
    printLine("library   " + library->folder().string());
    printDiskUse(*use);
    for (const Count &count : *states)
        if (count.runs > 0)
            printLine(fmt::format("  {:12} {}", count.name, count.runs));
    for (const std::string &model : *models)
        printLine("model     " + model);
    for (const std::string &device : *devices)
        printLine("device    " + device);
    printLine("`fastcar library list` lists the runs");
    return done;
}

} // namespace fastcar::cli
