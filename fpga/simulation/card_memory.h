// SPDX-License-Identifier: Apache-2.0
//
// Card memory behind one AXI4 port that reads and writes: a latency, a bandwidth, stalls drawn by a seed, and
// bytes that the host sees.
#pragma once

#include "fpga/simulation/memory_port.h"

#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace fastcar::fpga {

class CardMemory {
public:
    static constexpr std::size_t beatBytes = 64;

    explicit CardMemory(const MemoryTiming &timing)
        : timing_(timing)
        , random_(timing.seed)
        , credit_(timing.cycles + timing.beats - 1) // at rest
    {
    }

    std::vector<std::byte> &bytes() { return bytes_; }

    /// What the port offers before the clock's edge.
    struct Offer {
        bool addressReady = false;
        const std::byte *beat = nullptr;
        unsigned id = 0;
        bool last = false;
        bool writeAddressReady = false, writeDataReady = false, answer = false;
    };
    Offer offer() const
    {
        Offer offer{.addressReady = addressReady_,
                    .writeAddressReady = writeAddressReady_ && writeAddresses_.size() < 16,
                    .writeDataReady = writeDataReady_ && writeData_.size() < 16,
                    .answer = answers_ > 0};
        if (offered_) {
            const Pending &next = pending_.front();
            offer.beat = next.address + beatBytes <= bytes_.size() ? bytes_.data() + next.address : nothing_;
            offer.id = next.id;
            offer.last = next.last;
        }
        return offer;
    }

    /// What was handed over at the clock's edge.
    struct Taken {
        bool address = false;
        std::uint64_t readAddress = 0;
        int beats = 0;
        unsigned id = 0;
        bool beat = false;
        bool writeAddress = false;
        std::uint64_t writtenAt = 0;
        bool writeData = false;
        std::array<std::byte, beatBytes> data;
        std::uint64_t strobe = 0;
        bool answer = false;
    };
    void clock(const Taken &taken)
    {
        if (taken.beat) {
            pending_.pop_front();
            credit_ -= timing_.cycles;
        }
        if (taken.address)
            for (int b = 0; b < taken.beats; ++b)
                pending_.push_back({.address = taken.readAddress + static_cast<std::uint64_t>(b) * beatBytes,
                                    .due = now_ + timing_.latency,
                                    .id = taken.id,
                                    .last = b + 1 == taken.beats});
        if (taken.answer)
            --answers_;
        if (taken.writeAddress)
            writeAddresses_.push_back(taken.writtenAt);
        if (taken.writeData)
            writeData_.push_back({taken.data, taken.strobe});
        if (!writeAddresses_.empty() && !writeData_.empty()) {
            store(writeAddresses_.front(), writeData_.front());
            writeAddresses_.pop_front();
            writeData_.pop_front();
            ++answers_;
        }
        ++now_;
        credit_ = std::min(credit_ + timing_.beats, timing_.cycles + timing_.beats - 1);
        addressReady_ = !stalls();
        writeAddressReady_ = !stalls();
        writeDataReady_ = !stalls();
        offered_ = !pending_.empty() && pending_.front().due <= now_ && credit_ >= timing_.cycles &&
                   (held_ || !stalls());
        held_ = offered_;
    }

    /// What is on its way is lost: after a reset.
    void forget()
    {
        pending_.clear();
        writeAddresses_.clear();
        writeData_.clear();
        answers_ = 0;
        offered_ = held_ = false;
    }

    /// Addresses outside of what was allocated, since the last call.
    std::int64_t takeStrays() { return std::exchange(strays_, 0); }

private:
    struct Pending {
        std::uint64_t address;
        std::int64_t due;
        unsigned id;
        bool last;
    };
    struct Write {
        std::array<std::byte, beatBytes> data;
        std::uint64_t strobe;
    };
    void store(std::uint64_t address, const Write &write)
    {
        if (address + beatBytes > bytes_.size()) {
            ++strays_;
            return;
        }
        for (std::size_t b = 0; b < beatBytes; ++b)
            if ((write.strobe >> b) & 1)
                bytes_[address + b] = write.data[b];
    }
    bool stalls()
    {
        return timing_.stalls > 0.0 && std::uniform_real_distribution<>()(random_) < timing_.stalls;
    }

    MemoryTiming timing_;
    std::mt19937 random_;
    std::vector<std::byte> bytes_;
    std::byte nothing_[beatBytes] = {};
    std::deque<Pending> pending_;
    std::deque<std::uint64_t> writeAddresses_;
    std::deque<Write> writeData_;
    std::int64_t now_ = 0, strays_ = 0;
    int credit_, answers_ = 0;
    bool addressReady_ = true, writeAddressReady_ = true, writeDataReady_ = true;
    bool offered_ = false;
    bool held_ = false; // an offered beat stays offered until it is taken
};

} // namespace fastcar::fpga
