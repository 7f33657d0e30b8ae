// SPDX-License-Identifier: Apache-2.0
//
// The depth transformer: from a row's hidden state to the logits of the K codes of one position, depth after depth, with
// a KV cache of its own over the at most K depths (docs/model.md, "One visual token").
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace fastcar {

/// One thread at a time. Allocates nothing after construction.
class DepthTransformer {
public:
    /// `backbone`: the format that the device holds the backbone's matrices in; these follow (depthFormat()).
    DepthTransformer(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool, int maxRows,
                     std::optional<NarrowFormat> backbone = std::nullopt);
    ~DepthTransformer();

    /// Starts a position: hidden [rows, D], rows <= maxRows. Returns logits [rows, codes] of depth 0.
    MatrixView<const float> begin(MatrixView<const float> hidden);

    /// The next depth: codes [rows, depths so far] row by row (the rows of a guided pair carry the same codes), as drawn
    /// up to now. Returns logits [rows, codes] of depth `codes.cols`. Valid until the next call.
    MatrixView<const float> next(MatrixView<const int> codes);

    /// Bytes of matrices that a position's K passes read.
    std::uint64_t weightBytesPerToken() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
