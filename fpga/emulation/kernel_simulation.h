// SPDX-License-Identifier: Apache-2.0
//
// The kernel's circuit with memory around it: clocks, register accesses by AXI4-Lite, banks that the host
// reads and writes. One thread at a time.
#pragma once

#include "fpga/emulation/kernel_waves.h"
#include "fpga/simulation/circuit_ports.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

class Vemulated_kernel;
class VerilatedContext;

namespace fastcar::fpga {

class KernelSimulation {
public:
    static constexpr int ports = 4;
    static constexpr std::uint64_t bankDistance = std::uint64_t{1} << 34;

    explicit KernelSimulation(MemoryTiming timing);
    ~KernelSimulation();

    void reset();
    void clock();
    bool interrupt() const;
    std::int64_t cycles() const { return cycles_; }
    /// Cycles since something was handed over at any port.
    std::int64_t quiet() const { return cycles_ - lastHandover_; }
    /// Beats written to where nothing is, so far.
    std::int64_t strays() const { return strays_; }

    /// Both take the cycles that the bus takes; nothing: the kernel does not answer.
    std::optional<std::uint32_t> readRegister(std::uint32_t offset);
    bool writeRegister(std::uint32_t offset, std::uint32_t value);

    /// Memory of bank `bank` is at least `bytes` long from here on.
    void reserve(int bank, std::uint64_t bytes);
    /// Signals over time of what follows, where this driver has them.
    KernelWaves &waves() { return waves_; }

    /// Null where the address is in no bank, or ends behind it.
    std::byte *at(std::uint64_t address, std::size_t bytes);

private:
    void settle();

    std::unique_ptr<VerilatedContext> context_;
    std::unique_ptr<Vemulated_kernel> circuit_;
    KernelWaves waves_;
    CircuitPorts memories_;
    std::int64_t cycles_ = 0, lastHandover_ = 0, strays_ = 0;
};

} // namespace fastcar::fpga
