// SPDX-License-Identifier: Apache-2.0
//
// Does it pay to make pictures while the next tokens come? The same dense clip with its pictures made beside
// the tokens and between them, in turn within one run. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
#include "engine/roofline/measurement.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

using namespace fastcar;
using bench::must;
using roofline::Measurement;

namespace {

struct Options {
    std::string model = defaultModelFolder().string();
    std::string device; // empty: the model's
    std::vector<int> threads{1, 2};
    int repeats = 9;
};

struct Figures {
    Measurement whole, tokens, waited, made;
};

void add(Figures &figures, const Model &model, const Options &options, ThreadPool &pool, bool pixels,
         bool beside)
{
    bench::NullSink sink;
    RunControl control;
    RunSettings settings = bench::clipSettings(model, options.model, 0);
    settings.device = bench::deviceOr(options.device, model);
    const auto start = std::chrono::steady_clock::now();
    const GenerationResult result =
        must(generate(model, settings, pool, sink, control, {.pixels = pixels, .pixelsBeside = beside}));
    figures.whole.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    figures.tokens.add(result.seconds.decode);
    figures.waited.add(result.seconds.pixels);
    figures.made.add(result.seconds.pixelsBeside);
}

void run(const Options &options)
{
    const Model model = must(Model::open(options.model));
    std::printf("%s, %d runs in turn; seconds, median (least-most)\n\n%-28s %-22s %-22s %-22s %-22s %s\n",
                bench::deviceOr(options.device, model).c_str(), options.repeats, "", "whole clip", "tokens",
                "waited for pixels", "made meanwhile", "whole / between");
    for (const int threads : options.threads) {
        ThreadPool pool(threads);
        Figures none, between, beside;
        for (int repeat = 0; repeat < options.repeats; ++repeat) {
            add(none, model, options, pool, false, false);
            add(between, model, options, pool, true, false);
            add(beside, model, options, pool, true, true);
        }
        const auto print = [&](const char *name, const Figures &figures) {
            std::printf("%d thread%s %-18s %-22s %-22s %-22s %-22s %.3f\n", threads,
                        threads == 1 ? ", " : "s,", name, figures.whole.text(1.0, 3).c_str(),
                        figures.tokens.text(1.0, 3).c_str(), figures.waited.text(1.0, 3).c_str(),
                        figures.made.text(1.0, 3).c_str(), figures.whole.median() / between.whole.median());
        };
        print("no pictures", none);
        print("between the tokens", between);
        print("beside them", beside);
    }
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("Pictures made beside the tokens, and between them.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--device", options.device, "cpu, cpu:f16, ...; default: the model's");
    app.add_option("--threads", options.threads, "One or several")->capture_default_str();
    app.add_option("--repeats", options.repeats)->capture_default_str()->check(CLI::Range(1, 1000));
    CLI11_PARSE(app, argc, argv);
    run(options);
    return 0;
}
