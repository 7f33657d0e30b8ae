// SPDX-License-Identifier: Apache-2.0
//
// Where the programs find a model when nobody named one.
#pragma once

#include <filesystem>

namespace fastcar {

/// The first of these that is there; empty if none is:
/// $FASTCAR_MODEL (taken as it stands, so that a wrong value is complained about and not passed over);
/// resources/models/default in the executable's folder or any folder above it (a source tree);
/// share/fastcar/models/default beside the executable's folder (an installation).
std::filesystem::path defaultModelFolder();

/// The same, seen from an executable in `folder`, without the environment.
std::filesystem::path defaultModelFolder(const std::filesystem::path &folder);

} // namespace fastcar
