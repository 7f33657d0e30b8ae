// SPDX-License-Identifier: Apache-2.0
//
// When something was made, as a person says it.
#pragma once

#include <QString>

#include <cstdint>

namespace fastcar::ui {

/// "Today, 14:05", "Yesterday, 14:05", "31 January 2026, 14:05"; `nowMs` since 1970.
QString dateTextOf(std::int64_t ms, std::int64_t nowMs);

} // namespace fastcar::ui
