// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/generation.h"

#include "engine/base/sha256.h"
#include "engine/base/version.h"
#include "engine/decode/decoder.h"
#include "engine/decode/frame_builder.h"
#include "engine/decode/random.h"
#include "engine/decode/sampler.h"
#include "engine/decode/settings_check.h"
#include "engine/text/prompt.h"

#include <algorithm>
#include <chrono>

namespace fastcar {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One run of the loop; the state that its steps share.
class Run {
public:
    Run(const Model &model, GenerationResult &result, Decoder &decoder, ThreadPool &pool, RunSink &sink,
        RunControl &control, const GenerationOptions &options)
        : config_(model.checkpoint->config())
        , result_(result)
        , settings_(result.settings)
        , decoder_(decoder)
        , sink_(sink)
        , control_(control)
        , policy_(settings_.replay)
        , sampler_(config_.depth.codes)
        , guided_(static_cast<std::size_t>(config_.depth.codes))
        , codes_(static_cast<std::size_t>(settings_.videos * config_.depth.depth))
        , drawn_(codes_.size())
        , frames_(model.checkpoint, pool, sink, options, settings_.videos)
    {
    }

    Result<void> decode()
    {
        say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Decoding});
        const int tokens = settings_.frames * config_.stride();
        for (int token = 0; token < tokens; ++token) {
            if (!heedControl())
                break;
            drawCodes(token);
            takePixels(token);
            if (token + 1 < tokens)
                if (auto stepped = feedBack(token); !stepped)
                    return stepped;
        }
        return {};
    }

private:
    void say(Event event)
    {
        event.timeNs = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start_).count();
        sink_.onEvent(event);
    }

    /// Token boundary: pause, cancel, a new policy. False: stop here.
    bool heedControl()
    {
        if (control_.paused() && !control_.cancelled()) {
            say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Paused});
            control_.waitWhilePaused();
            if (!control_.cancelled())
                say({.kind = Event::Kind::PhaseChanged, .phase = Phase::Decoding});
        }
        if (control_.cancelled()) {
            result_.cancelled = true;
            return false;
        }
        if (auto newer = control_.takeReplayPolicy();
            newer && checkReplayPolicy(*newer, config_.backbone.layers)) {
            policy_ = std::move(*newer);
            sink_.onPolicy(++policyNumber_, policy_);
            say({.kind = Event::Kind::PolicyChanged, .policy = policyNumber_});
        }
        return true;
    }

    void drawCodes(int token)
    {
        const auto start = Clock::now();
        const int depths = config_.depth.depth;
        auto logits = decoder_.firstLogits();
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
                logits = decoder_.nextLogits(drawnUpTo(depth + 1));
        }
        for (int video = 0; video < settings_.videos; ++video) {
            const auto first = codes_.begin() + video * depths;
            auto &all = result_.codes[static_cast<std::size_t>(video)];
            all.insert(all.end(), first, first + depths);
        }
        result_.tokens = token + 1;
        result_.seconds.depth += secondsSince(start);
        say({.kind = Event::Kind::TokenDone,
             .token = static_cast<std::uint32_t>(token),
             .policy = policyNumber_});
    }

    int drawCode(MatrixView<const float> logits, int token, int video, int depth)
    {
        std::span<const float> chosen = logits.row(video);
        if (decoder_.layout().guided) {
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

    void takePixels(int token)
    {
        const auto start = Clock::now();
        for (int video = 0; video < settings_.videos; ++video) {
            decoder_.latent(std::span(codes_).subspan(static_cast<std::size_t>(video * config_.depth.depth),
                                                      static_cast<std::size_t>(config_.depth.depth)),
                            frames_.slot(video, token));
        }
        for (int video = 0; video < settings_.videos; ++video) {
            if (SharedFrame picture = frames_.tokenDone(video, token)) {
                result_.frames[static_cast<std::size_t>(video)].push_back(picture);
                say({.kind = Event::Kind::FrameDone,
                     .row = static_cast<std::uint16_t>(video),
                     .token = static_cast<std::uint32_t>(token / config_.stride())});
            }
        }
        result_.seconds.pixels += secondsSince(start);
    }

    Result<void> feedBack(int token)
    {
        const auto start = Clock::now();
        auto report = decoder_.step({codes_.data(), settings_.videos, config_.depth.depth}, token, policy_,
                                    settings_.attention);
        if (!report)
            return report.error();
        result_.seconds.backbone += secondsSince(start);
        result_.seconds.mlp += static_cast<double>(report->mlpNs) * 1e-9;
        result_.replay.add(token, report->outcome);
        for (int layer = 0; layer < config_.backbone.layers; ++layer) {
            const auto outcomes = report->outcome.row(layer);
            for (std::size_t row = 0; row < outcomes.size(); ++row)
                say({.kind = Event::Kind::LayerOutcome,
                     .decision = outcomes[row].decision,
                     .layer = static_cast<std::uint16_t>(layer),
                     .row = static_cast<std::uint16_t>(row),
                     .token = static_cast<std::uint32_t>(token),
                     .policy = policyNumber_,
                     .tas = outcomes[row].tas});
        }
        if (report->card)
            tellCounters(*report->card, token);
        return {};
    }

    void tellCounters(const CardCounters &counters, int token)
    {
        if (!result_.card)
            result_.card.emplace();
        result_.card->add(counters);
        sink_.onEvent({.kind = Event::Kind::CardRun,
                       .layer = static_cast<std::uint16_t>(counters.ports()),
                       .row = static_cast<std::uint16_t>(counters.cores()),
                       .token = static_cast<std::uint32_t>(token)});
        forEachCount(counters, [&](int number, int index, std::int64_t count) {
            if (count != 0)
                sink_.onEvent({.kind = Event::Kind::CardCounted,
                               .layer = static_cast<std::uint16_t>(number),
                               .row = static_cast<std::uint16_t>(index),
                               .token = static_cast<std::uint32_t>(token),
                               .count = count});
        });
    }

    const ModelConfig &config_;
    GenerationResult &result_;
    const RunSettings &settings_;
    Decoder &decoder_;
    RunSink &sink_;
    RunControl &control_;
    ReplayPolicy policy_;
    std::uint32_t policyNumber_ = 0;
    Sampler sampler_;
    std::vector<float> guided_;
    std::vector<std::int32_t> codes_; // [videos, K] of the position at hand
    std::vector<std::int32_t> drawn_;
    FrameBuilder frames_;
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

int maxFrames(const ModelConfig &model, int promptTokens)
{
    // The last token of a video is drawn but never fed back: it needs no position.
    return std::max(0, (model.backbone.maxPositions - promptTokens + 1) / model.stride());
}

std::string GenerationResult::codesSha256(int video) const
{
    Sha256 sha;
    sha.add(std::as_bytes(std::span(codes[static_cast<std::size_t>(video)])));
    return sha.hex();
}

Result<GenerationResult> generate(const Model &model, RunSettings settings, ThreadPool &pool, RunSink &sink,
                                  RunControl &control, const GenerationOptions &options)
{
    const ModelConfig &config = model.checkpoint->config();
    const auto prompt = encodePrompt(*model.tokenizer, settings.prompt);
    if (!prompt)
        return prompt.error();
    if (auto fine = checkRunSettings(settings, config, *prompt); !fine)
        return fine.error();

    GenerationResult result;
    const auto loading = Clock::now();
    sink.onEvent({.kind = Event::Kind::PhaseChanged, .phase = Phase::Loading});
    auto digest = model.checkpoint->digest();
    if (!digest)
        return digest.error();
    result.settings = std::move(settings);
    result.settings.modelDigest = std::move(digest).value();
    result.settings.version = version();
    result.depth = config.depth.depth;
    result.codes.resize(static_cast<std::size_t>(result.settings.videos));
    result.frames.resize(static_cast<std::size_t>(result.settings.videos));
    result.replay = ReplayStatistics(config.backbone.layers, result.settings.frames, config.stride());

    // Without guidance the unconditional rows would be computed for nothing: there are none.
    const RowLayout layout{.videos = result.settings.videos, .guided = result.settings.sampler.cfg != 1.0f};
    auto decoder = Decoder::create(model.checkpoint, result.settings.device, pool, layout, *prompt,
                                   result.settings.frames * config.stride());
    if (!decoder)
        return decoder.error();
    Run run(model, result, *decoder, pool, sink, control, options);
    result.seconds.load = secondsSince(loading);

    const auto prefilling = Clock::now();
    sink.onEvent({.kind = Event::Kind::PhaseChanged, .phase = Phase::Prefill});
    if (auto done = decoder->prefill(); !done)
        return done.error();
    result.seconds.prefill = secondsSince(prefilling);

    if (auto done = run.decode(); !done) {
        if (result.tokens == 0)
            return done.error();
        result.failure = done.error();
    }
    result.seconds.decode = result.seconds.backbone + result.seconds.depth;
    sink.onEvent({.kind = Event::Kind::PhaseChanged,
                  .phase = result.failure     ? Phase::Failed
                           : result.cancelled ? Phase::Cancelled
                                              : Phase::Done});
    return result;
}

} // namespace fastcar
