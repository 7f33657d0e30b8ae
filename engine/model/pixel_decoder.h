// SPDX-License-Identifier: Apache-2.0
//
// The RQ-VAE decoder: the summed code embeddings of a frame to its pixels (docs/model.md, "Pixels").
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <memory>
#include <span>

namespace fastcar {

/// One thread at a time. Allocates nothing after construction.
class PixelDecoder {
public:
    /// What it decodes with. Weights are converted: they may go away after construction.
    struct Source {
        PixelDecoderConfig config;
        int gridHeight = 0;
        int gridWidth = 0;
        const PixelDecoderWeights &weights;
    };
    PixelDecoder(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool);
    PixelDecoder(const Source &source, ThreadPool &pool);
    ~PixelDecoder();

    int width() const;
    int height() const;

    /// z [stride, E], raster order -> values [height, width, 3] of (y + 1) * 127.5, neither clamped nor rounded.
    void decode(MatrixView<const float> z, std::span<float> values);
    /// The same, clamped to 0..255 and truncated: RGB, row by row.
    void decode(MatrixView<const float> z, std::span<std::uint8_t> rgb);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
