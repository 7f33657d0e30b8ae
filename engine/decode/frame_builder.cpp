// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/frame_builder.h"

#include "engine/model/pixel_decoder.h"

#include <new>
#include <thread>

namespace fastcar {

namespace {

/// A preview may cost at most a sixth of the time: the next one waits five times as long as the last one
/// took.
constexpr int previewRest = 5;

int cores()
{
    return static_cast<int>(std::thread::hardware_concurrency());
}

/// On one thread of its own. The tokens' threads leave it a core.
DecodePicture decoderOfItsOwn(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &tokens)
{
    auto own = std::make_shared<ThreadPool>(1);
    return [decode = pictureDecoder(checkpoint, *own), own, &tokens](std::span<const float> latents) {
        std::optional<ThreadPool::Loan> core;
        if (tokens.threads() >= cores())
            core.emplace(tokens);
        return decode(latents);
    };
}

} // namespace

DecodePicture pictureDecoder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool)
{
    const ModelConfig &config = checkpoint->config();
    const auto decoder = std::make_shared<PixelDecoder>(checkpoint, pool);
    return [decoder, stride = config.stride(),
            width = config.pixels.embedding](std::span<const float> latents) -> Result<SharedFrame> {
        try {
            auto frame = std::make_shared<Frame>();
            frame->width = decoder->width();
            frame->height = decoder->height();
            frame->rgb.resize(static_cast<std::size_t>(frame->width) *
                              static_cast<std::size_t>(frame->height) * 3);
            decoder->decode({latents.data(), stride, width}, std::span<std::uint8_t>(frame->rgb));
            return SharedFrame(std::move(frame));
        } catch (const std::bad_alloc &) {
            return Error{ErrorKind::Io, "There is not enough memory for a picture of " +
                                            std::to_string(decoder->width()) + "x" +
                                            std::to_string(decoder->height()) +
                                            " pixels; close other programs or ask for fewer videos."};
        }
    };
}

FrameBuilder::FrameBuilder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool,
                           const GenerationOptions &options, int videos)
    : embedding_(checkpoint)
    , pixels_(options.pixels)
    , previewInterval_(options.previewIntervalMs)
    , videos_(videos)
    , stride_(checkpoint->config().stride())
    , width_(checkpoint->config().pixels.embedding)
    , latents_(static_cast<std::size_t>(videos) * static_cast<std::size_t>(stride_) *
               static_cast<std::size_t>(width_))
    , nextPreview_(static_cast<std::size_t>(videos))
    , frameBegan_(static_cast<std::size_t>(videos), Clock::now())
{
    if (!pixels_)
        return;
    const bool beside = options.pixelsBeside.value_or(cores() > 1);
    DecodePicture decode = options.decodePicture ? options.decodePicture
                           : beside              ? decoderOfItsOwn(checkpoint, pool)
                                                 : pictureDecoder(checkpoint, pool);
    if (beside)
        thread_ = std::make_unique<PictureThread>(std::move(decode));
    else
        decode_ = std::move(decode);
}

void FrameBuilder::take(int video, int token, std::span<const std::int32_t> codes, bool given)
{
    if (video == 0)
        ofToken_ = Clock::now() - std::exchange(lastToken_, Clock::now());
    const std::size_t position = static_cast<std::size_t>(video * stride_ + token % stride_);
    embedding_.latent(codes, std::span(latents_).subspan(position * static_cast<std::size_t>(width_),
                                                         static_cast<std::size_t>(width_)));
    if (!pixels_ || (token + 1) % stride_ != 0)
        return;
    // A whole frame is a picture, too: where they come fast, nobody misses previews.
    frameBegan_[static_cast<std::size_t>(video)] = Clock::now();
    nextPreview_[static_cast<std::size_t>(video)] = Clock::now() + previewInterval_;
    ask({.video = video, .frame = token / stride_, .tokens = stride_, .given = given});
    // Whoever cancels waits for no more than a frame of each video.
    if (thread_ && !given)
        thread_->wait(static_cast<std::size_t>(videos_));
}

/// At the pace of its first `tokens` tokens, before the preview after this one would be due.
bool FrameBuilder::isWholeSoon(int video, int tokens) const
{
    const auto passed = Clock::now() - frameBegan_[static_cast<std::size_t>(video)];
    return passed * (stride_ - tokens) / tokens < previewInterval_;
}

void FrameBuilder::preview(int video, int token)
{
    const int tokens = token % stride_ + 1;
    const auto due = nextPreview_[static_cast<std::size_t>(video)];
    if (!pixels_ || previewInterval_.count() <= 0 || tokens == stride_ || Clock::now() < due ||
        (thread_ && thread_->left() > 0))
        return;
    const bool first = due == Clock::time_point{};
    if (!first && isWholeSoon(video, tokens))
        return;
    ask({.video = video, .frame = token / stride_, .tokens = tokens, .whole = false});
}

void FrameBuilder::ask(const PictureTicket &ticket)
{
    const std::size_t size = static_cast<std::size_t>(stride_) * static_cast<std::size_t>(width_);
    const std::span<const float> latents =
        std::span(latents_).subspan(static_cast<std::size_t>(ticket.video) * size, size);
    if (thread_)
        return thread_->ask(ticket, latents);
    const auto start = Clock::now();
    done_.push_back({.ticket = ticket, .picture = decode_(latents)});
    done_.back().seconds = std::chrono::duration<double>(Clock::now() - start).count();
}

bool FrameBuilder::tokensAreSlow() const
{
    constexpr double far = 10.0; // so what it costs is not noticed
    return std::chrono::duration<double>(ofToken_).count() > far * ofPicture_;
}

std::vector<FrameBuilder::Done> FrameBuilder::pictures()
{
    if (thread_ && tokensAreSlow())
        thread_->wait();
    return taken(thread_ ? thread_->take() : std::exchange(done_, {}));
}

std::vector<FrameBuilder::Done> FrameBuilder::allPictures()
{
    if (thread_)
        thread_->wait();
    return pictures();
}

/// The next preview is due so long after what this one cost.
std::vector<FrameBuilder::Done> FrameBuilder::taken(std::vector<Done> done)
{
    for (const Done &one : done) {
        ofPicture_ = one.seconds;
        if (one.ticket.whole)
            continue;
        const auto rest = std::chrono::duration<double>(previewRest * one.seconds);
        nextPreview_[static_cast<std::size_t>(one.ticket.video)] =
            Clock::now() +
            std::max<Clock::duration>(previewInterval_, std::chrono::duration_cast<Clock::duration>(rest));
    }
    return done;
}

} // namespace fastcar
