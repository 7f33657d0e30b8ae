// SPDX-License-Identifier: Apache-2.0
//
// The bare circuit fc_accelerator as a card, without XRT in between: for tests and benches. `Model` is the
// class that Verilator made.
#pragma once

#include "fpga/host/card_link.h"
#include "fpga/program/step_program.h"
#include "fpga/simulation/circuit_ports.h"
#include "fpga/simulation/finish.h"

#include <functional>
#include <memory>

namespace fastcar::fpga {

template <typename Model>
class SimulatedLink final : public CardLink {
public:
    /// `observe`, where given, sees the circuit in every cycle of a run, before the clock's edge.
    SimulatedLink(const AcceleratorShape &shape, MemoryTiming timing,
                  std::function<void(const Model &)> observe = {})
        : shape_(shape)
        , ports_(shape.card.ports, timing, 38)
        , circuit_(std::make_unique<Model>(&context_))
        , observe_(std::move(observe))
    {
        circuit_->rst_ni = 0;
        circuit_->start_i = 0;
        tick();
        tick();
        circuit_->rst_ni = 1;
        tick();
    }
    ~SimulatedLink() override { finish(*circuit_, context_); }

    std::string name() const override { return "fpga-simulated"; }
    Result<void> allocate(const std::vector<std::uint64_t> &bytes) override
    {
        for (std::size_t p = 0; p < bytes.size(); ++p)
            ports_.memory(static_cast<int>(p))
                .bytes()
                .assign(bytes[p], std::byte{0xa5}); // nothing may depend on what was there
        return {};
    }
    Result<void> write(int port, std::uint64_t offset, std::span<const std::byte> bytes) override
    {
        std::vector<std::byte> &memory = ports_.memory(port).bytes();
        if (offset + bytes.size() > memory.size())
            return Error{.kind = ErrorKind::BadInput, .message = "A write ends behind the port's memory."};
        std::copy(bytes.begin(), bytes.end(), memory.begin() + static_cast<std::ptrdiff_t>(offset));
        return {};
    }
    Result<void> read(int port, std::uint64_t offset, std::span<std::byte> bytes) override
    {
        const std::vector<std::byte> &memory = ports_.memory(port).bytes();
        if (offset + bytes.size() > memory.size())
            return Error{.kind = ErrorKind::BadInput, .message = "A read ends behind the port's memory."};
        std::copy_n(memory.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
        return {};
    }
    Result<void> run(std::uint32_t header) override
    {
        counters_ = CardCounters::of(shape_.card.cores, shape_.card.ports);
        circuit_->header_i = header;
        circuit_->start_i = 1;
        for (cycles_ = 0; cycles_ < patience; ++cycles_) {
            settle();
            if (observe_)
                observe_(*circuit_);
            if (cycles_ > 0)
                count();
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

    /// The bare circuit has none: they are kept here, as fc_kernel and fc_counters do.
    Result<CardCounters> counters() override { return counters_; }

    /// Of the last run.
    std::int64_t cycles() const { return cycles_; }

private:
    static constexpr std::int64_t patience = 1'000'000;

    Result<void> strays()
    {
        for (int p = 0; p < ports_.count(); ++p)
            if (ports_.memory(p).takeStrays())
                return Error{.kind = ErrorKind::BadInput,
                             .message = "The accelerator wrote behind its memory."};
        return {};
    }

    void count()
    {
        const Model &c = *circuit_;
        const auto add = [](std::int64_t &counter, bool event) { counter += event; };
        add(counters_.cycles, true);
        add(counters_.vectorBusy, c.vector_busy_o);
        add(counters_.matrixRunning, c.matrix_running_o);
        add(counters_.mapping, c.matrix_mapping_o);
        add(counters_.anyCoreBusy, c.core_busy_o != 0);
        add(counters_.streamBeats, c.stream_beat_o);
        add(counters_.streamFull, c.stream_full_o);
        add(counters_.streamEmpty, c.stream_empty_o);
        add(counters_.anyAttention, c.attend_busy_o != 0);
        add(counters_.inHeads, c.operation_o == 5);
        add(counters_.inAttend, c.attending_o);
        add(counters_.inGate, c.operation_o == 7);
        add(counters_.coresBesideAttention, c.core_busy_o != 0 && c.attend_busy_o != 0);
        counters_.rowsComputed += c.decided_o ? c.computing_o : 0;
        counters_.rowsReplayed += c.decided_o ? c.replaying_o : 0;
        const auto each = [&](std::vector<std::int64_t> &counters, const auto &events) {
            for (std::size_t i = 0; i < counters.size(); ++i)
                counters[i] += static_cast<std::int64_t>(bitsOf(events, static_cast<int>(i), 1));
        };
        each(counters_.attention, c.attend_busy_o);
        each(counters_.coreBusy, c.core_busy_o);
        each(counters_.coreWaitsWeights, c.core_wait_weights_o);
        each(counters_.coreWaitsPackets, c.core_wait_packets_o);
        for (std::size_t p = 0; p < counters_.beatsRead.size(); ++p) {
            const auto bit = [&](const auto &signal) {
                return static_cast<std::int64_t>(bitsOf(signal, static_cast<int>(p), 1));
            };
            counters_.beatsRead[p] += bit(c.r_valid_i) & bit(c.r_ready_o);
            counters_.beatsWritten[p] += bit(c.w_valid_o) & bit(c.w_ready_i);
        }
    }

    void settle()
    {
        ports_.offer(*circuit_);
        circuit_->clk_i = 0;
        circuit_->eval();
    }

    void tick()
    {
        settle();
        ports_.look(*circuit_);
        circuit_->clk_i = 1;
        circuit_->eval();
        ports_.clock();
    }

    AcceleratorShape shape_;
    CardCounters counters_; // of the last run
    CircuitPorts ports_;
    VerilatedContext context_;
    std::unique_ptr<Model> circuit_;
    std::function<void(const Model &)> observe_;
    std::int64_t cycles_ = 0;
};

} // namespace fastcar::fpga
