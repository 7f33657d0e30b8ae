// SPDX-License-Identifier: Apache-2.0
//
// The tensors of a checkpoint by what they are for. The list of a network's tensors stands here and in the
// loader that fills it, nowhere else. All views point into the mapped files of the Checkpoint that they came
// from, have the type that the file has (f32, f16 or bf16) and shapes that the loader has checked; [out, in]
// for matrices.
#pragma once

#include "engine/tensor/narrow_matrix.h"
#include "engine/tensor/tensor.h"

#include <vector>

namespace fastcar {

struct LinearWeights {
    TensorView weight;   // [out, in]; absent where the file holds it in 8 or 4 bits
    TensorView bias;     // [out]; absent where the network has none
    NarrowMatrix narrow; // in weight's place

    std::int64_t out() const { return narrow ? narrow.out : weight.shape[0]; }
    std::int64_t in() const { return narrow ? narrow.in : weight.shape[1]; }
};

/// Row `o` of the matrix, whatever it is stored in; `to` has in() elements.
void rowToF32(const LinearWeights &linear, std::int64_t o, std::span<float> to);

struct NormWeights {
    TensorView weight; // [channels]
    TensorView bias;   // [channels]; absent for RMSNorm
};

struct ConvWeights {
    TensorView weight; // [out, in, kernel, kernel]; kernel 1 or 3, "same" padding
    TensorView bias;   // [out]
};

struct BackboneLayerWeights {
    NormWeights inputNorm;
    LinearWeights query, key, value, output;
    NormWeights postAttentionNorm;
    LinearWeights gate, up, down;
};

struct BackboneWeights {
    TensorView tokenEmbeddings; // [vocabulary, D]
    std::vector<BackboneLayerWeights> layers;
    NormWeights finalNorm;
};

/// Code embedding [E] -> backbone input [D]: linear, exact GELU, linear.
struct ProjectorWeights {
    LinearWeights first, second;
};

struct DepthLayerWeights {
    NormWeights norm1, norm2;
    LinearWeights query, key, value, output;
    LinearWeights up, down;
};

struct DepthWeights {
    LinearWeights codeInput;       // in_mlp_1
    LinearWeights stateInput;      // in_mlp_2
    TensorView positionEmbeddings; // [1, K, hidden]
    std::vector<DepthLayerWeights> layers;
    NormWeights classifierNorm;
    LinearWeights classifier; // [codes, hidden]
};

struct ResidualBlockWeights {
    NormWeights norm1;
    ConvWeights conv1;
    NormWeights norm2;
    ConvWeights conv2;
    ConvWeights shortcut; // 1x1; absent where the channels stay
};

struct AttentionBlockWeights {
    NormWeights norm;
    ConvWeights query, key, value, output; // 1x1
};

struct DecoderLevelWeights {
    std::vector<ResidualBlockWeights> blocks;
    std::vector<AttentionBlockWeights> attention; // one behind each block, or none
    ConvWeights upsample;                         // absent at level 0
};

struct PixelDecoderWeights {
    ConvWeights postQuant; // 1x1
    ConvWeights input;
    ResidualBlockWeights middle1;
    AttentionBlockWeights middleAttention;
    ResidualBlockWeights middle2;
    std::vector<DecoderLevelWeights> levels; // levels[0] is full resolution; run from the last to the first
    NormWeights outputNorm;
    ConvWeights output;
};

/// The matrices of backbone and depth transformer, in the order in which they run: those that may be held in 8 or 4
/// bits. What is left (embeddings, projector, codebooks, pixels) is small or read by rows.
std::vector<const LinearWeights *> matricesOf(const BackboneWeights &backbone);
std::vector<const LinearWeights *> matricesOf(const DepthWeights &depth);

/// The depth transformer's where the backbone's are held in `backbone`: it decides the codes directly, and so stays at 8
/// bits where the backbone goes down to 4.
constexpr NarrowFormat depthFormat(NarrowFormat /*backbone*/)
{
    return NarrowFormat::Int8;
}

struct ModelWeights {
    BackboneWeights backbone;
    ProjectorWeights projector;
    DepthWeights depth;
    std::vector<TensorView> codebooks; // K views [codes + 1 or more, E]; the same one K times if it is shared
    PixelDecoderWeights pixels;
};

} // namespace fastcar
