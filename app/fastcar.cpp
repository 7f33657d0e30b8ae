// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"
#include "fpga/host/fpga_devices.h"

int main(int argc, char **argv)
{
    fastcar::fpga::registerFpgaDevices();
    return fastcar::cli::runCommandLine(argc, argv);
}
