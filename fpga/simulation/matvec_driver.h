// SPDX-License-Identifier: Apache-2.0
//
// Drives the circuit fc_matvec: matrices into its memory, activations into its cores, commands, clock; gives
// back outputs and counters. `Model` is the class that Verilator made, for a configuration that `CardShape`
// tells.
#pragma once

#include "fpga/program/matrix_layout.h"
#include "fpga/simulation/finish.h"
#include "fpga/simulation/memory_port.h"
#include "fpga/simulation/signals.h"
#include "fpga/timing/matvec_counters.h"

#include <cstring>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

namespace fastcar::fpga {

template <typename Model>
class MatvecDriver {
public:
    MatvecDriver(const CardShape &shape, MemoryTiming timing)
        : shape_(shape)
        , all_(shape.cores)
        , circuit_(std::make_unique<Model>(&context_))
    {
        for (int p = 0; p < shape.ports; ++p) {
            memory_.emplace_back(timing);
            ++timing.seed;
        }
        circuit_->rst_ni = 0;
        circuit_->eval();
        tick();
        tick();
        circuit_->rst_ni = 1;
        tick();
    }
    ~MatvecDriver() { finish(*circuit_, context_); }

    /// Puts a matrix into memory. The same address at every port.
    struct Stored {
        std::uint32_t beat = 0;
        MatrixLayout layout;
    };
    Stored store(const QuantisedMatrix &matrix)
    {
        Stored stored{.layout = MatrixLayout::of(matrix.rows, matrix.columns, shape_)};
        for (int p = 0; p < shape_.ports; ++p)
            stored.beat = memory_[static_cast<std::size_t>(p)].append(portImage(matrix, shape_, p));
        return stored;
    }

    /// Lets the weights begin to stream, as soon as the engine takes the command: at once, or while another
    /// one runs.
    void request(const Stored &stored)
    {
        circuit_->command_valid_i = 1;
        circuit_->command_beat_i = stored.beat;
        circuit_->command_tiles_i = static_cast<std::uint16_t>(stored.layout.tiles());
        circuit_->command_k_words_i = static_cast<std::uint16_t>(stored.layout.columns / shape_.lanes);
        circuit_->command_scale_words_i = static_cast<std::uint16_t>(stored.layout.scaleBeats / shape_.ports);
        circuit_->command_tile_words_i = static_cast<std::uint16_t>(stored.layout.tileBeats / shape_.ports);
    }
    /// The same, and waits for it.
    void command(const Stored &stored)
    {
        request(stored);
        waitFor([&] { return circuit_->command_valid_i == 0; });
    }
    bool requesting() const { return circuit_->command_valid_i != 0; }

    /// A row's activations, padded with zeros to the columns of `stored`.
    void activations(int row, std::span<const std::int8_t> q, Scale scale, const Stored &stored)
    {
        circuit_->q8_row_i = static_cast<std::uint8_t>(row);
        for (int group = 0; group < stored.layout.columns / 8; ++group) {
            std::uint64_t data = 0;
            for (int i = 0; i < 8; ++i)
                if (const auto at = static_cast<std::size_t>(group * 8 + i); at < q.size())
                    data |= std::uint64_t{static_cast<std::uint8_t>(q[at])} << (8 * i);
            circuit_->q8_write_i = 1;
            circuit_->q8_group_i = static_cast<std::uint16_t>(group);
            circuit_->q8_data_i = data;
            tick();
        }
        circuit_->q8_write_i = 0;
        circuit_->scale_write_i = 1;
        circuit_->scale_row_i = static_cast<std::uint8_t>(row);
        circuit_->scale_data_i = packed(scale);
        tick();
        circuit_->scale_write_i = 0;
    }

    /// Runs the oldest command that waits. y [rows][yWidth]; outputs of rows that do not compute are left
    /// alone.
    MatvecCounters run(std::uint32_t index, int rows, DrsPolicy policy, int yWord,
                       std::vector<std::vector<std::int32_t>> &y)
    {
        MatvecCounters counters(shape_.cores);
        circuit_->start_valid_i = 1;
        circuit_->start_index_i = index;
        circuit_->start_rows_i = static_cast<std::uint8_t>(rows);
        circuit_->start_first_i = 0;
        circuit_->start_policy_i = static_cast<std::uint8_t>(policy);
        circuit_->start_y_word_i = static_cast<std::uint16_t>(yWord);
        waitFor([&] { return circuit_->start_ready_o != 0; });
        bool done = false;
        while (!done) {
            ++counters.cycles;
            count(counters);
            take(y);
            done = circuit_->done_o != 0;
            tick();
            circuit_->start_valid_i = 0;
            if (counters.cycles > patience)
                throw std::runtime_error("the matrix-vector engine does not finish");
        }
        return counters;
    }

    /// Cycles since reset; the next tick() is the one of this number.
    std::int64_t now() const { return now_; }

    /// Everything since reset but cycles: of all runs, and of the stream between them too.
    const MatvecCounters &all() const { return all_; }

    void tick()
    {
        for (int p = 0; p < shape_.ports; ++p)
            offer(p);
        circuit_->clk_i = 0;
        circuit_->eval();
        count(all_);
        struct Handed {
            bool address, beat;
            std::uint64_t at;
            int beats;
        };
        std::vector<Handed> handed;
        for (int p = 0; p < shape_.ports; ++p)
            handed.push_back(
                {.address = bitsOf(circuit_->ar_valid_o, p, 1) && bitsOf(circuit_->ar_ready_i, p, 1),
                 .beat = bitsOf(circuit_->r_valid_i, p, 1) && bitsOf(circuit_->r_ready_o, p, 1),
                 .at = bitsOf(circuit_->ar_address_o, p * 38, 38),
                 .beats = static_cast<int>(bitsOf(circuit_->ar_length_o, p * 8, 8)) + 1});
        const bool taken = circuit_->command_valid_i && circuit_->command_ready_o;
        circuit_->clk_i = 1;
        circuit_->eval();
        if (taken)
            circuit_->command_valid_i = 0;
        for (int p = 0; p < shape_.ports; ++p) {
            const Handed &h = handed[static_cast<std::size_t>(p)];
            memory_[static_cast<std::size_t>(p)].clock(h.address, h.at, h.beats, h.beat);
            offer(p);
        }
        circuit_->eval();
        ++now_;
    }

private:
    static constexpr std::int64_t patience = 50'000'000;

    void offer(int p)
    {
        const MemoryPort &memory = memory_[static_cast<std::size_t>(p)];
        setBit(circuit_->ar_ready_i, p, memory.addressReady());
        const std::byte *const beat = memory.beat();
        setBit(circuit_->r_valid_i, p, beat != nullptr);
        for (int word = 0; beat && word < 16; ++word) {
            std::uint32_t value = 0;
            std::memcpy(&value, beat + 4 * word, sizeof value);
            setWord(circuit_->r_data_i, p * 16 + word, value);
        }
    }

    template <typename Condition>
    void waitFor(Condition condition)
    {
        circuit_->eval();
        for (std::int64_t waited = 0; !condition(); ++waited) {
            if (waited > patience)
                throw std::runtime_error("the matrix-vector engine takes nothing more");
            tick();
        }
    }

    void count(MatvecCounters &counters) const
    {
        counters.mapping += circuit_->mapping_o;
        for (int c = 0; c < shape_.cores; ++c) {
            const auto core = static_cast<std::size_t>(c);
            counters.coreBusy[core] += static_cast<std::int64_t>(bitsOf(circuit_->core_busy_o, c, 1));
            counters.coreWaitsWeights[core] +=
                static_cast<std::int64_t>(bitsOf(circuit_->core_wait_weights_o, c, 1));
            counters.coreWaitsPackets[core] +=
                static_cast<std::int64_t>(bitsOf(circuit_->core_wait_packets_o, c, 1));
        }
        counters.streamBeats += circuit_->stream_beat_o;
        counters.streamFull += circuit_->stream_full_o;
        counters.streamEmpty += circuit_->stream_empty_o;
        counters.packets += circuit_->y_write_o;
    }

    void take(std::vector<std::vector<std::int32_t>> &y) const
    {
        if (!circuit_->y_write_o)
            return;
        std::vector<std::int32_t> &row = y[circuit_->y_row_o];
        for (int i = 0; i < 8; ++i)
            if ((circuit_->y_mask_o >> i) & 1)
                row.at(static_cast<std::size_t>(circuit_->y_word_o * 8 + i)) =
                    static_cast<std::int32_t>(bitsOf(circuit_->y_data_o, 32 * i, 32));
    }

    CardShape shape_;
    MatvecCounters all_;
    VerilatedContext context_;
    std::unique_ptr<Model> circuit_;
    std::vector<MemoryPort> memory_;
    std::int64_t now_ = 0;
};

} // namespace fastcar::fpga
