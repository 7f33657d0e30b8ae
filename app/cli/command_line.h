// SPDX-License-Identifier: Apache-2.0
//
// The command line `fastcar` (docs/command_line.md): finds out which command is meant and runs it.
#pragma once

namespace fastcar::cli {

/// What main() does; gives the program's exit status.
int runCommandLine(int argc, char **argv);

} // namespace fastcar::cli
