// SPDX-License-Identifier: Apache-2.0
//
// write_xclbin FILE: the container of the emulated card, made when the project is built.
#include "fpga/emulation/xclbin_writer.h"

#include <fstream>
#include <iostream>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: write_xclbin FILE\n";
        return 2;
    }
    const std::vector<char> bytes = fastcar::fpga::xclbinFor({});
    std::ofstream file(argv[1], std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
        std::cerr << "write_xclbin: " << argv[1] << " could not be written\n";
        return 1;
    }
}
