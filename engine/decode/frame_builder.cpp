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
    : decoder_(checkpoint, pool)
    , sink_(sink)
    , options_(options)
    , stride_(checkpoint->config().stride())
    , width_(checkpoint->config().pixels.embedding)
    , latents_(static_cast<std::size_t>(videos) * static_cast<std::size_t>(stride_) *
               static_cast<std::size_t>(width_))
    , nextPreview_(static_cast<std::size_t>(videos))
{
}

std::span<float> FrameBuilder::slot(int video, int token)
{
    const std::size_t position = static_cast<std::size_t>(video * stride_ + token % stride_);
    return std::span(latents_).subspan(position * static_cast<std::size_t>(width_),
                                       static_cast<std::size_t>(width_));
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

SharedFrame FrameBuilder::tokenDone(int video, int token)
{
    if (!options_.pixels)
        return nullptr;
    const int frame = token / stride_;
    const int tokens = token % stride_ + 1;
    if (tokens == stride_) {
        SharedFrame picture = decode(video);
        sink_.onFrame(video, frame, picture);
        return picture;
    }
    const auto now = Clock::now();
    auto &due = nextPreview_[static_cast<std::size_t>(video)];
    if (options_.previewIntervalMs > 0 && now >= due) {
        sink_.onPreview(video, frame, tokens, decode(video));
        const auto cost = Clock::now() - now;
        due = now + std::max<Clock::duration>(std::chrono::milliseconds(options_.previewIntervalMs),
                                              (previewRest + 1) * cost);
    }
    return nullptr;
}

} // namespace fastcar
