// SPDX-License-Identifier: Apache-2.0
#include "app/cli/generation_run.h"

#include "app/cli/exit_status.h"
#include "app/cli/generation_report.h"
#include "app/cli/interruption.h"
#include "app/cli/report.h"
#include "engine/media/numbered_files.h"
#include "engine/tensor/npy.h"

#include <chrono>

namespace fastcar::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

NpyArray codesArray(const GenerationResult &result, int video)
{
    return NpyArray::from<std::int32_t>(result.codes[static_cast<std::size_t>(video)],
                                        {result.tokens, result.depth});
}

/// What a run ended with that another device may do better; null where none would.
const Error *deviceFailure(const Result<GenerationResult> &result)
{
    if (result)
        return result->failure ? &*result->failure : nullptr;
    const ErrorKind kind = result.error().kind;
    return kind == ErrorKind::Device || kind == ErrorKind::Unsupported ? &result.error() : nullptr;
}

class GenerationRun {
public:
    GenerationRun(const Model &model, const GenerationPlan &plan, ProgressLine &progress)
        : model_(model)
        , plan_(plan)
        , pool_(plan.threads)
        , progress_(progress)
        , recorder_(progress,
                    plan.begun ? *plan.begun
                               : Trace(traceShape(model.checkpoint->config(), plan.settings), plan.settings),
                    plan.trace, plan.keeping)
    {
    }

    int run()
    {
        auto result = decode();
        const auto kept = recorder_.finishKeeping(result);
        if (!result) {
            progress_.finish();
            return fail(result.error());
        }
        if (CardTotals counted = recorder_.trace().cardTotals(); counted.steps > 0)
            result->card = std::move(counted); // also of the steps that were there
        result->seconds.load += plan_.loadSeconds;
        const auto writing = Clock::now();
        GenerationReport report{.model = model_,
                                .result = *result,
                                .files = {},
                                .trace = plan_.trace.to,
                                .codes = {},
                                .threads = pool_.threads(),
                                .keptAs = recorder_.keptAs(),
                                .goingOn = goingOn_,
                                .sensors = recorder_.sensors()};
        const auto written = writeFiles(report);
        result->seconds.write = secondsSince(writing);
        progress_.finish();
        if (!written)
            return fail(written.error());
        if (!kept)
            return fail(kept.error());
        if (result->failure)
            return sayFailed(report);
        if (plan_.json)
            printJson(toJsonValue(report));
        else
            printForPeople(report);
        return result->cancelled ? sayCancelled(report) : done;
    }

private:
    Result<GenerationResult> decode()
    {
        const PixelDecoderConfig &pixels = model_.checkpoint->config().pixels;
        for (const auto &name : numberedFiles(plan_.output, plan_.settings.videos))
            if (auto fine = checkVideo(name, pixels.frameWidth, pixels.frameHeight, plan_.settings.frames,
                                       plan_.file);
                !fine)
                return fine.error();
        RunControl control;
        const Interruption interruption(control, [this] {
            progress_.message(
                "Stopping at the next token; what is whole by then will be written. Ctrl-C again ends at "
                "once.");
        });
        if (plan_.begun)
            goingOn_.push_back({.tokens = plan_.begun->tokens(),
                                .device = plan_.settings.device,
                                .trace = plan_.trace.from});
        auto result = make(plan_.settings, control, plan_.begun.has_value());
        const Error *failure = deviceFailure(result);
        if (!failure || plan_.onFailure.empty() || control.cancelled())
            return result;
        return goOn(std::move(result), *failure, control);
    }

    /// From the prompt on, or behind what the recorder has.
    Result<GenerationResult> make(const RunSettings &settings, RunControl &control, bool begun)
    {
        const int tokens = recorder_.trace().tokens();
        progress_.expect(settings.frames * model_.checkpoint->config().stride(), tokens);
        recorder_.watch(settings.device);
        const RunPrefix prefix = prefixOf(recorder_.trace());
        GenerationOptions options;
        options.prefix = begun ? &prefix : nullptr;
        auto result = generate(model_, settings, pool_, recorder_, control, options);
        if (result && begun)
            goingOn_.back().sameNumbers = result->sameNumbers;
        return result;
    }

    Result<GenerationResult> goOn(Result<GenerationResult> first, Error failure, RunControl &control)
    {
        RunSettings settings = plan_.settings;
        const int tokens = recorder_.trace().tokens();
        progress_.message(failure.message + " " + tokensWords(tokens) + " there, and the run goes on on " +
                          plan_.onFailure + ".");
        goingOn_.push_back({.tokens = tokens,
                            .device = plan_.onFailure,
                            .failedDevice = settings.device,
                            .failure = failure.message});
        settings.device = plan_.onFailure;
        auto rest = make(settings, control, true);
        if (rest && first) {
            rest->seconds += first->seconds;
            rest->given = first->given; // the first device's tokens were made by this run
        }
        return rest;
    }

    static std::string tokensWords(int tokens)
    {
        return tokens == 0   ? "No token was"
               : tokens == 1 ? "One token is"
                             : std::to_string(tokens) + " tokens are";
    }

    /// The videos first: they are what was asked for.
    Result<void> writeFiles(GenerationReport &report)
    {
        const GenerationResult &result = report.result;
        const auto names = numberedFiles(plan_.output, plan_.settings.videos);
        VideoFileOptions options = plan_.file;
        options.title = plan_.settings.prompt;
        options.settingsJson = toJson(result.settings);
        for (std::size_t video = 0; video < names.size(); ++video) {
            if (result.frames[video].empty())
                continue;
            progress_.phase("writing " + names[video].string());
            if (auto written = writeVideo(names[video], result.frames[video], options); !written)
                return written;
            report.files.push_back(names[video]);
        }
        if (!plan_.codes.empty()) {
            report.codes = numberedFiles(plan_.codes, plan_.settings.videos);
            for (std::size_t video = 0; video < report.codes.size(); ++video)
                if (auto written = writeNpy(report.codes[video], codesArray(result, static_cast<int>(video)));
                    !written)
                    return written;
        }
        return recorder_.finishTrace();
    }

    /// How far a run came that did not reach its end.
    std::string wayOf(const GenerationReport &report) const
    {
        const std::size_t frames = report.result.frames.front().size();
        std::string way =
            std::to_string(report.result.tokens) + " tokens; " +
            (frames == 0 ? "no frame was whole yet, so no video was written."
                         : std::to_string(frames) + " of " + std::to_string(report.result.settings.frames) +
                               " frames were whole and are in the file.");
        std::filesystem::path trace = plan_.trace.to;
        if (trace.empty() && report.keptAs)
            trace = plan_.keeping.library->filesOf(report.keptAs).trace();
        if (trace.extension() == ".fctrace")
            way += " `fastcar generate --resume " + trace.string() + " -o FILE` goes on from there.";
        return way;
    }

    int sayCancelled(const GenerationReport &report) const
    {
        say("Cancelled after " + wayOf(report));
        return cancelled;
    }

    int sayFailed(const GenerationReport &report) const
    {
        say("The device failed after " + wayOf(report));
        return fail(*report.result.failure);
    }

    const Model &model_;
    const GenerationPlan &plan_;
    ThreadPool pool_;
    ProgressLine &progress_;
    RunRecorder recorder_;
    std::vector<WentOn> goingOn_;
};

} // namespace

int runGeneration(const Model &model, const GenerationPlan &plan, ProgressLine &progress)
{
    return GenerationRun(model, plan, progress).run();
}

} // namespace fastcar::cli
