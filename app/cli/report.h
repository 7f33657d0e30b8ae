// SPDX-License-Identifier: Apache-2.0
//
// What commands print on standard output: one JSON document, or lines for a person. And the parts that
// several of them have in common.
#pragma once

#include "engine/backend/card_sensors.h"
#include "engine/decode/run_settings.h"
#include "engine/replay/replay_statistics.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace fastcar::cli {

/// The one document of --json, and nothing else. Text that is not UTF-8 (a file's name) gets replacement
/// characters.
void printJson(const nlohmann::ordered_json &document);
/// A line for a person: one line, whatever the texts in it hold (terminal_text.h).
void printLine(const std::string &line);

nlohmann::ordered_json toJsonValue(const RunSettings &settings);
nlohmann::ordered_json toJsonValue(const ReplayCount &count);
/// replayed, eligible, mlp_total, the ratios, fully_skipped_layers, layer_steps, per_layer, per_frame.
void addReplay(nlohmann::ordered_json &document, const ReplayStatistics &replay);

/// Sum and mean of an accelerator's counters, or null where there are none.
nlohmann::ordered_json toJsonValue(const std::optional<CardTotals> &card);
/// watts (or null) and celsius by place, or null where there is no sensor.
nlohmann::ordered_json toJsonValue(const CardSensors &sensors);
/// "28.1 W, FPGA 45 C, measured by the card"
std::string sensorsLine(const CardSensors &sensors);
/// "23 steps, 51908 cycles each; 4 cores busy 61.2 %; 1234 rows computed, 567 replayed"
std::string cardLine(const CardTotals &card);

/// "45.2 % of eligible, 33.7 % of all (1234 of 2730 of 3660 MLPs); at most 74.6 % of all can be replayed"
std::string replayLine(const ReplayCount &all, double ceiling);
/// "frames 3-6, layers 2-": where replay is allowed; empty if everywhere.
std::string replayLimits(const ReplayPolicy &policy);
/// "50.0 % of eligible, in each layer; thresholds moved to meet it"
std::string targetText(const ReplayTarget &target);
/// A table of the layers, a line each, with two blanks in front.
void printLayerTable(const ReplayStatistics &replay);

/// "1 video", "2 videos"
std::string counted(std::int64_t number, const char *thing);

} // namespace fastcar::cli
