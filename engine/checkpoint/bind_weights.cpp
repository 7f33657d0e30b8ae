// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/bind_weights.h"

#include "engine/checkpoint/bind_pixel_decoder.h"
#include "engine/checkpoint/weight_binder.h"

namespace fastcar {

namespace {

std::string numbered(const std::string &prefix, int number)
{
    return prefix + std::to_string(number);
}

BackboneLayerWeights bindBackboneLayer(WeightBinder &bind, const BackboneConfig &config,
                                       const std::string &layer)
{
    const std::int64_t queryWidth = std::int64_t{config.heads} * config.headDim;
    const std::int64_t keyWidth = std::int64_t{config.kvHeads} * config.headDim;
    const std::string attention = layer + ".self_attn.";
    const std::string mlp = layer + ".mlp.";
    BackboneLayerWeights weights;
    weights.inputNorm = bind.rmsNorm(layer + ".input_layernorm", config.hidden);
    weights.query = bind.linearWithoutBias(attention + "q_proj", queryWidth, config.hidden);
    weights.key = bind.linearWithoutBias(attention + "k_proj", keyWidth, config.hidden);
    weights.value = bind.linearWithoutBias(attention + "v_proj", keyWidth, config.hidden);
    weights.output = bind.linearWithoutBias(attention + "o_proj", config.hidden, queryWidth);
    weights.postAttentionNorm = bind.rmsNorm(layer + ".post_attention_layernorm", config.hidden);
    weights.gate = bind.linearWithoutBias(mlp + "gate_proj", config.intermediate, config.hidden);
    weights.up = bind.linearWithoutBias(mlp + "up_proj", config.intermediate, config.hidden);
    weights.down = bind.linearWithoutBias(mlp + "down_proj", config.hidden, config.intermediate);
    return weights;
}

BackboneWeights bindBackbone(WeightBinder bind, const BackboneConfig &config)
{
    BackboneWeights weights;
    weights.tokenEmbeddings = bind.tensor("model.embed_tokens.weight", {config.vocabulary, config.hidden});
    for (int layer = 0; layer < config.layers && !bind.failed(); ++layer)
        weights.layers.push_back(bindBackboneLayer(bind, config, numbered("model.layers.", layer)));
    weights.finalNorm = bind.rmsNorm("model.norm", config.hidden);
    bind.refuseUnused("model.",
                      "A plain Llama without biases and without norms on query and key is supported; "
                      "check num_hidden_layers.");
    return weights;
}

ProjectorWeights bindProjector(WeightBinder bind, const ModelConfig &config)
{
    const int width = config.backbone.hidden;
    // 1 is the GELU between them.
    ProjectorWeights weights{bind.wideLinear("layers.0", width, config.pixels.embedding),
                             bind.wideLinear("layers.2", width, width)};
    bind.refuseUnused("layers.", "Two linear layers with biases are supported.");
    return weights;
}

DepthLayerWeights bindDepthLayer(WeightBinder &bind, std::int64_t width, const std::string &layer)
{
    DepthLayerWeights weights;
    weights.norm1 = bind.norm(layer + ".ln1", width);
    weights.norm2 = bind.norm(layer + ".ln2", width);
    weights.query = bind.linear(layer + ".attn.query", width, width);
    weights.key = bind.linear(layer + ".attn.key", width, width);
    weights.value = bind.linear(layer + ".attn.value", width, width);
    weights.output = bind.linear(layer + ".attn.proj", width, width);
    weights.up = bind.linear(layer + ".mlp.0", 4 * width, width);
    weights.down = bind.linear(layer + ".mlp.2", width, 4 * width);
    return weights;
}

DepthWeights bindDepth(WeightBinder bind, const DepthConfig &config)
{
    const std::string root = "rqtransformer.";
    DepthWeights weights;
    weights.codeInput = bind.linear(root + "in_mlp_1", config.hidden, config.codeInput);
    weights.stateInput = bind.linear(root + "in_mlp_2", config.hidden, config.stateInput);
    weights.positionEmbeddings = bind.tensor(root + "pos_emb_d", {1, config.depth, config.hidden});
    for (int layer = 0; layer < config.layers && !bind.failed(); ++layer)
        weights.layers.push_back(
            bindDepthLayer(bind, config.hidden, numbered(root + "head_transformer.blocks.", layer)));
    weights.classifierNorm = bind.norm(root + "classifier_mlp.layer_norm", config.hidden);
    weights.classifier = bind.linear(root + "classifier_mlp.linear", config.codes, config.hidden);
    bind.refuseUnused(root, "Check rqtransformer: head: n_layer.");
    return weights;
}

std::vector<TensorView> bindCodebooks(WeightBinder bind, const ModelConfig &config)
{
    std::vector<TensorView> codebooks;
    for (int depth = 0; depth < config.depth.depth && !bind.failed(); ++depth) {
        // Copies of a shared codebook may be stored or not; the first one is the codebook.
        const int stored = config.sharedCodebook ? 0 : depth;
        codebooks.push_back(bind.tensor(numbered("rqvaesiglip.quantizer.codebooks.", stored) + ".weight",
                                        {config.depth.codes + 1, config.pixels.embedding}));
    }
    return codebooks;
}

} // namespace

Result<ModelWeights> bindWeights(const ModelConfig &config, Component &llm, Component &projector,
                                 Component &vision)
{
    std::optional<Error> error;
    ModelWeights weights;
    weights.backbone = bindBackbone(WeightBinder(llm, error), config.backbone);
    weights.projector = bindProjector(WeightBinder(projector, error), config);
    weights.depth = bindDepth(WeightBinder(vision, error), config.depth);
    weights.codebooks = bindCodebooks(WeightBinder(vision, error), config);
    weights.pixels = bindPixelDecoder(WeightBinder(vision, error), config.pixels);
    if (error)
        return *error;
    return weights;
}

} // namespace fastcar
