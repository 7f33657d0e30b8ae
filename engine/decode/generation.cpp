// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/generation.h"

#include "engine/backend/devices.h"
#include "engine/base/sha256.h"
#include "engine/base/version.h"
#include "engine/decode/decoder.h"
#include "engine/decode/frame_builder.h"
#include "engine/decode/random.h"
#include "engine/decode/sampler.h"
#include "engine/decode/settings_check.h"
#include "engine/decode/step_events.h"
#include "engine/replay/replay_controller.h"
#include "engine/text/prompt.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <optional>

namespace fastcar {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

bool sameBits(MatrixView<const LayerOutcome> a, MatrixView<const LayerOutcome> b)
{
    return std::ranges::equal(a.all(), b.all(), [](const LayerOutcome &one, const LayerOutcome &other) {
        return one.decision == other.decision &&
               std::bit_cast<std::uint32_t>(one.tas) == std::bit_cast<std::uint32_t>(other.tas);
    });
}

/// One run of the loop; the state that its steps share.
class Run {
public:
    Run(const Model &model, GenerationResult &result, ThreadPool &pool, RunSink &sink, RunControl &control,
        const GenerationOptions &options)
        : model_(model)
        , config_(model.checkpoint->config())
        , result_(result)
        , settings_(result.settings)
        , pool_(pool)
        , sink_(sink)
        , control_(control)
        , prefix_(options.prefix)
        , total_(settings_.frames * config_.stride())
        , headScores_(options.headScores)
        , replay_({.layers = config_.backbone.layers,
                   .frames = settings_.frames,
                   .stride = config_.stride(),
                   .rows = rowLayout(settings_)},
                  settings_.replay)
        , sampler_(config_.depth.codes)
        , guided_(static_cast<std::size_t>(config_.depth.codes))
        , codes_(static_cast<std::size_t>(settings_.videos * config_.depth.depth))
        , drawn_(codes_.size())
        , frames_(model.checkpoint, pool, options, settings_.videos)
    {
    }

    /// Whatever ends it, the pictures of all whole frames are there afterwards.
    Result<void> make(const std::string &device, const PromptIds &prompt)
    {
        Result<void> made = makeTokens(device, prompt);
        const auto start = Clock::now();
        Result<void> shown = show(frames_.allPictures());
        result_.seconds.pixels += secondsSince(start);
        return made ? shown : made;
    }

private:
    Result<void> makeTokens(const std::string &device, const PromptIds &prompt)
    {
        if (prefix_)
            takePrefix();
        if (result_.tokens == total_)
            return {}; // what was left to do were the pictures
        if (auto ready = prepare(device, prompt); !ready)
            return ready;
        if (prefix_) {
            if (auto repeated = repeatSteps(); !repeated)
                return repeated;
            if (result_.cancelled)
                return {};
            goOn(device);
        }
        return decode();
    }

    void say(Event event)
    {
        event.timeNs = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start_).count();
        sink_.onEvent(event);
    }

    /// Tokens and frames that are given, as if they had been made.
    void takePrefix()
    {
        const auto start = Clock::now();
        start_ -= std::chrono::nanoseconds(prefix_->timeNs); // times go on, too
        for (int step = 0; step < prefix_->steps(); ++step)
            result_.replay.add(step, prefix_->outcomesOf(step));
        for (int token = 0; token < prefix_->tokens; ++token) {
            std::ranges::copy(prefix_->codesOf(token).all(), codes_.begin());
            keepCodes(token);
            for (int video = 0; video < settings_.videos; ++video)
                frames_.take(video, token, codesOf(video), true);
        }
        result_.given = prefix_->tokens;
        for (const auto &[number, policy] : prefix_->policies)
            newestPolicy_ = std::max(newestPolicy_, number);
        result_.seconds.pixels += secondsSince(start);
    }

    Result<void> prepare(const std::string &device, const PromptIds &prompt)
    {
        const auto loading = Clock::now();
        auto decoder =
            Decoder::create(model_.checkpoint, device, pool_, rowLayout(settings_), prompt, total_);
        if (!decoder)
            return decoder.error();
        decoder_.emplace(std::move(*decoder));
        result_.seconds.load += secondsSince(loading);
        const auto prefilling = Clock::now();
        say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Prefill});
        if (auto done = decoder_->prefill(); !done)
            return done;
        result_.seconds.prefill = secondsSince(prefilling);
        return {};
    }

    /// The steps that the prefix tells of: what they leave behind are the caches.
    Result<void> repeatSteps()
    {
        say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Repeating});
        const auto start = Clock::now();
        for (int step = 0; step < prefix_->steps(); ++step) {
            auto goesOn = heedStops(Phase::Repeating);
            if (!goesOn)
                return goesOn.error();
            if (!*goesOn)
                break;
            rule(prefix_->policyOf[static_cast<std::size_t>(step)]);
            auto report =
                decoder_->step(prefix_->codesOf(step), step, replay_.policyFor(step), settings_.attention);
            if (!report)
                return report.error();
            // What ruled came of the outcomes that were seen then, perhaps on another device.
            replay_.observe(step, prefix_->outcomesOf(step));
            result_.sameNumbers = result_.sameNumbers && sameBits(report->outcome, prefix_->outcomesOf(step));
            say({.kind = Event::Kind::StepRepeated, .token = static_cast<std::uint32_t>(step)});
        }
        result_.seconds.repeat = secondsSince(start);
        return {};
    }

    void goOn(const std::string &device)
    {
        const Continuation continuation{.step = prefix_->steps(), .device = device, .version = version()};
        result_.settings.continued.push_back(continuation);
        sink_.onContinued(continuation);
    }

    Result<void> decode()
    {
        say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Decoding});
        if (result_.given > 0) {
            // The step behind the last given token was run, perhaps, but nobody was told of it.
            rule(prefix_->policyOf[static_cast<std::size_t>(prefix_->steps())]);
            if (auto stepped = feedBack(result_.given - 1); !stepped)
                return stepped;
        }
        if (prefix_)
            rule(prefix_->policyOf.back());
        for (int token = result_.given; token < total_; ++token) {
            auto goesOn = heedControl();
            if (!goesOn)
                return goesOn.error();
            if (!*goesOn)
                break;
            drawCodes(token);
            if (auto taken = takePixels(token); !taken)
                return taken;
            if (token + 1 < total_)
                if (auto stepped = feedBack(token); !stepped)
                    return stepped;
        }
        return {};
    }

    /// Of the prefix: a policy that the sink knows of.
    void rule(std::uint32_t number)
    {
        if (number == policyNumber_)
            return; // a target goes on counting
        replay_.setPolicy(prefix_->policy(number));
        policyNumber_ = number;
    }

    /// Token boundary: pause, cancel. `phase` comes back after a pause. False: stop here. Who pauses sees all
    /// frames that there are.
    Result<bool> heedStops(Phase phase)
    {
        if (control_.paused() && !control_.cancelled()) {
            if (auto shown = show(frames_.allPictures()); !shown)
                return shown.error();
            say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Paused});
            control_.waitWhilePaused();
            if (!control_.cancelled())
                say({.kind = Event::Kind::PhaseChanged, .phase = phase});
        }
        result_.cancelled = control_.cancelled();
        return !result_.cancelled;
    }

    /// The same, and a new policy.
    Result<bool> heedControl()
    {
        if (auto goesOn = heedStops(Phase::Decoding); !goesOn || !*goesOn)
            return goesOn;
        if (auto newer = control_.takeReplayPolicy();
            newer && checkReplayPolicy(*newer, config_.backbone.layers)) {
            replay_.setPolicy(std::move(*newer));
            policyNumber_ = ++newestPolicy_;
            sink_.onPolicy(policyNumber_, replay_.policy());
            say({.kind = Event::Kind::PolicyChanged, .policy = policyNumber_});
        }
        return true;
    }

    void drawCodes(int token)
    {
        const auto start = Clock::now();
        const int depths = config_.depth.depth;
        auto logits = decoder_->firstLogits();
        for (int depth = 0; depth < depths; ++depth) {
            for (int video = 0; video < settings_.videos; ++video) {
                const int code = drawCode(logits, token, video, depth);
                codes_[static_cast<std::size_t>(video * depths + depth)] = code;
                say({.kind = Event::Kind::CodeDrawn,
                     .depth = static_cast<std::uint8_t>(depth),
                     .row = static_cast<std::uint16_t>(video),
                     .token = static_cast<std::uint32_t>(token),
                     .code = code});
            }
            if (depth + 1 < depths)
                logits = decoder_->nextLogits(drawnUpTo(depth + 1));
        }
        keepCodes(token);
        result_.seconds.depth += secondsSince(start);
        ++result_.bytesRead.tokens;
        result_.bytesRead.depth += decoder_->depthBytesPerToken();
        say({.kind = Event::Kind::TokenDone,
             .token = static_cast<std::uint32_t>(token),
             .policy = policyNumber_});
    }

    std::span<const std::int32_t> codesOf(int video) const
    {
        const auto depths = static_cast<std::size_t>(config_.depth.depth);
        return std::span(codes_).subspan(static_cast<std::size_t>(video) * depths, depths);
    }

    void keepCodes(int token)
    {
        for (int video = 0; video < settings_.videos; ++video) {
            const auto drawn = codesOf(video);
            auto &all = result_.codes[static_cast<std::size_t>(video)];
            all.insert(all.end(), drawn.begin(), drawn.end());
        }
        result_.tokens = token + 1;
    }

    int drawCode(MatrixView<const float> logits, int token, int video, int depth)
    {
        std::span<const float> chosen = logits.row(video);
        if (decoder_->layout().guided) {
            guide(logits.row(video), logits.row(video + settings_.videos), settings_.sampler.cfg, guided_);
            chosen = guided_;
        }
        return sampler_.draw(chosen, settings_.sampler, uniformFor(settings_.seed, video, token, depth));
    }

    /// The first `depths` codes of each video, [videos, depths].
    MatrixView<const std::int32_t> drawnUpTo(int depths)
    {
        for (int video = 0; video < settings_.videos; ++video)
            std::copy_n(codes_.begin() + video * config_.depth.depth, depths,
                        drawn_.begin() + video * depths);
        return {drawn_.data(), settings_.videos, depths};
    }

    Result<void> takePixels(int token)
    {
        const auto start = Clock::now();
        for (int video = 0; video < settings_.videos; ++video)
            frames_.take(video, token, codesOf(video));
        Result<void> shown = show(frames_.pictures());
        if (shown && control_.watched()) {
            for (int video = 0; video < settings_.videos; ++video)
                frames_.preview(video, token);
            shown = show(frames_.pictures());
        }
        result_.seconds.pixels += secondsSince(start);
        return shown;
    }

    /// Behind a picture that failed there are no others: whole frames are told without a gap.
    Result<void> show(std::vector<FrameBuilder::Done> pictures)
    {
        for (FrameBuilder::Done &one : pictures) {
            if (!one.picture && !unseen_)
                unseen_ = one.picture.error();
            if (unseen_)
                return *unseen_;
            if (frames_.beside())
                result_.seconds.pixelsBeside += one.seconds;
            if (one.ticket.whole)
                showFrame(one.ticket, std::move(*one.picture));
            else
                sink_.onPreview(one.ticket.video, one.ticket.frame, one.ticket.tokens,
                                std::move(*one.picture));
        }
        return {};
    }

    void showFrame(const PictureTicket &ticket, SharedFrame picture)
    {
        result_.frames[static_cast<std::size_t>(ticket.video)].push_back(picture);
        if (ticket.given)
            return;
        sink_.onFrame(ticket.video, ticket.frame, std::move(picture));
        say({.kind = Event::Kind::FrameDone,
             .row = static_cast<std::uint16_t>(ticket.video),
             .token = static_cast<std::uint32_t>(ticket.frame)});
    }

    Result<void> feedBack(int token)
    {
        const auto start = Clock::now();
        const ReplayPolicy &ruling = replay_.policyFor(token);
        auto report = decoder_->step({codes_.data(), settings_.videos, config_.depth.depth}, token, ruling,
                                     settings_.attention, headScores_);
        if (!report)
            return report.error();
        replay_.observe(token, report->outcome);
        result_.seconds.backbone += secondsSince(start);
        result_.seconds.mlp += static_cast<double>(report->mlpNs) * 1e-9;
        ++result_.bytesRead.steps;
        result_.bytesRead.weights += report->weightBytesRead;
        result_.bytesRead.caches += report->cacheBytesRead;
        result_.replay.add(token, report->outcome);
        if (report->card) {
            if (!result_.card)
                result_.card.emplace();
            result_.card->add(*report->card);
        }
        tellStep(
            sink_,
            {.token = token, .policy = policyNumber_, .moved = replay_.policy().target ? &ruling : nullptr},
            *report);
        return {};
    }

    const Model &model_;
    const ModelConfig &config_;
    GenerationResult &result_;
    const RunSettings &settings_;
    ThreadPool &pool_;
    RunSink &sink_;
    RunControl &control_;
    const RunPrefix *const prefix_; // null: from the prompt on
    const int total_;               // tokens
    const bool headScores_;         // are told
    std::optional<Decoder> decoder_;
    ReplayController replay_;
    std::uint32_t policyNumber_ = 0; // of its policy
    std::uint32_t newestPolicy_ = 0;
    Sampler sampler_;
    std::vector<float> guided_;
    std::vector<std::int32_t> codes_; // [videos, K] of the position at hand
    std::vector<std::int32_t> drawn_;
    FrameBuilder frames_;
    std::optional<Error> unseen_; // a picture failed
    Clock::time_point start_ = Clock::now();
};

} // namespace

Result<Model> Model::open(const std::filesystem::path &folder)
{
    auto checkpoint = Checkpoint::open(folder);
    if (!checkpoint)
        return checkpoint.error();
    auto tokenizer = Tokenizer::open((*checkpoint)->tokenizerFolder());
    if (!tokenizer)
        return tokenizer.error();
    const int vocabulary = (*checkpoint)->config().backbone.vocabulary;
    if (tokenizer->size() > vocabulary)
        return Error{ErrorKind::Corrupt, "The tokenizer in " + (*checkpoint)->tokenizerFolder().string() +
                                             " has " + std::to_string(tokenizer->size()) +
                                             " pieces, but the model embeds only " +
                                             std::to_string(vocabulary) + ": they do not belong together."};
    return Model{.checkpoint = std::move(checkpoint).value(),
                 .tokenizer = std::make_shared<const Tokenizer>(std::move(tokenizer).value())};
}

PhaseSeconds &PhaseSeconds::operator+=(const PhaseSeconds &other)
{
    load += other.load;
    prefill += other.prefill;
    repeat += other.repeat;
    decode += other.decode;
    backbone += other.backbone;
    depth += other.depth;
    mlp += other.mlp;
    pixels += other.pixels;
    pixelsBeside += other.pixelsBeside;
    write += other.write;
    return *this;
}

std::string GenerationResult::codesSha256(int video) const
{
    Sha256 sha;
    sha.add(std::as_bytes(std::span(codes[static_cast<std::size_t>(video)])));
    return sha.hex();
}

namespace {

/// Nobody can choose them any more.
Error cannotGoOn(const Error &reason)
{
    return {reason.kind, "The run cannot go on: " + reason.message +
                             " It has kept that from an older version, which took it. What there is of the "
                             "run can still be looked at and exported; to have all of it, make it anew with "
                             "its prompt and seed and another value."};
}

} // namespace

Result<GenerationResult> generate(const Model &model, RunSettings settings, ThreadPool &pool, RunSink &sink,
                                  RunControl &control, const GenerationOptions &options)
{
    const ModelConfig &config = model.checkpoint->config();
    const auto prompt = encodePrompt(*model.tokenizer, settings.prompt);
    if (!prompt)
        return prompt.error();
    if (auto fine = checkRunSettings(settings, config, *prompt); !fine)
        return options.prefix ? cannotGoOn(fine.error()) : fine.error();
    if (auto usable = checkDevice(settings.device); !usable)
        return usable.error();

    GenerationResult result;
    const auto loading = Clock::now();
    sink.onEvent({.kind = Event::Kind::PhaseChanged, .phase = Phase::Loading});
    auto digest = model.checkpoint->digest();
    if (!digest)
        return digest.error();
    const std::string device = settings.device;
    result.settings = std::move(settings);
    result.settings.modelDigest = std::move(digest).value();
    result.settings.version = version();
    result.settings.continued.clear();
    if (const RunPrefix *prefix = options.prefix) {
        if (auto fits = checkPrefix(*prefix, result.settings, config); !fits)
            return fits.error();
        result.settings.device = prefix->settings.device;
        result.settings.version = prefix->settings.version;
        result.settings.continued = prefix->settings.continued;
    }
    result.depth = config.depth.depth;
    result.codes.resize(static_cast<std::size_t>(result.settings.videos));
    result.frames.resize(static_cast<std::size_t>(result.settings.videos));
    result.replay = ReplayStatistics(config.backbone.layers, result.settings.frames, config.stride());
    sink.onBegun(result.settings);
    Run run(model, result, pool, sink, control, options);
    result.seconds.load = secondsSince(loading);
    if (auto made = run.make(device, *prompt); !made) {
        if (result.tokens == 0)
            return made.error();
        result.failure = made.error();
    }
    result.seconds.decode = result.seconds.backbone + result.seconds.depth;
    sink.onEvent({.kind = Event::Kind::PhaseChanged,
                  .phase = result.failure     ? Phase::Failed
                           : result.cancelled ? Phase::Cancelled
                                              : Phase::Done});
    return result;
}

} // namespace fastcar
