// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/frame_builder.h"

namespace fastcar {

namespace {
/// A preview may cost at most a sixth of the time: the next one waits five times as long as the last one
/// took.
constexpr int previewRest = 5;
} // namespace

FrameBuilder::FrameBuilder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool,
                           RunSink &sink, const GenerationOptions &options, int videos)
    : embedding_(checkpoint)
    , decoder_(checkpoint, pool)
    , sink_(sink)
    , options_(options)
    , stride_(checkpoint->config().stride())
    , width_(checkpoint->config().pixels.embedding)
    , latents_(static_cast<std::size_t>(videos) * static_cast<std::size_t>(stride_) *
               static_cast<std::size_t>(width_))
    , nextPreview_(static_cast<std::size_t>(videos))
{
}

void FrameBuilder::take(int video, int token, std::span<const std::int32_t> codes)
{
    const std::size_t position = static_cast<std::size_t>(video * stride_ + token % stride_);
    embedding_.latent(codes, std::span(latents_).subspan(position * static_cast<std::size_t>(width_),
                                                         static_cast<std::size_t>(width_)));
}

SharedFrame FrameBuilder::decode(int video)
{
    auto frame = std::make_shared<Frame>();
    frame->width = decoder_.width();
    frame->height = decoder_.height();
    frame->rgb.resize(static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height) * 3);
    const MatrixView<const float> z{latents_.data() + static_cast<std::ptrdiff_t>(video) * stride_ * width_,
                                    stride_, width_};
    decoder_.decode(z, std::span<std::uint8_t>(frame->rgb));
    return frame;
}

SharedFrame FrameBuilder::frameOf(int video, int token)
{
    if (!options_.pixels || (token + 1) % stride_ != 0)
        return nullptr;
    // A whole frame is a picture, too: where they come fast, nobody misses previews.
    nextPreview_[static_cast<std::size_t>(video)] =
        Clock::now() + std::chrono::milliseconds(options_.previewIntervalMs);
    return decode(video);
}

void FrameBuilder::preview(int video, int token)
{
    const int tokens = token % stride_ + 1;
    if (!options_.pixels || options_.previewIntervalMs <= 0 || tokens == stride_)
        return;
    const auto now = Clock::now();
    auto &due = nextPreview_[static_cast<std::size_t>(video)];
    if (now < due)
        return;
    sink_.onPreview(video, token / stride_, tokens, decode(video));
    const auto cost = Clock::now() - now;
    due = now + std::max<Clock::duration>(std::chrono::milliseconds(options_.previewIntervalMs),
                                          (previewRest + 1) * cost);
}

} // namespace fastcar
