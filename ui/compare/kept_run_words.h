// SPDX-License-Identifier: Apache-2.0
//
// A run of the library where it is to be chosen for a comparison, and as what it is compared.
#pragma once

#include "engine/library/run_entry.h"
#include "ui/compare/run_source.h"

#include <QFontMetrics>
#include <QString>

#include <filesystem>

namespace fastcar::ui {

/// "Run 12: an octopus rises · 46.2 % replayed", and right of it when it was made.
QString menuTextOf(const RunEntry &run, const QFontMetrics &metrics);
/// What the menu has no room for.
QString menuHelpOf(const RunEntry &run);
/// "run 12 of the library"
RunSource sourceOfKept(const std::filesystem::path &library, RunId run);

} // namespace fastcar::ui
