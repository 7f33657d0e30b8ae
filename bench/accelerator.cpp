// SPDX-License-Identifier: Apache-2.0
//
// How long does a whole step take on the accelerator's circuit, by rows, share of replay and DRS policy, and
// what are its units busy with? The emulated card through XRT; cycles are the kernel's own count. See
// bench/README.md.
#include "bench/must.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/default_model.h"
#include "fpga/host/accelerator_card.h"
#include "fpga/host/emulation.h"
#include "fpga/host/xrt_link.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <random>

using namespace fastcar;
using namespace fastcar::fpga;
using bench::must;

namespace {

struct Options {
    std::string model = defaultModelFolder().string();
    int context = 300; // positions that attention sees
    int masks = 3;
    double megahertz = 300.0;
};

/// Mean over the masks.
struct Cell {
    double cycles = 0.0, matrix = 0.0, attention = 0.0, heads = 0.0, vector = 0.0, busy = 0.0;
};

class Bench {
public:
    Bench(const Options &options, std::shared_ptr<const QuantisedModel> model,
          const std::filesystem::path &folder)
        : options_(options)
        , model_(std::move(model))
        , card_(model_, shape_,
                must(openXrt({.device = "fpga-emulated",
                              .index = 0,
                              .xclbin = folder / "fastcar.xclbin",
                              .shape = shape_})))
    {
        must(card_.begin(32, options.context + 1));
    }

    /// Rows replay by chance, the same ones in every layer and for every policy.
    Cell measure(int rows, double replay, DrsPolicy policy)
    {
        std::mt19937 random(static_cast<unsigned>(rows * 1000) + static_cast<unsigned>(replay * 1000));
        const std::vector<LayerThreshold> always(model_->layers.size(),
                                                 {.kind = LayerThreshold::Kind::Always});
        Cell mean;
        for (int mask = 0; mask < options_.masks; ++mask) {
            std::vector<RowDescriptor> descriptors;
            for (int r = 0; r < rows; ++r)
                descriptors.push_back({.sequence = r,
                                       .position = options_.context,
                                       .slot = options_.context % model_->stride,
                                       .earlier = options_.context - model_->stride,
                                       .partner = r,
                                       .measured = std::uniform_real_distribution<>()(random) < replay,
                                       .stores = true,
                                       .wanted = true});
            std::vector<std::int32_t> input(static_cast<std::size_t>(rows * model_->config.hidden));
            for (std::int32_t &value : input)
                value = static_cast<std::int32_t>(random() % 131072) - 65536;
            const CardReport report =
                must(card_.run({.rows = descriptors, .input = input, .thresholds = always, .drs = policy}));
            const CardCounters &c = *report.counters;
            mean.cycles += static_cast<double>(c.cycles) / options_.masks;
            mean.matrix += static_cast<double>(c.matrixRunning) / options_.masks;
            mean.attention += static_cast<double>(c.inAttend) / options_.masks;
            mean.heads += static_cast<double>(c.inHeads) / options_.masks;
            mean.vector += static_cast<double>(c.vectorBusy) / options_.masks;
            double busy = 0.0;
            for (int core = 0; core < shape_.card.cores; ++core)
                busy += static_cast<double>(c.coreBusy[static_cast<std::size_t>(core)]);
            mean.busy += busy / shape_.card.cores / static_cast<double>(c.cycles) / options_.masks;
        }
        return mean;
    }

private:
    Options options_;
    std::shared_ptr<const QuantisedModel> model_;
    AcceleratorShape shape_;
    AcceleratorCard card_;
};

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app{"Cycles of a whole step on the accelerator's circuit."};
    app.add_option("--model", options.model, "folder of the checkpoint");
    app.add_option("--context", options.context, "positions that attention sees")
        ->check(CLI::Range(64, 1000));
    app.add_option("--masks", options.masks, "random choices of rows that replay")
        ->check(CLI::PositiveNumber);
    app.add_option("--mhz", options.megahertz, "clock that times are given for");
    CLI11_PARSE(app, argc, argv);

    const std::filesystem::path folder = emulationFolder();
    must(folder.empty() ? Result<void>(Error{.kind = ErrorKind::Unsupported,
                                             .message = "The emulated card was not built."})
                        : enterEmulation(folder));
    const auto checkpoint = must(Checkpoint::open(options.model));
    const ModelConfig &config = checkpoint->config();
    Bench bench(options,
                std::make_shared<const QuantisedModel>(
                    QuantisedModel::of(config.backbone, config.stride(), checkpoint->weights().backbone)),
                folder);

    std::printf("%s, %d positions, 4 cores of 64 multiply-adds, 4 ports, memory of 40 cycles latency; mean "
                "of %d masks\n\n",
                options.model.c_str(), options.context, options.masks);
    std::printf("%-5s %-7s %-7s %10s %8s %10s %9s   %s\n", "rows", "replay", "policy", "cycles", "of dense",
                "ms", "a row, us", "matrices  attention  heads  vector  lanes busy");
    for (const int rows : {2, 8, 32}) {
        double dense = 0.0;
        for (const double replay : {0.0, 0.5, 0.8, 1.0})
            for (const auto &[policy, name] :
                 {std::pair{DrsPolicy::Static, "static"}, std::pair{DrsPolicy::Deal, "deal"},
                  std::pair{DrsPolicy::Split, "split"}}) {
                const Cell cell = bench.measure(rows, replay, policy);
                if (replay == 0.0 && policy == DrsPolicy::Static)
                    dense = cell.cycles;
                const double milliseconds = cell.cycles / options.megahertz / 1e3;
                std::printf(
                    "%-5d %-7s %-7s %10.0f %7.2fx %10.3f %9.1f   %7.1f%% %9.1f%% %5.1f%% %6.1f%% %10.1f%%\n",
                    rows, (std::to_string(static_cast<int>(100 * replay)) + " %").c_str(), name, cell.cycles,
                    dense / cell.cycles, milliseconds, 1e3 * milliseconds / rows,
                    100 * cell.matrix / cell.cycles, 100 * cell.attention / cell.cycles,
                    100 * cell.heads / cell.cycles, 100 * cell.vector / cell.cycles, 100 * cell.busy);
                std::fflush(stdout);
            }
    }
    std::printf("\nof dense: how many times faster than the dense static step of as many rows; parts overlap "
                "where units work side by side\n");
}
