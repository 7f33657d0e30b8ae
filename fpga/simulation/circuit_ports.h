// SPDX-License-Identifier: Apache-2.0
//
// The memory ports of a circuit (fc_accelerator, fc_kernel) and the memories behind them, a clock at a time.
// `Model` is the class that Verilator made.
#pragma once

#include "fpga/simulation/card_memory.h"
#include "fpga/simulation/signals.h"

#include <cstring>
#include <vector>

namespace fastcar::fpga {

class CircuitPorts {
public:
    /// Addresses have `addressBits`; port p's begin at p * distance.
    CircuitPorts(int ports, MemoryTiming timing, int addressBits, std::uint64_t distance = 0)
        : addressBits_(addressBits)
        , distance_(distance)
    {
        for (int p = 0; p < ports; ++p) {
            memories_.emplace_back(timing);
            ++timing.seed;
        }
    }

    int count() const { return static_cast<int>(memories_.size()); }
    CardMemory &memory(int port) { return memories_[static_cast<std::size_t>(port)]; }

    /// Puts what the memories offer to the circuit's inputs.
    template <typename Model>
    void offer(Model &circuit) const
    {
        for (int p = 0; p < count(); ++p) {
            const CardMemory::Offer offer = memories_[static_cast<std::size_t>(p)].offer();
            setBit(circuit.ar_ready_i, p, offer.addressReady);
            setBit(circuit.r_valid_i, p, offer.beat != nullptr);
            setBit(circuit.r_id_i, 2 * p, offer.id & 1);
            setBit(circuit.r_id_i, 2 * p + 1, (offer.id >> 1) & 1);
            setBit(circuit.aw_ready_i, p, offer.writeAddressReady);
            setBit(circuit.w_ready_i, p, offer.writeDataReady);
            setBit(circuit.b_valid_i, p, offer.answer);
            for (int word = 0; offer.beat && word < 16; ++word) {
                std::uint32_t value = 0;
                std::memcpy(&value, offer.beat + 4 * word, sizeof value);
                setWord(circuit.r_data_i, p * 16 + word, value);
            }
        }
    }

    /// What is handed over at the coming edge, by the circuit's settled outputs.
    template <typename Model>
    void look(const Model &circuit)
    {
        taken_.clear();
        for (int p = 0; p < count(); ++p)
            taken_.push_back(takenAt(circuit, p));
    }

    /// After the edge. True where anything was handed over.
    bool clock()
    {
        bool any = false;
        for (std::size_t p = 0; p < memories_.size(); ++p) {
            const CardMemory::Taken &taken = taken_[p];
            any = any || taken.address || taken.beat || taken.writeAddress || taken.writeData;
            memories_[p].clock(taken);
        }
        return any;
    }

private:
    template <typename Model>
    CardMemory::Taken takenAt(const Model &circuit, int p) const
    {
        const auto both = [&](const auto &valid, const auto &ready) {
            return bitsOf(valid, p, 1) && bitsOf(ready, p, 1);
        };
        const auto address = [&](const auto &port) {
            return bitsOf(port, p * addressBits_, addressBits_) - static_cast<std::uint64_t>(p) * distance_;
        };
        CardMemory::Taken taken{.address = both(circuit.ar_valid_o, circuit.ar_ready_i),
                                .readAddress = address(circuit.ar_address_o),
                                .beats = static_cast<int>(bitsOf(circuit.ar_length_o, p * 8, 8)) + 1,
                                .id = static_cast<unsigned>(bitsOf(circuit.ar_id_o, p * 2, 2)),
                                .beat = both(circuit.r_valid_i, circuit.r_ready_o),
                                .writeAddress = both(circuit.aw_valid_o, circuit.aw_ready_i),
                                .writtenAt = address(circuit.aw_address_o),
                                .writeData = both(circuit.w_valid_o, circuit.w_ready_i),
                                .data = {},
                                .strobe = 0,
                                .answer = both(circuit.b_valid_i, circuit.b_ready_o)};
        if (taken.writeData) {
            for (int word = 0; word < 16; ++word) {
                const auto value =
                    static_cast<std::uint32_t>(bitsOf(circuit.w_data_o, p * 512 + 32 * word, 32));
                std::memcpy(taken.data.data() + 4 * word, &value, sizeof value);
            }
            taken.strobe = bitsOf(circuit.w_strobe_o, p * 64, 64);
        }
        return taken;
    }

    int addressBits_;
    std::uint64_t distance_;
    std::vector<CardMemory> memories_;
    std::vector<CardMemory::Taken> taken_;
};

} // namespace fastcar::fpga
