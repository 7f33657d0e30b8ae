// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/kernel_waves.h"

#include "Vemulated_kernel.h"
#include "verilated_fst_c.h"

#include <filesystem>
#include <system_error>

namespace fastcar::fpga {

namespace {

constexpr int allLevels = 99; // of the hierarchy

std::string unfinished(const std::string &file)
{
    return file + ".part";
}

} // namespace

struct KernelWaves::File {
    VerilatedFstC fst;
    std::string name;
};

KernelWaves::KernelWaves(VerilatedContext &context, Vemulated_kernel &circuit)
    : file_(std::make_unique<File>())
    , circuit_(&circuit)
{
    context.traceEverOn(true);
    circuit.trace(&file_->fst, allLevels);
}

KernelWaves::~KernelWaves() = default;

bool KernelWaves::begin(const std::string &file)
{
    file_->name = file;
    file_->fst.open(unfinished(file).c_str());
    going_ = file_->fst.isOpen();
    return going_;
}

void KernelWaves::sample(std::uint64_t halfCycle)
{
    file_->fst.dump(halfCycle);
}

bool KernelWaves::end()
{
    file_->fst.close();
    going_ = false;
    std::error_code failed;
    std::filesystem::rename(unfinished(file_->name), file_->name, failed);
    return !failed;
}

} // namespace fastcar::fpga
