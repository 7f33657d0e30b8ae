// SPDX-License-Identifier: Apache-2.0
//
// The circuit's signals over time, in a file for a waveform viewer (FST; GTKWave and Surfer read it). Only a
// circuit that was verilated for it can tell them, and it is slower always; so there are two drivers: the
// everyday one, with no_waves.cpp, and one that is built when waveforms are wanted, with kernel_waves.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

class Vemulated_kernel;
class VerilatedContext;

namespace fastcar::fpga {

/// Of one stretch of time after the other.
class KernelWaves {
public:
    /// Before the circuit is evaluated for the first time; both must outlive this.
    KernelWaves(VerilatedContext &context, Vemulated_kernel &circuit);
    ~KernelWaves();

    /// Into a file that is not there under this name until end(). False: it cannot be written, or this driver
    /// has no waveforms.
    bool begin(const std::string &file);
    bool going() const { return going_; }
    /// The signals as they are; time counts half cycles.
    void sample(std::uint64_t halfCycle);
    /// False where the file could not be finished.
    bool end();

private:
    struct File;
    std::unique_ptr<File> file_;
    Vemulated_kernel *circuit_;
    bool going_ = false;
};

} // namespace fastcar::fpga
