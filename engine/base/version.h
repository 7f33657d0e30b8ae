// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fastcar {

/// Of the program, as CMakeLists.txt has it.
const char *version();

} // namespace fastcar
