// SPDX-License-Identifier: Apache-2.0
//
// Card memory behind one AXI4 read port: a latency, a bandwidth in beats per cycles, and stalls drawn by a
// seed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

namespace fastcar::fpga {

struct MemoryTiming {
    int latency = 40; // cycles from the address to the first beat
    int beats = 1;    // at the most `beats` in `cycles`
    int cycles = 1;
    double stalls = 0.0; // chance, each cycle, that an address is not taken or a beat is held back
    unsigned seed = 1;
};

class MemoryPort {
public:
    static constexpr std::size_t beatBytes = 64;

    explicit MemoryPort(const MemoryTiming &timing)
        : timing_(timing)
        , random_(timing.seed)
        , credit_(timing.cycles + timing.beats - 1) // at rest
    {
    }

    /// Puts bytes behind what is there, at a whole KiB; returns the first beat's number.
    std::uint32_t append(const std::vector<std::byte> &bytes)
    {
        const std::size_t at = (memory_.size() + 1023) / 1024 * 1024;
        memory_.resize(at);
        memory_.insert(memory_.end(), bytes.begin(), bytes.end());
        memory_.resize((memory_.size() + beatBytes - 1) / beatBytes * beatBytes);
        return static_cast<std::uint32_t>(at / beatBytes);
    }

    /// Before the clock's edge: whether an address is taken, and the beat that is offered (null: none).
    bool addressReady() const { return addressReady_; }
    const std::byte *beat() const { return offered_ ? memory_.data() + pending_.front().address : nullptr; }

    /// At the clock's edge: what was handed over.
    void clock(bool addressTaken, std::uint64_t address, int beats, bool beatTaken)
    {
        if (beatTaken) {
            pending_.pop_front();
            credit_ -= timing_.cycles;
        }
        if (addressTaken)
            for (int b = 0; b < beats; ++b)
                pending_.push_back({.address = address + static_cast<std::uint64_t>(b) * beatBytes,
                                    .due = now_ + timing_.latency});
        ++now_;
        credit_ = std::min(credit_ + timing_.beats, timing_.cycles + timing_.beats - 1);
        addressReady_ = !stalls();
        offered_ = !pending_.empty() && pending_.front().due <= now_ && credit_ >= timing_.cycles &&
                   (held_ ? true : !stalls());
        held_ = offered_ && !beatTaken;
    }

private:
    struct Pending {
        std::uint64_t address;
        std::int64_t due;
    };
    bool stalls()
    {
        return timing_.stalls > 0.0 && std::uniform_real_distribution<>()(random_) < timing_.stalls;
    }

    MemoryTiming timing_;
    std::mt19937 random_;
    std::vector<std::byte> memory_;
    std::deque<Pending> pending_;
    std::int64_t now_ = 0;
    int credit_;
    bool addressReady_ = true;
    bool offered_ = false;
    bool held_ = false; // an offered beat stays offered until it is taken
};

} // namespace fastcar::fpga
