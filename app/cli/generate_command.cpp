// SPDX-License-Identifier: Apache-2.0
//
// `fastcar generate`: a prompt in, a video file out.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/generation_run.h"
#include "app/cli/library_actions.h"
#include "app/cli/model_options.h"
#include "app/cli/progress_line.h"
#include "app/cli/replay_options.h"
#include "engine/backend/devices.h"
#include "engine/base/file_bytes.h"
#include "engine/base/version.h"
#include "engine/media/numbered_files.h"
#include "engine/media/video_file.h"
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
    std::string resume;    // a trace: what is there of the run that goes on
    std::string onFailure; // a device
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
    bool keep = false;
    std::filesystem::path library = defaultLibraryFolder();
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

/// The trace that a run goes on with is written on, unless another one is named.
Result<void> checkResumed(const GenerateOptions &options)
{
    if (auto free = checkNotWritten(options.resume); !free)
        return free;
    return options.trace.empty() ? checkOutputFile(options.resume) : Result<void>();
}

/// The output files' names, held against the disk before minutes are spent.
Result<void> checkOutputs(const GenerateOptions &options)
{
    for (const auto &file : numberedFiles(options.output, options.videos))
        if (auto fine = checkVideoFile(file); !fine)
            return fine;
    if (!options.trace.empty())
        if (const auto kind = checkTraceFile(options.trace); !kind)
            return kind.error();
    if (!options.resume.empty())
        if (auto fine = checkResumed(options); !fine)
            return fine;
    if (options.codes.empty())
        return {};
    if (std::filesystem::path(options.codes).extension() != ".npy")
        return Error{ErrorKind::BadInput, "The codes' name '" + options.codes + "' must end in .npy."};
    return checkOutputFile(options.codes);
}

/// For the settings: whoever goes on with the run may be in another folder then.
std::string placeOf(const Model &model)
{
    return std::filesystem::absolute(model.checkpoint->folder()).lexically_normal().string();
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
    settings.modelFolder = placeOf(model);
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
    settings.device = options.device.given ? options.device.device : defaultDevice(defaults);
    settings.version = version();
    return settings;
}

/// Those of the trace: only where it goes on may be chosen.
RunSettings resumedSettings(const GenerateOptions &options, const Trace &begun, const Model &model)
{
    RunSettings settings = begun.settings();
    settings.modelFolder = placeOf(model);
    settings.device = options.device.given
                          ? options.device.device
                          : deviceOfStep(begun.settings(), begun.shape().frames * begun.shape().stride);
    return settings;
}

VideoFileOptions fileOptions(const GenerateOptions &options, const Model &model)
{
    const auto &recommended = model.checkpoint->defaults().framesPerSecond;
    return {.framesPerSecond =
                options.framesPerSecond.value_or(recommended.value_or(VideoFileOptions{}.framesPerSecond)),
            .scale = options.scale};
}

/// A run of a library, by its trace; nothing if the trace lies elsewhere.
struct RunOfLibrary {
    std::filesystem::path folder;
    RunId id = 0;
};
std::optional<RunOfLibrary> runOfLibrary(const std::filesystem::path &trace)
{
    const std::filesystem::path run = std::filesystem::absolute(trace).parent_path();
    const std::filesystem::path folder = run.parent_path().parent_path();
    const std::string name = run.filename().string();
    RunOfLibrary found{.folder = folder};
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), found.id);
    std::error_code ignored;
    if (error != std::errc() || !isLibrary(folder) ||
        !std::filesystem::equivalent(RunFolder(folder, found.id).trace(), trace, ignored))
        return std::nullopt;
    return found;
}

/// A new run is kept where --keep says so; one of a library goes on there, unless its trace is to be another
/// file.
Result<KeepingPlan> keepingPlan(const GenerateOptions &options, const Model &model)
{
    KeepingPlan plan{.library = nullptr, .modelName = modelName(model)};
    std::filesystem::path folder = options.library;
    if (!options.resume.empty()) {
        const auto run = runOfLibrary(options.resume);
        if (!run || !options.trace.empty())
            return plan;
        folder = run->folder;
        plan.goesOn = run->id;
    } else if (!options.keep) {
        return plan;
    }
    auto library = Library::open(folder);
    if (!library)
        return library.error();
    plan.library = std::make_shared<Library>(std::move(*library));
    return plan;
}

/// The model that is named, or that of the run that goes on.
Result<Model> modelFor(const GenerateOptions &options, const std::optional<Trace> &begun)
{
    if (!begun || !options.model.folder.empty())
        return openModel(options.model);
    auto model = Model::open(begun->settings().modelFolder);
    if (!model)
        return Error{model.error().kind, model.error().message + " The run in '" + options.resume +
                                             "' was made with it; --model FOLDER says where it is now."};
    return model;
}

Result<GenerationPlan> planFor(const GenerateOptions &options, const Model &model, std::optional<Trace> begun)
{
    GenerationPlan plan;
    if (begun) {
        plan.settings = resumedSettings(options, *begun, model);
    } else {
        auto settings = runSettings(options, model);
        if (!settings)
            return settings.error();
        plan.settings = std::move(*settings);
    }
    auto digest = model.checkpoint->digest();
    if (!digest)
        return digest.error();
    if (begun && begun->settings().modelDigest != *digest)
        return Error{ErrorKind::BadInput, "The run in '" + options.resume +
                                              "' was made with another model, whose digest is " +
                                              begun->settings().modelDigest + ", while the one in '" +
                                              model.checkpoint->folder().string() + "' has " + *digest +
                                              ". Name its own with --model FOLDER."};
    plan.settings.modelDigest = std::move(*digest);
    plan.output = options.output;
    plan.codes = options.codes;
    auto keeping = keepingPlan(options, model);
    if (!keeping)
        return keeping.error();
    plan.keeping = std::move(*keeping);
    if (!plan.keeping.goesOn) // whose trace the library writes
        plan.trace = {.to = options.trace.empty() ? options.resume : options.trace, .from = options.resume};
    plan.begun = std::move(begun);
    plan.onFailure = options.onFailure;
    plan.file = fileOptions(options, model);
    plan.threads = options.device.threads;
    plan.json = options.json;
    return plan;
}

/// What a person has to know before a damaged trace is written on; nothing of one that is none.
std::string damageOf(const GenerateOptions &options, const TraceExtent &extent)
{
    if (extent.ending != TraceEnding::Damaged)
        return {};
    return "'" + options.resume + "' is damaged behind token " + std::to_string(extent.tokens) +
           ": the run goes on from there, and " +
           (options.trace.empty() || options.trace == options.resume
                ? "what stands behind it in the file is dropped."
                : "what stands behind it is made again.");
}

int run(const GenerateOptions &options)
{
    if (auto fine = checkOutputs(options); !fine)
        return fail(fine.error());
    if (!options.onFailure.empty())
        if (auto usable = checkDevice(options.onFailure); !usable)
            return fail(usable.error());
    std::optional<Trace> begun;
    std::string damage; // of the trace
    if (!options.resume.empty()) {
        auto read = readTraceAndExtent(options.resume);
        if (!read)
            return fail(read.error());
        begun = std::move(read->trace);
        damage = damageOf(options, read->extent);
    }
    ProgressLine progress;
    const auto refuse = [&](const Error &error) {
        progress.finish();
        return fail(error);
    };
    const auto loading = Clock::now();
    const auto model = modelFor(options, begun);
    if (!model)
        return refuse(model.error());
    auto plan = planFor(options, *model, std::move(begun));
    if (!plan)
        return refuse(plan.error());
    if (!damage.empty())
        progress.message(damage);
    plan->loadSeconds = std::chrono::duration<double>(Clock::now() - loading).count();
    return runGeneration(*model, *plan, progress);
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

void addGoingOnOptions(CLI::App &parser, GenerateOptions &options, CLI::Option &prompt)
{
    const char *group = "Going on";
    CLI::Option *resume = parser
                              .add_option("--resume", options.resume,
                                          "Instead of a prompt: go on with the run of this trace (.fctrace), "
                                          "which is written on unless --trace names another; a run of the "
                                          "library goes on there")
                              ->type_name("TRACE")
                              ->check(CLI::ExistingFile)
                              ->group(group);
    // They are the trace's.
    for (const char *fixed :
         {"--frames",        "--videos", "--seed",         "--cfg",       "--temperature",
          "--top-k",         "--top-p",  "--greedy",       "--tas",       "--tas-threshold",
          "--replay",        "--preset", "--target-ratio", "--per-layer", "--replay-frames",
          "--replay-layers", "--gate",   "--drs",          "--attention", "--keep"})
        resume->excludes(parser.get_option(fixed));
    resume->excludes(&prompt);
    parser
        .add_option("--on-failure", options.onFailure,
                    "The device on which the run goes on if the one it runs on fails")
        ->type_name("NAME")
        ->group(group);
    parser.final_callback([resume, &prompt] {
        if (resume->count() == 0 && prompt.count() == 0)
            throw CLI::RequiredError("A prompt (or --resume TRACE)");
    });
}

} // namespace

Command makeGenerateCommand(CLI::App &program)
{
    const auto options = std::make_shared<GenerateOptions>();
    CLI::App *parser = program.add_subcommand("generate", "Make a video from a prompt");
    CLI::Option *prompt = parser
                              ->add_option("prompt", options->prompt,
                                           "What the video shows; \"\": anything, it is unconditional")
                              ->type_name("PROMPT");
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
    CLI::Option *keep =
        parser->add_flag("--keep", options->keep,
                         "Keep the run in the library, where `fastcar library` and fastcar-studio "
                         "find it again");
    addLibraryOption(*parser, options->library)->needs(keep);
    addDeviceOptions(*parser, options->device, "as the model recommends, or cpu");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    addSamplerOptions(*parser, *options);
    addReplayOptions(*parser, options->replay);
    addCalibratedReplayOption(*parser, options->replay);
    addGoingOnOptions(*parser, *options, *prompt);
    parser->footer("Example: fastcar generate \"a cat moves from left to right on a beach\" -o clip.mp4 "
                   "--replay 50 --seed 7");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli
