// SPDX-License-Identifier: Apache-2.0
//
// How long until a model draws its first token, and how much memory does it take? A run from opening the
// model to the second token (prompt, first token, one decode step) or to a later one. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/backend/devices.h"
#include "engine/backend/machine_memory.h"
#include "engine/checkpoint/default_model.h"
#include "engine/checkpoint/quantise_checkpoint.h"
#include "engine/decode/run_limits.h"
#include "engine/text/prompt.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>

using namespace fastcar;
using bench::must;

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string model = defaultModelFolder().string();
    std::string device = "cpu";
    std::string prompt = "a cat moves from left to right on a beach";
    int frames = 0;
    int tokens = 2;
    int threads = 2;
};

/// VmHWM: the most memory that the process had, pages of mapped files included.
std::uint64_t peakBytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    std::uint64_t kibibytes = 0;
    while (status >> word)
        if (word == "VmHWM:")
            status >> kibibytes;
    return kibibytes * 1024;
}

/// What the device holds of the tensors that are used.
std::uint64_t weightBytes(const Checkpoint &checkpoint, std::optional<NarrowFormat> narrow)
{
    std::uint64_t bytes = 0;
    for (const Checkpoint::TensorEntry &tensor : checkpoint.tensors()) {
        if (!tensor.used)
            continue;
        const Shape &shape = tensor.view.shape;
        if (narrow && mayBeNarrow(tensor.component, tensor.name, shape) && !checkpoint.quantisation()) {
            const NarrowFormat format = tensor.component == "llm" ? *narrow : depthFormat(*narrow);
            bytes += static_cast<std::uint64_t>(shape[0] * (NarrowMatrix::rowBytes(format, shape[1]) + 4));
        } else {
            bytes += tensor.view.bytes();
        }
    }
    return bytes;
}

/// Notes when tokens come, and ends the run at the last one that is wanted.
struct FirstTokens final : RunSink {
    explicit FirstTokens(int wanted)
        : last(static_cast<std::size_t>(wanted))
    {
    }

    std::size_t last;
    RunControl control;
    Clock::time_point begun = Clock::now();
    std::vector<double> seconds;

    void onEvent(const Event &event) override
    {
        if (event.kind != Event::Kind::TokenDone)
            return;
        seconds.push_back(std::chrono::duration<double>(Clock::now() - begun).count());
        if (seconds.size() == last)
            control.cancel();
    }
};

void run(const Options &options)
{
    FirstTokens sink(options.tokens);
    const Model model = must(Model::open(options.model));
    const double opened = std::chrono::duration<double>(Clock::now() - sink.begun).count();
    (void)must(model.checkpoint->digest());
    const double digested = std::chrono::duration<double>(Clock::now() - sink.begun).count();
    RunSettings settings = bench::clipSettings(model, options.model, 0);
    settings.prompt = options.prompt;
    settings.device = options.device;
    settings.frames = options.frames > 0 ? options.frames : settings.frames;
    ThreadPool pool(options.threads);
    const GenerationResult result = must(generate(model, settings, pool, sink, sink.control));

    const std::uint64_t weights = weightBytes(*model.checkpoint, weightFormat(options.device));
    const std::uint64_t caches = cacheBytes(
        *model.checkpoint,
        static_cast<int>(must(encodePrompt(*model.tokenizer, options.prompt)).conditional.size()), settings);
    const std::uint64_t peak = peakBytes();
    std::printf("%s on %s, %d frames, %d threads\n", model.checkpoint->folder().c_str(),
                options.device.c_str(), settings.frames, options.threads);
    std::printf(
        "opened %.2f s, digest %.2f s, weights ready %.2f s, prompt %.2f s; first token after %.2f s, "
        "%zu more at %.3f s\n",
        opened, digested - opened, result.seconds.load, result.seconds.prefill, sink.seconds[0],
        sink.seconds.size() - 1,
        (sink.seconds.back() - sink.seconds[0]) / static_cast<double>(sink.seconds.size() - 1));
    std::printf("memory at the most %s; weights %s and caches of the whole clip %s: %+.1f %%\n",
                bytesForPeople(peak).c_str(), bytesForPeople(weights).c_str(), bytesForPeople(caches).c_str(),
                100.0 * (static_cast<double>(peak) / static_cast<double>(weights + caches) - 1.0));
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("Time to the first token, and the memory that it takes.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--device", options.device)->capture_default_str();
    app.add_option("--prompt", options.prompt)->capture_default_str();
    app.add_option("--frames", options.frames, "Default: the model's own");
    app.add_option("--tokens", options.tokens, "Until the run is ended")
        ->capture_default_str()
        ->check(CLI::Range(2, 100000));
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    run(options);
    return 0;
}
