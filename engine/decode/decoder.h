// SPDX-License-Identifier: Apache-2.0
//
// The networks of one run, put together for decoding: prompts in, then alternately the codes of a position
// (drawn or given) and a backbone step. Generation and teacher forcing are both loops over this.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/backend/thread_pool.h"
#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/model/depth_transformer.h"
#include "engine/model/visual_embedding.h"
#include "engine/text/prompt.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fastcar {

/// One thread at a time.
class Decoder {
public:
    /// Makes room for `visualTokens` tokens of `layout.videos` videos behind one prompt.
    static Result<Decoder> create(const std::shared_ptr<const Checkpoint> &checkpoint,
                                  std::string_view device, ThreadPool &pool, RowLayout layout,
                                  const PromptIds &prompt, int visualTokens);

    /// Runs the prompt of every row.
    Result<void> prefill();

    /// [rows, D]: the state that predicts the next visual token. Valid after prefill() and after each step().
    MatrixView<const float> hidden() const { return {hidden_.data(), layout_.rows(), hiddenSize_}; }

    /// The depth transformer's logits [rows, codes] of the first code of a position, and of the next one
    /// behind `codes` [videos, depths so far].
    MatrixView<const float> firstLogits() { return depth_->begin(hidden()); }
    MatrixView<const float> nextLogits(MatrixView<const std::int32_t> codes);

    /// Feeds the codes [videos, K] of visual token `visualToken` back, as the input of a step of every row.
    /// The report is valid until the next call.
    Result<StepReport> step(MatrixView<const std::int32_t> codes, int visualToken, const ReplayPolicy &policy,
                            const AttentionSpan &attention, bool headScores = false);

    /// Bytes of the depth transformer's weights that a token's codes read.
    std::uint64_t depthBytesPerToken() const { return depth_->weightBytesPerToken(); }

    const RowLayout &layout() const { return layout_; }

private:
    Decoder() = default;

    RowLayout layout_;
    PromptIds prompt_;
    int hiddenSize_ = 0;
    int depths_ = 0;
    std::unique_ptr<Backbone> backbone_;
    std::unique_ptr<VisualEmbedding> embedding_;
    std::unique_ptr<DepthTransformer> depth_;
    std::vector<float> hidden_;          // [rows, D]
    std::vector<float> inputs_;          // [rows, D]
    std::vector<float> latent_;          // [E]
    std::vector<std::int32_t> rowCodes_; // [rows, K]
};

} // namespace fastcar
