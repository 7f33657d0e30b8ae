// SPDX-License-Identifier: Apache-2.0
//
// What is asked when the window is closed while a run goes on that nothing keeps.
#pragma once

#include <QString>

class QWidget;

namespace fastcar::ui {

class RunRecord;

/// What closing now would lose.
QString lossText(const RunRecord &record);

/// Whether to close all the same.
bool askWhetherToClose(QWidget *window, const RunRecord &record);

} // namespace fastcar::ui
