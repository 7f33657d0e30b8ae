// SPDX-License-Identifier: Apache-2.0
//
// What fastcar-studio can be told on the command line (docs/studio.md).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fastcar {

struct StudioOptions {
    std::string modelFolder; // empty: last time's, or the default model
    std::optional<std::string> prompt;
    bool run = false;               // generate as soon as the model is open
    std::string theme;              // "dark", "light", empty: last time's
    std::string library;            // folder in which runs are kept; empty: they are not
    std::string card;               // show the hardware panel, with this card
    std::vector<std::string> steps; // what is done in the window before (ui/window/window_steps.h)
    std::string screenshot;         // save a picture of the window there when the run is done, and quit
};

/// The options, or the status to exit with (help was asked for, or the words make no sense; it has been
/// said).
std::variant<StudioOptions, int> parseStudioOptions(int argc, const char *const *argv);

} // namespace fastcar
