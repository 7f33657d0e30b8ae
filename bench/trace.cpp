// SPDX-License-Identifier: Apache-2.0
//
// What does a long run's trace cost: writing it, opening it, passing over it, converting it, drawing it? Each
// against copying the trace's bytes in the same run, and with the most memory that it held: every piece of
// work runs in a process of its own. See bench/README.md.
#include "bench/must.h"
#include "engine/base/pending_file.h"
#include "engine/roofline/measurement.h"
#include "engine/trace/decision_pyramid.h"
#include "engine/trace/trace_conversion.h"
#include "engine/trace/trace_file.h"
#include "engine/trace/trace_summary.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fastcar;
using bench::must;

namespace {

struct Options {
    std::int64_t outcomes = 10'000'000;
    int repeats = 3;
    std::string folder;
};

using Clock = std::chrono::steady_clock;

/// A guided run of one video by a model of 7B's layers, with as many tokens as there are.
TraceShape shapeOf(int tokens)
{
    constexpr int stride = 256;
    return {.layers = 32,
            .rows = 2,
            .videos = 1,
            .depth = 4,
            .stride = stride,
            .gridHeight = 16,
            .gridWidth = 16,
            .frames = (tokens + stride - 1) / stride};
}

/// Scores and decisions as mixed as those of a run, codes of a codebook's size, counters of a card.
void writeSynthetic(const std::filesystem::path &file, int tokens)
{
    const TraceShape shape = shapeOf(tokens);
    RunSettings settings;
    settings.frames = shape.frames;
    settings.replay.thresholds.assign(32, 0.0f);
    TraceWriter writer = must(TraceWriter::create(file, shape, settings));
    std::uint32_t random = 1;
    const auto next = [&random] { return random = random * 1664525u + 1013904223u; };
    for (int token = 0; token < tokens; ++token) {
        const auto number = static_cast<std::uint32_t>(token);
        for (int layer = 0; token > 0 && layer < shape.layers; ++layer)
            for (int row = 0; row < shape.rows; ++row) {
                const float tas = static_cast<float>(static_cast<std::int32_t>(next())) * 0x1p-29f;
                const bool eligible = token > shape.stride;
                writer.append({.kind = Event::Kind::LayerOutcome,
                               .decision = !eligible    ? Decision::NotEligible
                                           : tas > 0.0f ? Decision::Replayed
                                                        : Decision::Computed,
                               .layer = static_cast<std::uint16_t>(layer),
                               .row = static_cast<std::uint16_t>(row),
                               .token = number - 1,
                               .tas = eligible ? tas : std::numeric_limits<float>::quiet_NaN()});
            }
        for (int depth = 0; depth < shape.depth; ++depth)
            writer.append({.kind = Event::Kind::CodeDrawn,
                           .depth = static_cast<std::uint8_t>(depth),
                           .token = number,
                           .code = static_cast<std::int32_t>(next() >> 18)});
        writer.append({.kind = Event::Kind::TokenDone, .token = number, .timeNs = 40'000'000LL * token});
    }
    must(writer.close());
}

/// What there is to beat: the bytes of the trace into another file that is whole at the end.
void copyBytes(const std::filesystem::path &from, const std::filesystem::path &to)
{
    PendingFile pending = must(PendingFile::create(to));
    std::ifstream stream(from, std::ios::binary);
    std::vector<char> block(std::size_t{1} << 18);
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)
        must(
            pending.write(std::as_bytes(std::span(block.data(), static_cast<std::size_t>(stream.gcount())))));
    must(pending.commit());
}

void sumUp(const std::filesystem::path &file)
{
    TraceStream stream = must(TraceStream::open(file));
    TraceSummary summary(stream.shape(), stream.settings());
    must(passOver(stream, std::numeric_limits<int>::max(), {}, [&](const TraceItem &item) {
        summary.take(item);
        return Result<void>();
    }));
}

/// All lines of a map of the run, a pixel's width for some steps.
void draw(const Trace &trace, const DecisionPyramid &pyramid)
{
    std::vector<DecisionSummary> pixels(1600);
    for (int layer = 0; layer < trace.shape().layers; ++layer)
        for (int row = 0; row < trace.shape().rows; ++row)
            pyramid.fill(trace, {0, trace.steps()}, layer, row, pixels);
}

struct Cost {
    double seconds = 0.0;
    double peakMiB = 0.0;
};

/// `work` gives the seconds that count; nothing of it stays.
template <typename Work>
Cost inAProcess(Work work)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        const double seconds = work();
        const bool told = ::write(ends[1], &seconds, sizeof seconds) == sizeof seconds;
        ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    Cost cost;
    const bool heard = ::read(ends[0], &cost.seconds, sizeof cost.seconds) == sizeof cost.seconds;
    ::close(ends[0]);
    int status = 0;
    rusage usage{};
    if (::wait4(child, &status, 0, &usage) != child || status != 0 || !heard) {
        std::fprintf(stderr, "A step of the benchmark failed.\n");
        std::exit(1);
    }
    cost.peakMiB = static_cast<double>(usage.ru_maxrss) / 1024.0;
    return cost;
}

template <typename Work>
double secondsOf(Work work)
{
    const Clock::time_point start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One table: everything that can be done with a trace of `tokens` tokens.
class TraceBench {
public:
    TraceBench(const std::filesystem::path &folder, int tokens, int repeats)
        : trace_(folder / "fastcar-bench.fctrace")
        , other_(folder / "fastcar-bench")
        , tokens_(tokens)
        , repeats_(repeats)
    {
    }

    void run()
    {
        writeSynthetic(trace_, tokens_);
        const double outcomes = 64.0 * (tokens_ - 1);
        std::printf("%d tokens, %.2f million outcomes, a file of %.1f MB\n", tokens_, 1e-6 * outcomes,
                    1e-6 * bytesOf(trace_));
        std::printf("  %-34s  %-22s  %10s  %9s  %s\n", "", "x copying", "written MB", "peak MiB", "s");
        line("copying its bytes", ".copy", [&] { copyBytes(trace_, name(".copy")); });
        line("writing it, event by event", "-again", [&] { writeSynthetic(name("-again"), tokens_); });
        line("opening it (all in memory)", "", [&] { must(readTrace(trace_)); });
        line("summary", "", [&] { sumUp(trace_); });
        for (const char *ending : {".npz", ".csv", ".json"})
            line(std::string("converting to ") + ending, ending,
                 [&] { must(convertTrace({.from = trace_, .to = name(ending)})); });
        line("converting to .csv, per token", ".csv",
             [&] { must(convertTrace({.from = trace_, .to = name(".csv"), .table = TraceTable::Tokens})); });
        pyramid();
        std::filesystem::remove(trace_);
    }

private:
    std::filesystem::path name(const std::string &ending) const { return other_.string() + ending; }
    static double bytesOf(const std::filesystem::path &file)
    {
        std::error_code none;
        const std::uintmax_t bytes = std::filesystem::file_size(file, none);
        return none ? 0.0 : static_cast<double>(bytes);
    }

    template <typename Work>
    void line(const std::string &what, const std::string &ending, Work work)
    {
        timed(what, ending, [&] { return secondsOf(work); });
    }

    /// `work` gives its own seconds.
    template <typename Work>
    void timed(const std::string &what, const std::string &ending, Work work)
    {
        roofline::Measurement seconds;
        double peak = 0.0;
        for (int i = 0; i < repeats_; ++i) {
            const Cost cost = inAProcess(work);
            seconds.add(cost.seconds);
            peak = std::max(peak, cost.peakMiB);
        }
        if (copying_ == 0.0)
            copying_ = seconds.median();
        const double written = ending.empty() ? 0.0 : bytesOf(name(ending));
        std::printf("  %-34s  %-22s  %10.1f  %9.1f  %s\n", what.c_str(),
                    seconds.text(1.0 / copying_, 3).c_str(), 1e-6 * written, peak,
                    seconds.text(1.0, 3).c_str());
        std::fflush(stdout);
        if (!ending.empty())
            std::filesystem::remove(name(ending));
    }

    void pyramid()
    {
        timed("the pyramid of decisions", "", [&] {
            const Trace trace = must(readTrace(trace_));
            DecisionPyramid made(trace.shape());
            return secondsOf([&] { made.append(trace); });
        });
        timed("64 lines of 1600 pixels from it", "", [&] {
            const Trace trace = must(readTrace(trace_));
            DecisionPyramid made(trace.shape());
            made.append(trace);
            return secondsOf([&] { draw(trace, made); });
        });
    }

    std::filesystem::path trace_;
    std::filesystem::path other_;
    int tokens_;
    int repeats_;
    double copying_ = 0.0; // seconds
};

} // namespace

int main(int argc, char **argv)
{
    Options options;
    options.folder = std::filesystem::temp_directory_path().string();
    CLI::App parser("What a long run's trace costs to write, open, convert and draw");
    parser.add_option("--outcomes", options.outcomes, "Of the long trace (default 10 million)")
        ->check(CLI::Range(std::int64_t{640}, std::int64_t{1} << 32));
    parser.add_option("--repeats", options.repeats, "Of each piece of work")->check(CLI::Range(1, 100));
    parser.add_option("--folder", options.folder, "Where the files go: some GB for 10 million outcomes");
    CLI11_PARSE(parser, argc, argv);
    TraceBench(options.folder, 4096, options.repeats).run();
    TraceBench(options.folder, static_cast<int>(options.outcomes / 64 + 1), options.repeats).run();
    return 0;
}
