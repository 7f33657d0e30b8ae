// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/checkpoint_shape.h"

#include <algorithm>

namespace fastcar {

namespace {

using nlohmann::json;

/// Where docs/checkpoints.md and the files' sizes leave VILA-U's configs open, the likeliest values stand here.
std::vector<CheckpointShape> makeShapes()
{
    const CheckpointShape large{.name = "vila-u-7b",
                                .description = "VILA-U 7B at 256x256: 32 layers of 4096",
                                .layers = 32,
                                .hidden = 4096,
                                .intermediate = 11008,
                                .heads = 32,
                                .kvHeads = 32,
                                .vocabulary = 32004,
                                .positions = 4096,
                                .ropeScaling = 2.0f,
                                .grid = 16,
                                .codes = 16384,
                                .depthLayers = 6,
                                .depthHidden = 2560,
                                .depthHeads = 40,
                                .embedding = 1024,
                                .zChannels = 256,
                                .channels = 128,
                                .residualBlocks = 2,
                                .multipliers = {1, 1, 2, 2, 4},
                                .attention = {}};
    CheckpointShape slice = large;
    slice.name = "vila-u-7b-slice";
    slice.description = "four of VILA-U 7B's layers, and all of the rest";
    slice.layers = 4;
    const CheckpointShape standard{.name = "default",
                                   .description = "the model that comes with FastCar: 5 layers of 192, 64x64 pixels",
                                   .layers = 5,
                                   .hidden = 192,
                                   .intermediate = 1536,
                                   .heads = 3,
                                   .kvHeads = 3,
                                   .vocabulary = 452,
                                   .positions = 1024,
                                   .grid = 8,
                                   .codes = 512,
                                   .depthLayers = 1,
                                   .depthHidden = 128,
                                   .depthHeads = 4,
                                   .embedding = 48,
                                   .zChannels = 64,
                                   .channels = 32,
                                   .multipliers = {1, 1, 2, 2},
                                   .attention = {}};
    CheckpointShape medium = large;
    medium.name = "medium";
    medium.description = "16 layers of 1024, 128x128 pixels: some hundred million parameters";
    medium.layers = 16;
    medium.hidden = 1024;
    medium.intermediate = 4096;
    medium.heads = medium.kvHeads = 8;
    medium.depthLayers = 3;
    medium.depthHidden = 640;
    medium.depthHeads = 10;
    medium.codes = 4096;
    medium.embedding = 256;
    medium.channels = 64;
    medium.multipliers = {1, 1, 2, 2};
    const CheckpointShape tiny{.name = "tiny",
                               .description = "2 layers of 64, 16x16 pixels: to test with",
                               .layers = 2,
                               .hidden = 64,
                               .intermediate = 160,
                               .heads = 4,
                               .kvHeads = 2,
                               .vocabulary = 452,
                               .positions = 1024,
                               .frames = 3,
                               .grid = 4,
                               .codes = 32,
                               .depthLayers = 1,
                               .depthHidden = 48,
                               .depthHeads = 4,
                               .embedding = 24,
                               .zChannels = 32,
                               .channels = 32,
                               .multipliers = {1, 2, 2},
                               .attention = {4}};
    return {large, slice, medium, standard, tiny};
}

json llmConfig(const CheckpointShape &shape, const std::string &type)
{
    const json scaling = shape.ropeScaling == 1.0f ? json() : json{{"type", "linear"}, {"factor", shape.ropeScaling}};
    return {{"architectures", {"LlamaForCausalLM"}},
            {"attention_bias", false},
            {"bos_token_id", 1},
            {"eos_token_id", 2},
            {"hidden_act", "silu"},
            {"hidden_size", shape.hidden},
            {"intermediate_size", shape.intermediate},
            {"max_position_embeddings", shape.positions},
            {"model_type", "llama"},
            {"num_attention_heads", shape.heads},
            {"num_hidden_layers", shape.layers},
            {"num_key_value_heads", shape.kvHeads},
            {"pad_token_id", 0},
            {"rms_norm_eps", 1e-5},
            {"rope_scaling", scaling},
            {"rope_theta", 10000.0},
            {"tie_word_embeddings", false},
            {"torch_dtype", type},
            {"vocab_size", shape.vocabulary}};
}

json visionConfig(const CheckpointShape &shape, const std::string &type)
{
    const json depth{{"block_size", {shape.grid, shape.grid, shape.depth}},
                     {"embed_dim", shape.depthHidden},
                     {"head", {{"block", {{"n_head", shape.depthHeads}}}, {"n_layer", shape.depthLayers}}},
                     {"input_embed_dim_1", shape.embedding},
                     {"input_embed_dim_2", shape.hidden},
                     {"model_type", "rqtransformer_model"},
                     {"vocab_size", shape.codes}};
    const json decoder{{"attn_resolutions", shape.attention},
                       {"ch", shape.channels},
                       {"ch_mult", shape.multipliers},
                       {"in_channels", 3},
                       {"num_res_blocks", shape.residualBlocks},
                       {"out_ch", 3},
                       {"resolution", shape.resolution()},
                       {"z_channels", shape.zChannels}};
    const json pixels{{"code_shape", {shape.grid, shape.grid, shape.depth}},
                      {"ddconfig", decoder},
                      {"decoder_latent_shape", json()},
                      {"embed_dim", shape.embedding},
                      {"latent_shape", {shape.grid, shape.grid, shape.embedding}},
                      {"model_type", "rqvaesiglip_model"},
                      {"n_embed", shape.codes},
                      {"shared_codebook", false}};
    return {{"hidden_size", shape.embedding},
            {"model_type", "rqvaesigliptransformer_model"},
            {"rqtransformer", depth},
            {"rqvaesiglip", pixels},
            {"torch_dtype", type}};
}

} // namespace

const std::vector<CheckpointShape> &checkpointShapes()
{
    static const std::vector<CheckpointShape> shapes = makeShapes();
    return shapes;
}

const CheckpointShape *checkpointShape(std::string_view name)
{
    const auto &shapes = checkpointShapes();
    const auto found = std::ranges::find(shapes, name, &CheckpointShape::name);
    return found != shapes.end() ? &*found : nullptr;
}

std::map<std::string, json> configsOf(const CheckpointShape &shape, const std::string &type)
{
    const json llm = llmConfig(shape, type), vision = visionConfig(shape, type);
    const json projector{
        {"mm_projector_type", "mlp2x_gelu"}, {"model_type", "v2l_projector"}, {"torch_dtype", type}};
    const json root{{"hidden_size", shape.hidden},        {"llm_cfg", llm},
                    {"mm_hidden_size", shape.embedding},  {"mm_projector_cfg", projector},
                    {"model_type", "vila_u_llama"},       {"num_video_frames", shape.frames},
                    {"vision_tower_cfg", vision}};
    return {{"config.json", root},
            {"llm/config.json", llm},
            {"mm_projector/config.json", projector},
            {"vision_tower/config.json", vision}};
}

} // namespace fastcar
