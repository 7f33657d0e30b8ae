// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/kernel_simulation.h"

#include "fpga/simulation/signals.h"
#include "Vemulated_kernel.h"

namespace fastcar::fpga {

namespace {

constexpr int busPatience = 1000; // cycles that a register access may take

template <typename Port>
void setByteOf(Port &port, int bit, unsigned value, int width)
{
    for (int i = 0; i < width; ++i)
        setBit(port, bit + i, (value >> i) & 1);
}

} // namespace

KernelSimulation::KernelSimulation(MemoryTiming timing)
    : context_(std::make_unique<VerilatedContext>())
    , circuit_(std::make_unique<Vemulated_kernel>(context_.get()))
{
    for (int p = 0; p < ports; ++p) {
        memory_.emplace_back(timing);
        ++timing.seed;
    }
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
    for (CardMemory &memory : memory_)
        memory.forget();
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
    for (int p = 0; p < ports; ++p) {
        const CardMemory::Offer offer = memory_[static_cast<std::size_t>(p)].offer();
        setBit(circuit_->ar_ready_i, p, offer.addressReady);
        setBit(circuit_->r_valid_i, p, offer.beat != nullptr);
        setByteOf(circuit_->r_id_i, 2 * p, offer.id, 2);
        setBit(circuit_->aw_ready_i, p, offer.writeAddressReady);
        setBit(circuit_->w_ready_i, p, offer.writeDataReady);
        setBit(circuit_->b_valid_i, p, offer.answer);
        for (int word = 0; offer.beat && word < 16; ++word) {
            std::uint32_t value = 0;
            std::memcpy(&value, offer.beat + 4 * word, sizeof value);
            setWord(circuit_->r_data_i, p * 16 + word, value);
        }
    }
    circuit_->clk_i = 0;
    circuit_->eval();
}

CardMemory::Taken KernelSimulation::takenAt(int p) const
{
    const auto both = [&](const auto &valid, const auto &ready) {
        return bitsOf(valid, p, 1) && bitsOf(ready, p, 1);
    };
    const std::uint64_t base = static_cast<std::uint64_t>(p) * bankDistance;
    CardMemory::Taken taken{.address = both(circuit_->ar_valid_o, circuit_->ar_ready_i),
                            .readAddress = bitsOf(circuit_->ar_address_o, p * 64, 64) - base,
                            .beats = static_cast<int>(bitsOf(circuit_->ar_length_o, p * 8, 8)) + 1,
                            .id = static_cast<unsigned>(bitsOf(circuit_->ar_id_o, p * 2, 2)),
                            .beat = both(circuit_->r_valid_i, circuit_->r_ready_o),
                            .writeAddress = both(circuit_->aw_valid_o, circuit_->aw_ready_i),
                            .writtenAt = bitsOf(circuit_->aw_address_o, p * 64, 64) - base,
                            .writeData = both(circuit_->w_valid_o, circuit_->w_ready_i),
                            .data = {},
                            .strobe = 0,
                            .answer = both(circuit_->b_valid_i, circuit_->b_ready_o)};
    if (taken.writeData) {
        for (int word = 0; word < 16; ++word) {
            const auto value =
                static_cast<std::uint32_t>(bitsOf(circuit_->w_data_o, p * 512 + 32 * word, 32));
            std::memcpy(taken.data.data() + 4 * word, &value, sizeof value);
        }
        taken.strobe = bitsOf(circuit_->w_strobe_o, p * 64, 64);
    }
    return taken;
}

void KernelSimulation::clock()
{
    settle();
    taken_.clear();
    for (int p = 0; p < ports; ++p)
        taken_.push_back(takenAt(p));
    circuit_->clk_i = 1;
    circuit_->eval();
    ++cycles_;
    for (int p = 0; p < ports; ++p) {
        const CardMemory::Taken &taken = taken_[static_cast<std::size_t>(p)];
        CardMemory &memory = memory_[static_cast<std::size_t>(p)];
        if (taken.address || taken.beat || taken.writeAddress || taken.writeData)
            lastHandover_ = cycles_;
        memory.clock(taken);
        strays_ += memory.takeStrays();
    }
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
    std::vector<std::byte> &memory = memory_[static_cast<std::size_t>(bank)].bytes();
    if (memory.size() < bytes)
        memory.resize(bytes, std::byte{0xa5}); // not zero, as on a card
}

std::byte *KernelSimulation::at(std::uint64_t address, std::size_t bytes)
{
    const std::uint64_t bank = address / bankDistance, offset = address % bankDistance;
    if (bank >= ports)
        return nullptr;
    std::vector<std::byte> &memory = memory_[static_cast<std::size_t>(bank)].bytes();
    return offset + bytes <= memory.size() ? memory.data() + offset : nullptr;
}

} // namespace fastcar::fpga
