// SPDX-License-Identifier: Apache-2.0
//
// A run in a few words, where two of them have to be told apart.
#pragma once

#include "engine/quality/loaded_run.h"
#include "ui/compare/run_source.h"

#include <QString>

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace fastcar::ui {

/// "46 % replayed", "dense"; of a run without a trace what its settings promise: "with replay". Empty:
/// nothing is known.
QString replayWords(const LoadedRun &run);
/// "an octopus rises, seed 11, dense"; where nothing is known, nothing.
QString wordsOf(const LoadedRun &run);
/// "The shown run", "clip.mp4"
QString nameOf(const RunSource &source);

/// A setting as a person reads it.
QString settingText(const nlohmann::json &value);
/// "12.3 %"; "–" where there is none.
QString percentText(const std::optional<double> &share);

} // namespace fastcar::ui
