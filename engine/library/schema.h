// SPDX-License-Identifier: Apache-2.0
//
// The tables of a library's database (docs/file_formats.md, "The library"), and how an older version of them
// becomes the present one.
#pragma once

#include "engine/base/result.h"
#include "engine/library/database.h"

namespace fastcar {

/// Of the tables that this program knows.
int schemaVersion();

/// Brings `database` to the present version: an empty one gets its tables. Errors: a database that is no
/// library, a version that this program does not know yet.
Result<void> bringUpToDate(Database &database);

/// The same questions without changing anything; an older version is refused, too.
Result<void> checkUpToDate(const Database &database);

} // namespace fastcar
