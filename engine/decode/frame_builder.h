// SPDX-License-Identifier: Apache-2.0
//
// Collects the latents of the frames in progress and makes pictures of them: each frame when its last token
// is there, and in between, where somebody watches, previews of what there is so far. Where there is a second
// core, a thread makes them while the next tokens come, and the tokens' threads leave it one meanwhile; else
// the engine's threads do between two tokens.
#pragma once

#include "engine/decode/generation.h"
#include "engine/decode/picture_thread.h"
#include "engine/model/visual_embedding.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace fastcar {

class FrameBuilder {
public:
    FrameBuilder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool,
                 const GenerationOptions &options, int videos);

    /// Takes the codes [K] of a video's token. A position keeps the frame before's latent until then, so that
    /// a preview shows a whole picture. The frame's picture is asked for if that was its last token; `given`:
    /// the sink knows it.
    void take(int video, int token, std::span<const std::int32_t> codes, bool given = false);
    /// After take(): asks for a preview of the frame in progress if one is due.
    void preview(int video, int token);

    /// A thread makes them.
    bool beside() const { return thread_ != nullptr; }

    using Done = PictureThread::Done;
    /// The pictures that are there, frame by frame; in between the newest previews. Where a token takes far
    /// longer than a picture, those that were asked for are waited for, or they would be seen a token late.
    std::vector<Done> pictures();
    /// All that were asked for: returns when the last of them is made.
    std::vector<Done> allPictures();

private:
    void ask(const PictureTicket &ticket);
    std::vector<Done> taken(std::vector<Done> done);
    bool isWholeSoon(int video, int tokens) const;
    bool tokensAreSlow() const;

    VisualEmbedding embedding_;
    DecodePicture decode_; // without a thread
    std::unique_ptr<PictureThread> thread_;
    bool pixels_ = true;
    std::chrono::milliseconds previewInterval_;
    int videos_ = 1;
    int stride_ = 0;
    int width_ = 0;              // E
    std::vector<float> latents_; // [videos, stride, E]
    std::vector<Done> done_;     // without a thread
    using Clock = std::chrono::steady_clock;
    std::vector<Clock::time_point> nextPreview_; // per video; none before its first
    std::vector<Clock::time_point> frameBegan_;  // per video
    Clock::time_point lastToken_ = Clock::now();
    Clock::duration ofToken_{}; // what the last one took
    double ofPicture_ = 0.05;   // seconds that the last one took; a guess before the first
};

/// What makes the pictures of a model, on `pool`'s threads, one picture at a time. It outlives neither.
DecodePicture pictureDecoder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool);

} // namespace fastcar
