// SPDX-License-Identifier: Apache-2.0
//
// `fastcar generate`: a prompt in, a video file out.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/generation_report.h"
#include "app/cli/interruption.h"
#include "app/cli/model_options.h"
#include "app/cli/output_names.h"
#include "app/cli/progress_line.h"
#include "app/cli/replay_options.h"
#include "app/cli/report.h"
#include "app/cli/run_recorder.h"
#include "engine/base/file_bytes.h"
#include "engine/base/version.h"
#include "engine/media/video_file.h"
#include "engine/tensor/npy.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <chrono>
#include <random>

namespace fastcar::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct GenerateOptions {
    std::string prompt;
    std::string output;
    ModelOptions model;
    DeviceOptions device;
    ReplayOptions replay;
    std::optional<int> frames;
    std::optional<std::uint64_t> seed;
    int videos = 1;
    std::optional<float> cfg, temperature, topP;
    std::optional<int> topK;
    bool greedy = false;
    std::string trace;
    std::string codes;
    int scale = 0;
    std::optional<int> framesPerSecond;
    bool json = false;
};

/// The engine knows the limits and tells them; this is for typing errors.
const CLI::Range atLeastOne(1, 100000);

/// The parser's own reading takes -1 for the largest number.
std::string checkSeed(const std::string &text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error == std::errc() && end == text.data() + text.size())
        return {};
    return "A seed is a whole number from 0 to 2^64 - 1, and " + text + " is none.";
}

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The output files' names, held against the disk before minutes are spent.
Result<void> checkOutputs(const GenerateOptions &options)
{
    for (const auto &file : outputNames(options.output, options.videos))
        if (auto fine = checkVideoFile(file); !fine)
            return fine;
    if (!options.trace.empty())
        if (const auto kind = checkTraceFile(options.trace); !kind)
            return kind.error();
    if (options.codes.empty())
        return {};
    if (std::filesystem::path(options.codes).extension() != ".npy")
        return Error{ErrorKind::BadInput, "The codes' name '" + options.codes + "' must end in .npy."};
    return checkOutputFile(options.codes);
}

/// What was given, then what the model recommends, then VILA-U's own.
Result<RunSettings> runSettings(const GenerateOptions &options, const Model &model)
{
    const ModelConfig &config = model.checkpoint->config();
    const ModelDefaults &defaults = model.checkpoint->defaults();
    auto replay = replayPolicy(options.replay, *model.checkpoint);
    if (!replay)
        return replay.error();
    const auto attention = attentionSpan(options.replay);
    if (!attention)
        return attention.error();
    const SamplerSettings published;
    RunSettings settings;
    settings.prompt = options.prompt;
    settings.modelFolder = model.checkpoint->folder().string();
    settings.frames = options.frames.value_or(defaults.frames.value_or(config.videoFrames));
    settings.videos = options.videos;
    // 32 bits are enough to be another one each time, and short enough to be typed again.
    settings.seed = options.seed ? *options.seed : std::random_device{}();
    settings.sampler = {
        .greedy = options.greedy,
        .temperature = options.temperature.value_or(defaults.temperature.value_or(published.temperature)),
        .topK = options.topK.value_or(defaults.topK.value_or(published.topK)),
        .topP = options.topP.value_or(defaults.topP.value_or(published.topP)),
        .cfg = options.cfg.value_or(defaults.cfg.value_or(published.cfg)),
    };
    settings.replay = std::move(*replay);
    settings.attention = *attention;
    settings.device = options.device.device;
    settings.version = version();
    return settings;
}

NpyArray codesArray(const GenerationResult &result, int video)
{
    return NpyArray::from<std::int32_t>(result.codes[static_cast<std::size_t>(video)],
                                        {result.tokens, result.depth});
}

/// One run from the opened model to the written files.
class GenerateRun {
public:
    GenerateRun(const GenerateOptions &options, const Model &model, RunSettings settings,
                ProgressLine &progress, double loadSeconds)
        : options_(options)
        , model_(model)
        , settings_(std::move(settings))
        , loadSeconds_(loadSeconds)
        , pool_(options.device.threads)
        , progress_(progress)
        , recorder_(progress_, model, settings_, options.trace)
    {
        progress_.expect(settings_.frames * model.checkpoint->config().stride());
    }

    int run()
    {
        auto result = decode();
        if (!result) {
            progress_.finish();
            return fail(result.error());
        }
        result->seconds.load += loadSeconds_;
        const auto writing = Clock::now();
        GenerationReport report{.model = model_,
                                .result = *result,
                                .files = {},
                                .trace = options_.trace,
                                .codes = {},
                                .threads = pool_.threads()};
        const auto written = writeFiles(report);
        result->seconds.write = secondsSince(writing);
        progress_.finish();
        if (!written)
            return fail(written.error());
        if (result->failure)
            return sayFailed(report);
        if (options_.json)
            printJson(toJsonValue(report));
        else
            printForPeople(report);
        return result->cancelled ? sayCancelled(report) : done;
    }

private:
    VideoFileOptions fileOptions() const
    {
        const auto &recommended = model_.checkpoint->defaults().framesPerSecond;
        return {.framesPerSecond = options_.framesPerSecond.value_or(
                    recommended.value_or(VideoFileOptions{}.framesPerSecond)),
                .scale = options_.scale,
                .title = settings_.prompt};
    }

    Result<GenerationResult> decode()
    {
        const PixelDecoderConfig &pixels = model_.checkpoint->config().pixels;
        for (const auto &name : outputNames(options_.output, settings_.videos))
            if (auto fine =
                    checkVideo(name, pixels.frameWidth, pixels.frameHeight, settings_.frames, fileOptions());
                !fine)
                return fine.error();
        RunControl control;
        const Interruption interruption(control, [this] {
            progress_.message(
                "Stopping at the next token; what is whole by then will be written. Ctrl-C again ends at "
                "once.");
        });
        return generate(model_, settings_, pool_, recorder_, control);
    }

    /// The videos first: they are what was asked for.
    Result<void> writeFiles(GenerationReport &report)
    {
        const GenerationResult &result = report.result;
        const auto names = outputNames(options_.output, settings_.videos);
        VideoFileOptions options = fileOptions();
        options.settingsJson = toJson(result.settings);
        for (std::size_t video = 0; video < names.size(); ++video) {
            if (result.frames[video].empty())
                continue;
            progress_.phase("writing " + names[video].string());
            if (auto written = writeVideo(names[video], result.frames[video], options); !written)
                return written;
            report.files.push_back(names[video]);
        }
        if (!options_.codes.empty()) {
            report.codes = outputNames(options_.codes, settings_.videos);
            for (std::size_t video = 0; video < report.codes.size(); ++video)
                if (auto written = writeNpy(report.codes[video], codesArray(result, static_cast<int>(video)));
                    !written)
                    return written;
        }
        return recorder_.finishTrace();
    }

    /// How far a run came that did not reach its end.
    static std::string wayOf(const GenerationReport &report)
    {
        const std::size_t frames = report.result.frames.front().size();
        return std::to_string(report.result.tokens) + " tokens; " +
               (frames == 0
                    ? "no frame was whole yet, so no video was written."
                    : std::to_string(frames) + " of " + std::to_string(report.result.settings.frames) +
                          " frames were whole and are in the file.");
    }

    static int sayCancelled(const GenerationReport &report)
    {
        say("Cancelled after " + wayOf(report));
        return cancelled;
    }

    static int sayFailed(const GenerationReport &report)
    {
        say("The device failed after " + wayOf(report));
        return fail(*report.result.failure);
    }

    const GenerateOptions &options_;
    const Model &model_;
    const RunSettings settings_;
    const double loadSeconds_;
    ThreadPool pool_;
    ProgressLine &progress_;
    RunRecorder recorder_;
};

int run(const GenerateOptions &options)
{
    if (auto fine = checkOutputs(options); !fine)
        return fail(fine.error());
    ProgressLine progress;
    const auto refuse = [&](const Error &error) {
        progress.finish();
        return fail(error);
    };
    const auto loading = Clock::now();
    const auto model = openModel(options.model);
    if (!model)
        return refuse(model.error());
    auto settings = runSettings(options, *model);
    if (!settings)
        return refuse(settings.error());
    return GenerateRun(options, *model, std::move(*settings), progress, secondsSince(loading)).run();
}

void addSamplerOptions(CLI::App &parser, GenerateOptions &options)
{
    const char *group = "Sampling (otherwise as the model recommends)";
    parser
        .add_option("--seed", options.seed, "The same seed gives the same video (otherwise drawn, and told)")
        ->type_name("N")
        ->check(CLI::Validator(checkSeed, ""))
        ->group(group);
    parser.add_option("--cfg", options.cfg, "Strength of classifier-free guidance; 1: none")
        ->type_name("X")
        ->group(group);
    parser.add_option("--temperature", options.temperature, "Of the logits")->type_name("X")->group(group);
    parser.add_option("--top-k", options.topK, "Draw from the K most likely codes; 0: from all")
        ->type_name("K")
        ->group(group);
    parser
        .add_option("--top-p", options.topP,
                    "Draw from the likeliest codes that have P together; 1: from all")
        ->type_name("P")
        ->group(group);
    parser.add_flag("--greedy", options.greedy, "Take the likeliest code instead of drawing")->group(group);
}

} // namespace

Command makeGenerateCommand(CLI::App &program)
{
    const auto options = std::make_shared<GenerateOptions>();
    CLI::App *parser = program.add_subcommand("generate", "Make a video from a prompt");
    parser->add_option("prompt", options->prompt, "What the video shows")->required()->type_name("PROMPT");
    parser
        ->add_option("-o,--output", options->output,
                     "The video: .mp4, .webm, .mkv (lossless), .gif, .apng, or .png (frames side by side)")
        ->required()
        ->type_name("FILE");
    addModelOption(*parser, options->model);
    parser->add_option("--frames", options->frames, "Length (otherwise as the model recommends)")
        ->type_name("N")
        ->check(atLeastOne);
    parser->add_option("--videos", options->videos, "Make several at a time: FILE-1, FILE-2, ...")
        ->type_name("N")
        ->check(atLeastOne);
    parser->add_option("--fps", options->framesPerSecond, "Frames per second of the file")
        ->type_name("N")
        ->check(atLeastOne);
    parser
        ->add_option("--scale", options->scale, "Enlarge N times (otherwise to 256 pixels of height or more)")
        ->type_name("N")
        ->check(atLeastOne);
    parser->add_option("--trace", options->trace, "Write what happened, token by token: .fctrace or .npz")
        ->type_name("FILE");
    parser
        ->add_option("--codes", options->codes,
                     "Write the codes that were drawn: .npy, for `fastcar forward`")
        ->type_name("FILE");
    addDeviceOptions(*parser, options->device);
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    addSamplerOptions(*parser, *options);
    addReplayOptions(*parser, options->replay);
    addCalibratedReplayOption(*parser, options->replay);
    parser->footer("Example: fastcar generate \"a cat moves from left to right on a beach\" -o clip.mp4 "
                   "--replay 50 --seed 7");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli
