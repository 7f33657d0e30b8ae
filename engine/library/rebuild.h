// SPDX-License-Identifier: Apache-2.0
//
// A library's database made anew from the runs' folders, where it is damaged or lost. What only the database
// knew (ratings, notes, how a run ended) is taken from the damaged one as far as it can be read.
#pragma once

#include "engine/base/result.h"

#include <filesystem>

namespace fastcar {

struct RebuiltLibrary {
    int runs = 0;                   // that were found
    int remembered = 0;             // of them, whose rating and note could be read
    std::filesystem::path oldFiles; // where the old database is now; empty: there was none
};

/// Not while another program has the library open.
Result<RebuiltLibrary> rebuildLibrary(const std::filesystem::path &folder);

} // namespace fastcar
