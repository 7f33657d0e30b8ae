// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"
#include "fpga/host/fpga_devices.h"

#include <spdlog/sinks/stdout_sinks.h>

int main(int argc, char **argv)
{
    spdlog::stderr_logger_mt("cards");  // warns of files of resources/cards that cannot be read
    spdlog::stderr_logger_mt("engine"); // warns of a FASTCAR_SIMD that this processor has not
    fastcar::fpga::registerFpgaDevices();
    return fastcar::cli::runCommandLine(argc, argv);
}
