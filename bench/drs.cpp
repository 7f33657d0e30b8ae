// SPDX-License-Identifier: Apache-2.0
//
// What does Dynamic Resource Scheduling bring? Cycles of one matrix on the circuit itself, by policy, cores,
// rows and share of replay, the same masks for each policy, beside the bound. See bench/README.md.
#include "fpga/simulation/matvec_driver.h"
#include "Vdrs_eight.h"
#include "Vdrs_four.h"
#include "Vdrs_two.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

struct Options {
    int masks = 6;
    int outputs = 1024;
    int columns = 256;
};

/// Sums of cycles over the masks.
struct Cell {
    double cycles[3] = {};
    double bound = 0.0;
    double mapping = 0.0;
    double busy = 0.0; // of the split runs: share of all lanes
};

QuantisedMatrix matrixOf(const Options &options)
{
    QuantisedMatrix matrix{.rows = options.outputs, .columns = options.columns, .values = {}, .scales = {}};
    matrix.values.assign(
        static_cast<std::size_t>(options.outputs) * static_cast<std::size_t>(options.columns), 1);
    matrix.scales.assign(static_cast<std::size_t>(options.outputs), {0x8000, -20});
    return matrix;
}

/// Bit r: row r computes. Each row replays by chance.
std::vector<std::uint32_t> masksFor(int rows, double replay, int count)
{
    std::mt19937 random(static_cast<unsigned>(rows * 1000) + static_cast<unsigned>(replay * 1000));
    std::uniform_real_distribution<> chance;
    std::vector<std::uint32_t> masks(static_cast<std::size_t>(count));
    for (std::uint32_t &mask : masks)
        for (int r = 0; r < rows; ++r)
            mask |= static_cast<std::uint32_t>(chance(random) >= replay) << r;
    return masks;
}

/// Runs every mask under every policy. A mask of no row is not run: its weights are not read.
template <typename Model>
Cell measure(const Options &options, const CardShape &shape, const MemoryTiming &timing, int rows,
             double replay)
{
    MatvecDriver<Model> driver(shape, timing);
    const auto stored = driver.store(matrixOf(options));
    const std::vector<std::int8_t> q(static_cast<std::size_t>(options.columns), 1);
    std::vector<std::vector<std::int32_t>> y(
        32, std::vector<std::int32_t>(static_cast<std::size_t>(options.outputs)));
    Cell cell;
    const double stream =
        static_cast<double>(stored.layout.beats() / shape.ports) * timing.cycles / timing.beats;
    for (const std::uint32_t mask : masksFor(rows, replay, options.masks)) {
        const double work = static_cast<double>(std::popcount(mask)) * stored.layout.rows *
                            stored.layout.columns / (shape.cores * shape.lanes);
        cell.bound += mask ? std::max(work, stream) : 0.0;
        for (const DrsPolicy policy : {DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split}) {
            if (!mask)
                continue;
            driver.command(stored);
            driver.activations(0, q, {0x8000, -20}, stored);
            const MatvecCounters counters = driver.run(mask, rows, policy, 0, y);
            cell.cycles[static_cast<int>(policy)] += static_cast<double>(counters.cycles);
            if (policy == DrsPolicy::Split) {
                cell.mapping += static_cast<double>(counters.mapping);
                cell.busy += static_cast<double>(counters.busy()) /
                             (shape.cores * static_cast<double>(counters.cycles));
            }
        }
    }
    return cell;
}

Cell measure(const Options &options, const CardShape &shape, const MemoryTiming &timing, int rows,
             double replay)
{
    return shape.cores == 2   ? measure<Vdrs_two>(options, shape, timing, rows, replay)
           : shape.cores == 4 ? measure<Vdrs_four>(options, shape, timing, rows, replay)
                              : measure<Vdrs_eight>(options, shape, timing, rows, replay);
}

struct Worst {
    double compute = 0.0, bandwidth = 0.0;
};

void table(const Options &options, const char *title, const MemoryTiming &timing, Worst &worst)
{
    std::printf("\n%s: a beat of 64 bytes every %d cycles\n", title, timing.cycles);
    std::printf("%5s %5s %7s %9s %9s %9s %9s %12s %13s %12s\n", "cores", "rows", "replay", "static", "deal",
                "split", "bound", "static/split", "deal/split", "split/bound");
    for (const int cores : {2, 4, 8})
        for (const int rows : {2, 4, 8, 16, 32})
            for (const double replay : {0.0, 0.2, 0.5, 0.8, 0.875}) {
                const CardShape shape{.cores = cores, .lanes = 16, .ports = 1};
                const Cell cell = measure(options, shape, timing, rows, replay);
                if (cell.bound == 0.0)
                    continue; // every mask replayed everything
                const double n = options.masks, split = cell.cycles[2];
                std::printf("%5d %5d %6.1f%% %9.0f %9.0f %9.0f %9.0f %11.2fx %12.2fx %12.3f\n", cores, rows,
                            100.0 * replay, cell.cycles[0] / n, cell.cycles[1] / n, split / n, cell.bound / n,
                            cell.cycles[0] / split, cell.cycles[1] / split, split / cell.bound);
                double &most = timing.cycles > 1 ? worst.bandwidth : worst.compute;
                most = std::max(most, split / cell.bound);
            }
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("Cycles of static, deal and split scheduling on the simulated circuit, beside the bound.");
    app.add_option("--masks", options.masks, "Masks a cell")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    app.add_option("--outputs", options.outputs)->capture_default_str()->check(CLI::Range(8, 1024));
    CLI11_PARSE(app, argc, argv);
    std::printf("A matrix of %d x %d, cores of 16 int8 multiply-adds; cycles from the start to the last "
                "output, mean of %d masks "
                "of rows that replay by chance; memory latency 40 cycles\n",
                options.outputs, options.columns, options.masks);
    Worst worst;
    table(options, "bound by computing", {.latency = 40}, worst);
    table(options, "bound by memory", {.latency = 40, .beats = 1, .cycles = 32}, worst);
    const CardShape shape{.cores = 8, .lanes = 16, .ports = 1};
    const Cell full = measure(options, shape, {.latency = 40}, 32, 0.0);
    std::printf("\nsplit is at the most %.1f %% above the bound where computing is the limit, %.1f %% where "
                "memory is\n",
                100.0 * (worst.compute - 1.0), 100.0 * (worst.bandwidth - 1.0));
    std::printf("8 cores, 32 rows, no replay: lanes busy %.1f %%; mapping registers filled in %.0f cycles\n",
                100.0 * full.busy / options.masks, full.mapping / options.masks);
    return 0;
}
