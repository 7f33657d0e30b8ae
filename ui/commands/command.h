// SPDX-License-Identifier: Apache-2.0
//
// Something that can be done, as the command palette lists it: an action, a panel, a layer, a preset, a
// model.
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace fastcar::ui {

struct Command {
    QString group; // "Layer"
    QString title; // "3 of 5"
    QString keys;  // for a person; empty: none
    bool enabled = true;
    std::function<void()> run;
};

/// Asked anew whenever the palette opens, so that it lists what is there then.
using CommandSource = std::function<std::vector<Command>()>;

} // namespace fastcar::ui
