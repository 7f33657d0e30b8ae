// SPDX-License-Identifier: Apache-2.0
//
// A card that is simulated: buffers in its banks, and kernel runs in the order in which they were asked for,
// on a thread of its own. That thread gives way to whoever wants the memory or a register, so that counters
// are read by real bus accesses while a run goes on.
#pragma once

#include "fpga/emulation/kernel_simulation.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace fastcar::fpga {

/// What goes wrong on purpose, for tests (environment variable FASTCAR_EMULATED_FAULT).
enum class EmulatedFault : std::uint8_t { None, Hang, Version, Allocation, Read };

/// Waveforms of one step in a file (environment variable FASTCAR_EMULATED_WAVES); steps are the card's kernel
/// runs, counted from 1.
struct WavesRequest {
    std::string file; // empty: none
    std::int64_t step = 1;

    /// "FILE" or "FILE:STEP".
    static WavesRequest of(std::string_view text);
};

class EmulatedCard {
public:
    /// A hang comes after `runsBefore` kernel runs.
    explicit EmulatedCard(EmulatedFault fault, int runsBefore = 0, WavesRequest waves = {});
    ~EmulatedCard();

    struct Buffer {
        std::uint64_t address = 0;
        std::uint64_t size = 0;
        std::uint32_t flags = 0;
        std::byte *host = nullptr; // page-aligned; its own memory, or the user's
        bool owned = false;
        bool onCard = false; // not so for commands
    };
    static constexpr std::uint64_t bankBytes = std::uint64_t{1} << 30;

    /// 0 where there is no room.
    unsigned allocate(std::uint64_t size, unsigned flags, void *user);
    void release(unsigned handle);
    std::optional<Buffer> find(unsigned handle);
    /// False: no such buffer, outside of it, or the card fails.
    bool toCard(unsigned handle, std::uint64_t size, std::uint64_t offset);
    bool fromCard(unsigned handle, std::uint64_t size, std::uint64_t offset);
    bool copy(unsigned to, unsigned from, std::uint64_t size, std::uint64_t toOffset,
              std::uint64_t fromOffset);
    bool access(std::uint64_t address, void *data, std::size_t size, bool write);

    std::optional<std::uint32_t> readRegister(std::uint32_t offset);
    bool writeRegister(std::uint32_t offset, std::uint32_t value);

    /// A command packet in a buffer; its state tells when it is done.
    bool submit(unsigned handle);
    /// Waits until a command ends; false: none did in time.
    bool waitForAny(std::chrono::milliseconds time);

private:
    using Lock = std::unique_lock<std::mutex>;
    /// Has the simulation to itself.
    Lock hold();
    void simulate();
    void execute(Buffer command);
    void beginWaves();
    void endWaves();
    std::uint32_t runKernel(const std::uint32_t *registers, std::size_t count);

    static constexpr std::int64_t slice = 2048;       // cycles before giving way
    static constexpr std::int64_t patience = 100'000; // cycles without a word from the kernel

    EmulatedFault fault_;
    int runsBefore_;
    WavesRequest waves_;
    std::int64_t steps_ = 0; // begun so far
    std::mutex mutex_;       // simulation_ and all below
    std::condition_variable given_, ended_;
    std::atomic<int> waiting_{0};
    KernelSimulation simulation_;
    std::map<unsigned, Buffer> buffers_;
    std::deque<unsigned> queue_;
    unsigned nextHandle_ = 1;
    std::int64_t ends_ = 0, endsSeen_ = 0;
    bool stop_ = false;
    std::thread thread_; // last: it uses all of the above
};

} // namespace fastcar::fpga
