// SPDX-License-Identifier: Apache-2.0
//
// A command of `fastcar`: its part of the option parser, and what it does. One file per command makes one.
#pragma once

#include <functional>

namespace CLI {
class App;
} // namespace CLI

namespace fastcar::cli {

struct Command {
    CLI::App *parser = nullptr; // owned by the program's parser
    std::function<int()> run;   // called when the command was given; gives the exit status
};

Command makeGenerateCommand(CLI::App &program);
Command makeForwardCommand(CLI::App &program);
Command makeInspectCommand(CLI::App &program);
Command makeCompareCommand(CLI::App &program);
Command makeTraceCommand(CLI::App &program);
Command makeLibraryCommand(CLI::App &program);
Command makeDevicesCommand(CLI::App &program);
Command makeBenchCommand(CLI::App &program);
Command makeQuantizeCommand(CLI::App &program);
Command makeMakeCheckpointCommand(CLI::App &program);

} // namespace fastcar::cli
