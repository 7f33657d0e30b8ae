// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/kernel_waves.h"

namespace fastcar::fpga {

struct KernelWaves::File {};

KernelWaves::KernelWaves(VerilatedContext &, Vemulated_kernel &circuit)
    : circuit_(&circuit)
{
}

KernelWaves::~KernelWaves() = default;

bool KernelWaves::begin(const std::string &)
{
    return false;
}

void KernelWaves::sample(std::uint64_t)
{
}

bool KernelWaves::end()
{
    return false;
}

} // namespace fastcar::fpga
