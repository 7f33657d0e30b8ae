// SPDX-License-Identifier: Apache-2.0
//
// How a run ended that did not reach its end, in words: what happened and what was kept; and on which devices
// it can go on.
#pragma once

#include "engine/backend/devices.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/run_record.h"
#include "ui/window/message_banner.h"

namespace fastcar::ui {

struct RunEnding {
    MessageBanner::Kind kind = MessageBanner::Kind::Info;
    QString title;
    QString text;
};

/// Of a run that was cancelled or failed.
RunEnding describeEnding(const RunController &controller, const RunRecord &record);

/// Whether there is something of the run, and something is missing.
bool canGoOn(const RunController &controller, const RunRecord &record);

/// Usable devices other than the one that failed. Those of its own family come first, for their numbers are
/// the same; what takes minutes for a clip comes last. Other formats of a device ("cpu:int8") are left to the
/// form.
QStringList devicesToGoOnOn(const std::vector<DeviceInfo> &devices, const std::string &failed);

/// "1 frame", "8 frames"
QString framesText(int frames);

} // namespace fastcar::ui
