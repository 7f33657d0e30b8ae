// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/kernel_simulation.h"

#include "Vemulated_kernel.h"

namespace fastcar::fpga {

namespace {

constexpr int busPatience = 1000; // cycles that a register access may take

} // namespace

KernelSimulation::KernelSimulation(MemoryTiming timing)
    : context_(std::make_unique<VerilatedContext>())
    , circuit_(std::make_unique<Vemulated_kernel>(context_.get()))
    , waves_(*context_, *circuit_)
    , memories_(ports, timing, 64, bankDistance)
{
    reset();
}

KernelSimulation::~KernelSimulation()
{
    circuit_->final();
}

void KernelSimulation::reset()
{
    circuit_->control_aw_valid_i = 0;
    circuit_->control_w_valid_i = 0;
    circuit_->control_ar_valid_i = 0;
    circuit_->control_b_ready_i = 1;
    circuit_->control_r_ready_i = 1;
    circuit_->rst_ni = 0;
    for (int p = 0; p < ports; ++p)
        memories_.memory(p).forget();
    clock();
    clock();
    circuit_->rst_ni = 1;
    clock();
    lastHandover_ = cycles_;
}

bool KernelSimulation::interrupt() const
{
    return circuit_->interrupt_o;
}

void KernelSimulation::settle()
{
    memories_.offer(*circuit_);
    circuit_->clk_i = 0;
    circuit_->eval();
}

void KernelSimulation::clock()
{
    settle();
    if (waves_.going())
        waves_.sample(2 * static_cast<std::uint64_t>(cycles_));
    memories_.look(*circuit_);
    circuit_->clk_i = 1;
    circuit_->eval();
    if (waves_.going())
        waves_.sample(2 * static_cast<std::uint64_t>(cycles_) + 1);
    ++cycles_;
    if (memories_.clock())
        lastHandover_ = cycles_;
    for (int p = 0; p < ports; ++p)
        strays_ += memories_.memory(p).takeStrays();
}

std::optional<std::uint32_t> KernelSimulation::readRegister(std::uint32_t offset)
{
    circuit_->control_ar_valid_i = 1;
    circuit_->control_ar_address_i = static_cast<std::uint16_t>(offset & 0xfff);
    std::optional<std::uint32_t> value;
    for (int waited = 0; waited < busPatience && !value; ++waited) {
        settle();
        const bool taken = circuit_->control_ar_valid_i && circuit_->control_ar_ready_o;
        if (circuit_->control_r_valid_o)
            value = circuit_->control_r_data_o;
        clock();
        if (taken)
            circuit_->control_ar_valid_i = 0;
    }
    circuit_->control_ar_valid_i = 0;
    return value;
}

bool KernelSimulation::writeRegister(std::uint32_t offset, std::uint32_t value)
{
    circuit_->control_aw_valid_i = 1;
    circuit_->control_w_valid_i = 1;
    circuit_->control_aw_address_i = static_cast<std::uint16_t>(offset & 0xfff);
    circuit_->control_w_data_i = value;
    bool answered = false;
    for (int waited = 0; waited < busPatience && !answered; ++waited) {
        settle();
        const bool taken = circuit_->control_aw_valid_i && circuit_->control_aw_ready_o;
        answered = circuit_->control_b_valid_o;
        clock();
        if (taken) {
            circuit_->control_aw_valid_i = 0;
            circuit_->control_w_valid_i = 0;
        }
    }
    circuit_->control_aw_valid_i = 0;
    circuit_->control_w_valid_i = 0;
    return answered;
}

void KernelSimulation::reserve(int bank, std::uint64_t bytes)
{
    std::vector<std::byte> &memory = memories_.memory(static_cast<int>(bank)).bytes();
    if (memory.size() < bytes)
        memory.resize(bytes, std::byte{0xa5}); // not zero, as on a card
}

std::byte *KernelSimulation::at(std::uint64_t address, std::size_t bytes)
{
    const std::uint64_t bank = address / bankDistance, offset = address % bankDistance;
    if (bank >= ports)
        return nullptr;
    std::vector<std::byte> &memory = memories_.memory(static_cast<int>(bank)).bytes();
    return bytes <= memory.size() && offset <= memory.size() - bytes ? memory.data() + offset : nullptr;
}

} // namespace fastcar::fpga
