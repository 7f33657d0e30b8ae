// SPDX-License-Identifier: Apache-2.0
//
// How near is a decode step to what the memory allows? Layers of a large model's shape with random weights, a
// step of one and of two rows, in each format of weights, beside the bandwidth that plain reading reaches in
// the same run. See bench/README.md.
#include "bench/far_read.h"
#include "bench/measurement.h"
#include "bench/must.h"
#include "engine/backend/cpu/cpu_backbone.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <optional>
#include <random>

using namespace fastcar;
using bench::must;

namespace {

struct Options {
    int hidden = 4096;
    int intermediate = 11008;
    int heads = 32;
    int layers = 4;
    int steps = 15;
    std::vector<int> contexts{512};
    std::vector<int> threads{1, 2};
    std::vector<std::string> formats{"bf16", "int8", "int4"};
};

/// Every matrix is a stretch of the same random numbers: what is multiplied does not change how long it
/// takes. Stored weights are far more than the caches hold; quantised ones are copies of their own.
class RandomLayers {
public:
    explicit RandomLayers(const Options &options)
        : numbers_(static_cast<std::size_t>(options.hidden) * static_cast<std::size_t>(options.intermediate))
        , ones_(static_cast<std::size_t>(options.hidden), 1.0f)
    {
        std::mt19937 random(1);
        for (std::uint16_t &number : numbers_) // bf16: sign, an exponent about 2^-7, seven bits
            number = static_cast<std::uint16_t>((random() & 0x807fu) | (120u << 7));
        const std::int64_t d = options.hidden, wide = options.intermediate;
        const NormWeights norm{
            .weight = {.data = reinterpret_cast<const std::byte *>(ones_.data()), .shape = {d}}, .bias = {}};
        for (int i = 0; i < options.layers; ++i)
            weights.layers.push_back({.inputNorm = norm,
                                      .query = linear(d, d),
                                      .key = linear(d, d),
                                      .value = linear(d, d),
                                      .output = linear(d, d),
                                      .postAttentionNorm = norm,
                                      .gate = linear(wide, d),
                                      .up = linear(wide, d),
                                      .down = linear(d, wide)});
        weights.finalNorm = norm;
    }

    BackboneWeights weights;

private:
    LinearWeights linear(std::int64_t out, std::int64_t in) const
    {
        return {.weight = {.data = reinterpret_cast<const std::byte *>(numbers_.data()),
                           .type = DType::BF16,
                           .shape = {out, in}},
                .bias = {}};
    }
    std::vector<std::uint16_t> numbers_;
    std::vector<float> ones_;
};

std::optional<cpu::NarrowFormat> formatOf(const std::string &name)
{
    if (name == "int8")
        return cpu::NarrowFormat::Int8;
    if (name == "int4")
        return cpu::NarrowFormat::Int4;
    return std::nullopt;
}

struct Step {
    bench::Measurement seconds, gigabytesRead; // of the step; plain reading beside it, a second
    double bytes = 0.0;
};

Step measure(const Options &options, std::shared_ptr<const cpu::BackboneParameters> parameters, int rows,
             int context, ThreadPool &pool, const bench::FarRead &plain)
{
    BackboneConfig config{.layers = options.layers,
                          .hidden = options.hidden,
                          .intermediate = options.intermediate,
                          .heads = options.heads,
                          .kvHeads = options.heads,
                          .headDim = options.hidden / options.heads,
                          .vocabulary = 1,
                          .maxPositions = context + options.steps};
    cpu::CpuBackbone backbone({.config = config, .stride = 256, .parameters = std::move(parameters)}, pool);
    must(backbone.begin({.videos = 1, .guided = rows == 2}, context, options.steps));
    std::mt19937 random(2);
    const std::size_t width = static_cast<std::size_t>(options.hidden);
    std::vector<float> prompt(static_cast<std::size_t>(context) * width), hidden(width);
    for (float &value : prompt)
        value = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
    for (int row = 0; row < rows; ++row)
        must(backbone.prefill(row, {prompt.data(), context, options.hidden}, hidden));

    Step result;
    for (int step = 0; step < options.steps; ++step) {
        result.gigabytesRead.add(plain.gigabytesPerSecond(pool));
        const auto start = std::chrono::steady_clock::now();
        const StepReport report =
            must(backbone.step({.embeddings = {prompt.data(), rows, options.hidden}, .visualToken = step}));
        result.seconds.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        result.bytes = static_cast<double>(report.weightBytesRead);
    }
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("A decode step of a large model's layers, against plain reading");
    app.add_option("--hidden", options.hidden, "Width");
    app.add_option("--ffn", options.intermediate, "Width of the MLP");
    app.add_option("--heads", options.heads, "Heads");
    app.add_option("--layers", options.layers, "Layers");
    app.add_option("--steps", options.steps, "Steps of which the median is taken");
    app.add_option("--context", options.contexts, "Positions behind the step");
    app.add_option("--threads", options.threads, "Threads");
    app.add_option("--formats", options.formats, "bf16, int8, int4");
    CLI11_PARSE(app, argc, argv);

    const RandomLayers layers(options);
    const bench::FarRead plain(1u << 29);
    std::printf("%d layers, %d wide, MLP %d, %d heads; medians of %d steps, spread in brackets\n\n",
                options.layers, options.hidden, options.intermediate, options.heads, options.steps);
    std::printf("%-7s %7s %7s %4s  %-22s %8s %8s  %-18s %8s %s\n", "weights", "context", "threads", "rows",
                "ms a step", "MB", "GB/s", "plain read GB/s", "of it", "two rows / one");
    for (const std::string &format : options.formats) {
        ThreadPool all;
        const auto parameters =
            std::make_shared<const cpu::BackboneParameters>(layers.weights, formatOf(format), all);
        for (const int context : options.contexts)
            for (const int threads : options.threads) {
                ThreadPool pool(threads);
                double one = 0.0;
                for (const int rows : {1, 2}) {
                    const Step step = measure(options, parameters, rows, context, pool, plain);
                    const double speed = step.bytes / step.seconds.median() / 1e9;
                    std::printf("%-7s %7d %7d %4d  %-22s %8.0f %8.1f  %-18s %7.0f%%", format.c_str(), context,
                                threads, rows, step.seconds.text(1e3, 2).c_str(), step.bytes / 1e6, speed,
                                step.gigabytesRead.text(1.0, 1).c_str(),
                                100.0 * speed / step.gigabytesRead.median());
                    if (rows == 1)
                        one = step.seconds.median();
                    else
                        std::printf(" %.2f", step.seconds.median() / one);
                    std::printf("\n");
                    std::fflush(stdout);
                }
            }
    }
    return 0;
}
