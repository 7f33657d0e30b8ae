// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bench_report.h"

#include "app/cli/report.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/backend/machine_memory.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace fastcar::cli {

namespace {

using roofline::Measurement;

const MachineRates &ratesOf(const BenchReport &report, const BenchRun &run)
{
    return *std::ranges::find(report.machine, run.threads, &MachineRates::threads);
}

/// The run beside this one that differs in rows (one instead of two), or in what is skipped (nothing); or nullptr.
const BenchRun *beside(const BenchReport &report, const BenchRun &run, int rows, int skipped)
{
    const auto found = std::ranges::find_if(report.runs, [&](const BenchRun &other) {
        return other.device == run.device && other.context == run.context && other.threads == run.threads &&
               other.rows == rows && other.skipped == skipped;
    });
    return found != report.runs.end() ? &*found : nullptr;
}

/// The rate that the format's multiply-adds are held against: narrow weights meet int8 activations.
double multiplyAddRate(const BenchReport &report, const BenchRun &run)
{
    const MachineRates &rates = ratesOf(report, run);
    return run.device == "cpu" ? rates.floats.median() : rates.bytes.median();
}

double shareOfMultiplyAdds(const BenchReport &report, const BenchRun &run)
{
    return run.timing.multiplyAdds / run.timing.seconds.median() * 1e-9 / multiplyAddRate(report, run);
}

/// Time (in what plain reading reads meanwhile) against the run that skips nothing, and what the bytes say that it should be.
struct ByBytes {
    double measured = 1.0, predicted = 1.0;
};
std::optional<ByBytes> byBytes(const BenchReport &report, const BenchRun &run)
{
    const BenchRun *dense = run.skipped > 0 ? beside(report, run, run.rows, 0) : nullptr;
    if (!dense)
        return std::nullopt;
    return ByBytes{.measured = run.timing.readMeanwhile.median() / dense->timing.readMeanwhile.median(),
                   .predicted = run.timing.bytes() / dense->timing.bytes()};
}

void printRun(const BenchReport &report, const BenchRun &run)
{
    const roofline::StepTiming &timing = run.timing;
    std::string line = fmt::format("{:8} {:7} {:7} {:4} {:6}%  {:24} {:8.1f} {:6.1f} {:7.1f} {:7.0f}% {:6.0f}%",
                                   run.device, run.context, run.threads, run.rows, run.skipped,
                                   timing.seconds.text(1e3, 2), 1e-6 * static_cast<double>(timing.weightBytes),
                                   1e-6 * static_cast<double>(timing.cacheBytes),
                                   timing.bytes() / timing.seconds.median() * 1e-9, 100.0 * timing.shareOfReadingAll(),
                                   100.0 * shareOfMultiplyAdds(report, run));
    if (const BenchRun *one = run.rows > 1 ? beside(report, run, 1, run.skipped) : nullptr)
        line += fmt::format("  {:.2f} times one row", timing.readMeanwhile.median() / one->timing.readMeanwhile.median());
    if (const auto ratio = byBytes(report, run))
        line += fmt::format("  {:.3f} of dense, by bytes {:.3f} ({:+.0f} %)", ratio->measured, ratio->predicted,
                            100.0 * (ratio->measured / ratio->predicted - 1.0));
    printLine(line);
}

void printLayers(const BenchRun &run)
{
    printLine("");
    printLine(fmt::format("{}, context {}, {} threads, {} rows, {} % skipped: layer by layer", run.device, run.context,
                          run.threads, run.rows, run.skipped));
    printLine(fmt::format("{:>5}  {:>12} {:>8}  {:>12} {:>8}", "layer", "attention ms", "of read", "MLP ms", "of read"));
    const double reading = run.timing.gigabytesRead.median();
    const auto share = [&](const Measurement &seconds, std::uint64_t bytes) {
        return 100.0 * static_cast<double>(bytes) * 1e-9 / std::max(1e-12, seconds.median()) / reading;
    };
    for (std::size_t i = 0; i < run.timing.layers.size(); ++i) {
        const roofline::StepTiming::Layer &layer = run.timing.layers[i];
        printLine(fmt::format("{:5}  {:12.3f} {:7.0f}%  {:12.3f} {:7.0f}%", i, 1e3 * layer.attention.median(),
                              share(layer.attention, layer.attentionBytes), 1e3 * layer.mlp.median(),
                              share(layer.mlp, layer.mlpBytes)));
    }
}

/// Time of all threads: where it went.
void printKernels(const BenchRun &run)
{
    const roofline::StepTiming &timing = run.timing;
    printLine("");
    printLine(fmt::format("{}, context {}, {} threads, {} rows, {} % skipped: kernel by kernel", run.device, run.context,
                          run.threads, run.rows, run.skipped));
    const double all = timing.secondsWithKernels * run.threads;
    double left = all;
    for (const roofline::KernelTime &kernel : timing.kernels) {
        printLine(fmt::format("{:20} {:8.0f} calls a step  {:6.1f} %", kernel.name,
                              static_cast<double>(kernel.calls) / static_cast<double>(timing.seconds.count()),
                              100.0 * kernel.seconds / all));
        left -= kernel.seconds;
    }
    printLine(fmt::format("{:20} {:8} {:12}  {:6.1f} %", "between kernels", "", "", 100.0 * left / all));
}

nlohmann::ordered_json numbers(const Measurement &measurement)
{
    return {{"median", measurement.median()}, {"least", measurement.least()}, {"most", measurement.most()}};
}

} // namespace

void printBench(const BenchReport &report, bool perLayer)
{
    printLine(fmt::format("kernels   {}", cpu::nameForPeople(cpu::simdLevel())));
    for (const MachineRates &rates : report.machine)
        printLine(fmt::format("machine   {}: reads {} GB/s, multiply-adds {} e9/s in f32, {} e9/s in int8",
                              counted(rates.threads, "thread"), rates.reading.text(1.0, 1), rates.floats.text(1.0, 0),
                              rates.bytes.text(1.0, 0)));
    const BackboneConfig &c = report.config;
    printLine(fmt::format("backbone  {} layers of {}, MLP {}, {} heads of {}; medians, fastest and slowest in brackets",
                          c.layers, c.hidden, c.intermediate, c.heads, c.headDim));
    printLine("");
    printLine(fmt::format("{:8} {:>7} {:>7} {:>4} {:>7}  {:24} {:>8} {:>6} {:>7} {:>8} {:>7}", "device", "context",
                          "threads", "rows", "skipped", "ms a step", "weights", "caches", "GB/s", "of read",
                          "of mul"));
    printLine(fmt::format("{:8} {:>7} {:>7} {:>4} {:>7}  {:24} {:>8} {:>6}", "", "", "", "", "", "", "MB", "MB"));
    for (const BenchRun &run : report.runs)
        printRun(report, run);
    if (perLayer)
        for (const BenchRun &run : report.runs)
            printLayers(run);
    for (const BenchRun &run : report.runs)
        if (!run.timing.kernels.empty())
            printKernels(run);
    printLine("");
    printLine("memory    " + bytesForPeople(report.peakBytes) + " at the most, without what plain reading reads");
}

void printBenchJson(const BenchReport &report)
{
    const BackboneConfig &c = report.config;
    nlohmann::ordered_json document{{"backbone",
                                     {{"layers", c.layers},
                                      {"hidden", c.hidden},
                                      {"intermediate", c.intermediate},
                                      {"heads", c.heads},
                                      {"kv_heads", c.kvHeads},
                                      {"head_dim", c.headDim}}},
                                    {"kernels", cpu::name(cpu::simdLevel())},
                                    {"peak_bytes", report.peakBytes}};
    for (const MachineRates &rates : report.machine)
        document["machine"].push_back({{"threads", rates.threads},
                                       {"read_gigabytes_per_second", numbers(rates.reading)},
                                       {"f32_multiply_adds_1e9", numbers(rates.floats)},
                                       {"int8_multiply_adds_1e9", numbers(rates.bytes)}});
    for (const BenchRun &run : report.runs) {
        const roofline::StepTiming &timing = run.timing;
        nlohmann::ordered_json entry{{"device", run.device},
                                     {"context", run.context},
                                     {"threads", run.threads},
                                     {"rows", run.rows},
                                     {"skipped_percent", run.skipped},
                                     {"layers_skipped", timing.layersSkipped},
                                     {"seconds", numbers(timing.seconds)},
                                     {"read_beside", numbers(timing.gigabytesRead)},
                                     {"weight_bytes", timing.weightBytes},
                                     {"cache_bytes", timing.cacheBytes},
                                     {"share_of_reading", timing.shareOfReadingAll()},
                                     {"share_of_reading_weights", timing.shareOfReading()},
                                     {"share_of_multiply_adds", shareOfMultiplyAdds(report, run)}};
        if (const auto ratio = byBytes(report, run))
            entry["of_dense"] = {{"measured", ratio->measured}, {"by_bytes", ratio->predicted}};
        for (const roofline::StepTiming::Layer &layer : timing.layers)
            entry["layers"].push_back({{"attention_seconds", layer.attention.median()},
                                       {"mlp_seconds", layer.mlp.median()},
                                       {"attention_bytes", layer.attentionBytes},
                                       {"mlp_bytes", layer.mlpBytes}});
        for (const roofline::KernelTime &kernel : timing.kernels)
            entry["kernels"].push_back(
                {{"name", kernel.name},
                 {"calls", kernel.calls},
                 {"share", kernel.seconds / (timing.secondsWithKernels * run.threads)}});
        document["runs"].push_back(std::move(entry));
    }
    printJson(document);
}

} // namespace fastcar::cli
