// SPDX-License-Identifier: Apache-2.0
//
// What a person would call the difference between two settings: "Guidance", "Threshold of layer 3".
#pragma once

#include "ui/models/run_settings_model.h"

#include <QString>

namespace fastcar::ui {

/// Empty: there is no difference.
QString nameOfChange(const RunSettingsModel::Snapshot &before, const RunSettingsModel::Snapshot &after);

} // namespace fastcar::ui
