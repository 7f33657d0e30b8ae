// SPDX-License-Identifier: Apache-2.0
//
// What a VILA-U checkpoint says of itself (docs/checkpoints.md): sizes and constants of the three networks.
// Every number here was read from a config file and held against the shapes of the tensors; nothing is
// assumed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

/// The language model that carries the video (a Llama).
struct BackboneConfig {
    int layers = 0;
    int hidden = 0;       // D
    int intermediate = 0; // width of the MLP
    int heads = 0;
    int kvHeads = 0; // divides heads; equal to heads without grouped-query attention
    int headDim = 0; // even
    int vocabulary = 0;
    int maxPositions =
        0; // max_position_embeddings times the linear scaling factor: what RoPE was trained for
    float ropeTheta = 10000.0f;
    float ropeScaling = 1.0f; // linear scaling: position p turns by p / ropeScaling
    float rmsNormEps = 1e-5f;
};

/// The small transformer that draws the K codes of one position, one depth after another.
struct DepthConfig {
    int layers = 0;
    int hidden = 0;
    int heads = 0;
    int depth = 0;      // K
    int codes = 0;      // codes that can be drawn at each depth (the codebook's padding row is not one)
    int codeInput = 0;  // width of a code embedding (input_embed_dim_1)
    int stateInput = 0; // width of the backbone's hidden state (input_embed_dim_2)
};

/// The RQ-VAE decoder: code embeddings of a frame to its pixels.
struct PixelDecoderConfig {
    int embedding = 0; // E: width of a code embedding
    int zChannels = 0;
    int channels = 0; // ch
    std::vector<int> channelMultipliers;
    int residualBlocks = 0; // num_res_blocks; a level of the decoder has one more
    int resolution = 0;
    std::vector<int> attentionResolutions;
    int outputChannels = 3;
    struct Latent {
        int height = 0;
        int width = 0;
    };
    std::optional<Latent> latent; // decoder_latent_shape: resize the code embeddings to this first
    int frameHeight = 0;          // of the decoded picture
    int frameWidth = 0;
};

struct ModelConfig {
    BackboneConfig backbone;
    DepthConfig depth;
    PixelDecoderConfig pixels;
    int gridHeight = 0; // positions of a frame
    int gridWidth = 0;
    int videoFrames = 0; // frames that the model was trained for: the default length of a clip
    bool sharedCodebook = false;

    /// N: visual tokens of a frame, and the distance to the same position of the frame before.
    int stride() const { return gridHeight * gridWidth; }
};

} // namespace fastcar
