// SPDX-License-Identifier: Apache-2.0
//
// A run of the library in words: its state, its time, its size, and what was set for it.
#pragma once

#include "engine/decode/run_settings.h"
#include "engine/library/run_entry.h"

#include <QString>

#include <vector>

namespace fastcar::ui {

/// "Done", "Cancelled at 45 of 128 tokens"
QString stateTextOf(const RunEntry &run);
/// "1 run", "12 runs"
QString runsText(std::int64_t runs);
/// "1 deleted run", "12 deleted runs"
QString deletedRunsText(std::int64_t runs);
/// "3 of 27 runs", "0 of 2 deleted runs"
QString foundText(std::int64_t found, std::int64_t all);
QString foundDeletedText(std::int64_t found, std::int64_t all);
/// "1.2 MB"
QString sizeTextOf(std::int64_t bytes);
/// "45.2 %", or "–"
QString replayTextOf(const RunEntry &run);
QString toolTipOf(const RunEntry &run);
QString spokenTextOf(const RunEntry &run);

/// A line of what was set.
struct SettingWords {
    QString name;
    QString value;
    QString now; // what is set now, where that is something else; empty: the same
};
/// `run` beside what is set `now`. Lines that say nothing (guidance off, one video, ...) are left out where
/// both have it so.
std::vector<SettingWords> settingWords(const RunSettings &run, const RunSettings &now);

} // namespace fastcar::ui
