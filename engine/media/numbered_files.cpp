// SPDX-License-Identifier: Apache-2.0
#include "engine/media/numbered_files.h"

#include <string>

namespace fastcar {

std::vector<std::filesystem::path> numberedFiles(const std::filesystem::path &file, int videos)
{
    if (videos == 1)
        return {file};
    std::vector<std::filesystem::path> names;
    for (int video = 1; video <= videos; ++video) {
        std::filesystem::path name = file.stem();
        name += "-" + std::to_string(video);
        name += file.extension();
        names.push_back(file.parent_path() / name);
    }
    return names;
}

} // namespace fastcar
