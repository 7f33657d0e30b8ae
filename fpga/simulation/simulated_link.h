// SPDX-License-Identifier: Apache-2.0
//
// The bare circuit fc_accelerator as a card, without XRT in between: for tests and benches. `Model` is the
// class that Verilator made.
#pragma once

#include "fpga/host/card_link.h"
#include "fpga/program/step_program.h"
#include "fpga/simulation/card_memory.h"
#include "fpga/simulation/signals.h"

#include <functional>
#include <memory>

namespace fastcar::fpga {

template <typename Model>
class SimulatedLink final : public CardLink {
public:
    /// `observe`, where given, sees the circuit in every cycle of a run, before the clock's edge.
    SimulatedLink(const AcceleratorShape &shape, MemoryTiming timing,
                  std::function<void(const Model &)> observe = {})
        : ports_(shape.card.ports)
        , circuit_(std::make_unique<Model>(&context_))
        , observe_(std::move(observe))
    {
        for (int p = 0; p < ports_; ++p) {
            memory_.emplace_back(timing);
            ++timing.seed;
        }
        circuit_->rst_ni = 0;
        circuit_->start_i = 0;
        tick();
        tick();
        circuit_->rst_ni = 1;
        tick();
    }
    ~SimulatedLink() override { circuit_->final(); }

    std::string name() const override { return "fpga-simulated"; }
    Result<void> allocate(const std::vector<std::uint64_t> &bytes) override
    {
        for (std::size_t p = 0; p < bytes.size(); ++p)
            memory_[p].bytes().assign(bytes[p], std::byte{0xa5}); // nothing may depend on what was there
        return {};
    }
    Result<void> write(int port, std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        std::vector<std::byte> &memory = memory_[static_cast<std::size_t>(port)].bytes();
        if (offset + bytes.size() > memory.size())
            return Error{.kind = ErrorKind::BadInput, .message = "A write ends behind the port's memory."};
        std::copy(bytes.begin(), bytes.end(), memory.begin() + static_cast<std::ptrdiff_t>(offset));
        return {};
    }
    Result<void> read(int port, std::uint64_t offset, std::span<std::byte> bytes) override
    {
        const std::vector<std::byte> &memory = memory_[static_cast<std::size_t>(port)].bytes();
        if (offset + bytes.size() > memory.size())
            return Error{.kind = ErrorKind::BadInput, .message = "A read ends behind the port's memory."};
        std::copy_n(memory.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
        return {};
    }
    Result<void> run(std::uint32_t header) override
    {
        circuit_->header_i = header;
        circuit_->start_i = 1;
        for (cycles_ = 0; cycles_ < patience; ++cycles_) {
            settle();
            if (observe_)
                observe_(*circuit_);
            const bool done = circuit_->done_o;
            if (circuit_->error_o)
                return Error{.kind = ErrorKind::Unsupported,
                             .message = "The accelerator does not know the program."};
            tick();
            circuit_->start_i = 0;
            if (done)
                return strays();
        }
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The accelerator hangs in instruction " +
                                std::to_string(circuit_->operation_o) + " of layer " +
                                std::to_string(circuit_->layer_o) + "."};
    }

    Result<RunCounters> counters() override
    {
        return Error{.kind = ErrorKind::Unsupported, .message = "The bare circuit has no counters."};
    }

    /// Of the last run.
    std::int64_t cycles() const { return cycles_; }

private:
    static constexpr std::int64_t patience = 1'000'000;

    Result<void> strays()
    {
        for (CardMemory &memory : memory_)
            if (memory.takeStrays())
                return Error{.kind = ErrorKind::BadInput,
                             .message = "The accelerator wrote behind its memory."};
        return {};
    }

    void settle()
    {
        for (int p = 0; p < ports_; ++p) {
            const CardMemory::Offer offer = memory_[static_cast<std::size_t>(p)].offer();
            setBit(circuit_->ar_ready_i, p, offer.addressReady);
            setBit(circuit_->r_valid_i, p, offer.beat != nullptr);
            setBit(circuit_->r_id_i, 2 * p, offer.id & 1);
            setBit(circuit_->r_id_i, 2 * p + 1, (offer.id >> 1) & 1);
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

    CardMemory::Taken takenAt(int p) const
    {
        const auto both = [&](const auto &valid, const auto &ready) {
            return bitsOf(valid, p, 1) && bitsOf(ready, p, 1);
        };
        CardMemory::Taken taken{.address = both(circuit_->ar_valid_o, circuit_->ar_ready_i),
                                .readAddress = bitsOf(circuit_->ar_address_o, p * 38, 38),
                                .beats = static_cast<int>(bitsOf(circuit_->ar_length_o, p * 8, 8)) + 1,
                                .id = static_cast<unsigned>(bitsOf(circuit_->ar_id_o, p * 2, 2)),
                                .beat = both(circuit_->r_valid_i, circuit_->r_ready_o),
                                .writeAddress = both(circuit_->aw_valid_o, circuit_->aw_ready_i),
                                .writtenAt = bitsOf(circuit_->aw_address_o, p * 38, 38),
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

    void tick()
    {
        settle();
        taken_.clear();
        for (int p = 0; p < ports_; ++p)
            taken_.push_back(takenAt(p));
        circuit_->clk_i = 1;
        circuit_->eval();
        for (int p = 0; p < ports_; ++p)
            memory_[static_cast<std::size_t>(p)].clock(taken_[static_cast<std::size_t>(p)]);
    }

    int ports_;
    VerilatedContext context_;
    std::unique_ptr<Model> circuit_;
    std::vector<CardMemory> memory_;
    std::vector<CardMemory::Taken> taken_;
    std::function<void(const Model &)> observe_;
    std::int64_t cycles_ = 0;
};

} // namespace fastcar::fpga
