// SPDX-License-Identifier: Apache-2.0
//
// Times and sizes as people type and read them.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>

namespace fastcar::cli {

/// "90m", "12h", "30d", "8w": milliseconds.
Result<std::int64_t> ageMs(const std::string &text);
/// "2026-01-31", or "2026-01-31 14:05", in local time: since 1970.
Result<std::int64_t> dateMs(const std::string &text);
/// "800k", "500M", "2G", "1500" (bytes); thousands, as disks are sold.
Result<std::int64_t> sizeBytes(const std::string &text);

/// "2026-01-31 14:05", local time.
std::string dateText(std::int64_t ms);
/// "2026-01-31T13:05:00Z"
std::string utcText(std::int64_t ms);
/// "1.2 MB"
std::string sizeText(std::int64_t bytes);

} // namespace fastcar::cli
