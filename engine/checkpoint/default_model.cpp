// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/default_model.h"

#include <cstdlib>
#include <system_error>

namespace fastcar {

namespace {

bool holdsCheckpoint(const std::filesystem::path &folder)
{
    std::error_code ignored;
    return std::filesystem::exists(folder / "config.json", ignored) ||
           std::filesystem::exists(folder / "model" / "config.json", ignored);
}

} // namespace

std::filesystem::path defaultModelFolder()
{
    if (const char *named = std::getenv("FASTCAR_MODEL"); named && *named)
        return named;
    std::error_code error;
    const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{} : defaultModelFolder(executable.parent_path());
}

std::filesystem::path defaultModelFolder(const std::filesystem::path &folder)
{
    const auto installed = folder.parent_path() / "share/fastcar/models/default";
    for (auto above = folder; !above.empty(); above = above.parent_path()) {
        const auto inTree = above / "resources/models/default";
        if (holdsCheckpoint(inTree))
            return inTree;
        if (above == above.root_path())
            break;
    }
    return holdsCheckpoint(installed) ? installed : std::filesystem::path{};
}

} // namespace fastcar
