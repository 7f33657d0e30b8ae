// SPDX-License-Identifier: Apache-2.0
//
// Names of the files of a run with several videos: "clip.mp4" becomes "clip-1.mp4", "clip-2.mp4", ...
#pragma once

#include <filesystem>
#include <vector>

namespace fastcar {

/// One name for one video stays as it is.
std::vector<std::filesystem::path> numberedFiles(const std::filesystem::path &file, int videos);

} // namespace fastcar
