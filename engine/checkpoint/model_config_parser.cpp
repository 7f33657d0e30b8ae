// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/model_config_parser.h"

#include <algorithm>

namespace fastcar {

namespace {

// Bounds of what we believe. They keep products of sizes within 64 bits, and what is allocated by them
// (layers, frames) within reason; the published models stay far below.
constexpr int maxWidth = 1 << 20;
constexpr int maxLayers = 1024;
constexpr int maxHeads = 1024;
constexpr int maxVocabulary = 1 << 24;
constexpr int maxSide = 512;    // of the grid of positions
constexpr int maxPixels = 8192; // a side of the decoded frame
constexpr int maxDepth = 64;
constexpr int maxVideoFrames = 4096;
constexpr int groupNormGroups = 32;

void requireOneOf(JsonFields &fields, const char *key, std::initializer_list<const char *> known)
{
    if (!fields.has(key))
        return;
    const std::string found = fields.textOr(key, "");
    if (std::find(known.begin(), known.end(), found) != known.end())
        return;
    std::string expected;
    for (const char *name : known)
        expected += (expected.empty() ? "\"" : " or \"") + std::string(name) + "\"";
    fields.complain(key, found, expected, ErrorKind::Unsupported);
}

void requireFlag(JsonFields &fields, const char *key, bool supported)
{
    if (fields.flagOr(key, supported) != supported)
        fields.complain(key, !supported, supported ? "true" : "false", ErrorKind::Unsupported);
}

/// The factor by which positions are divided.
float parseRopeScaling(JsonFields &llm)
{
    if (llm.has("rope_parameters"))
        llm.complain(
            "rope_parameters is given, a newer way to write rope_theta and rope_scaling; only those two are "
            "read.",
            ErrorKind::Unsupported);
    if (!llm.has("rope_scaling"))
        return 1.0f;
    JsonFields scaling = llm.object("rope_scaling");
    // "type" was renamed; a file may carry both.
    const std::string type = scaling.textOr("rope_type", scaling.textOr("type", ""));
    if (scaling.has("type") && scaling.textOr("type", "") != type)
        scaling.complain("type", scaling.raw()["type"], "the same as rope_type, \"" + type + "\",");
    if (type == "default")
        return 1.0f;
    if (type != "linear")
        scaling.complain(type.empty() ? "the field type is missing; \"linear\" expected."
                                      : "the type is \"" + type + "\"; only \"linear\" is supported.",
                         type.empty() ? ErrorKind::Corrupt : ErrorKind::Unsupported);
    return scaling.number("factor", 1.0, 1024.0);
}

BackboneConfig parseBackbone(JsonFields llm)
{
    BackboneConfig config;
    requireOneOf(llm, "model_type", {"llama"});
    config.hidden = llm.integer("hidden_size", 1, maxWidth);
    config.intermediate = llm.integer("intermediate_size", 1, maxWidth);
    config.layers = llm.integer("num_hidden_layers", 1, maxLayers);
    config.heads = llm.integer("num_attention_heads", 1, maxHeads);
    config.kvHeads = llm.integerOr("num_key_value_heads", config.heads, 1, maxHeads);
    config.vocabulary = llm.integer("vocab_size", 1, maxVocabulary);
    if (config.heads % config.kvHeads != 0)
        llm.complain("num_attention_heads " + std::to_string(config.heads) +
                     " is not a multiple of num_key_value_heads " + std::to_string(config.kvHeads) + ".");
    if (!llm.has("head_dim") && config.hidden % config.heads != 0)
        llm.complain("hidden_size " + std::to_string(config.hidden) +
                     " is not a multiple of num_attention_heads " + std::to_string(config.heads) +
                     ", and head_dim is not given.");
    config.headDim = llm.integerOr("head_dim", config.hidden / config.heads, 2, maxWidth / config.heads);
    if (config.headDim % 2 != 0)
        llm.complain("head_dim " + std::to_string(config.headDim) + " is odd; rotary embeddings turn pairs.");
    config.rmsNormEps = llm.number("rms_norm_eps", 1e-12, 0.1);
    config.ropeTheta = llm.numberOr("rope_theta", 10000.0f, 1.0, 1e9);
    config.ropeScaling = parseRopeScaling(llm);
    const int window = llm.integer("max_position_embeddings", 1, 1 << 20);
    config.maxPositions =
        static_cast<int>(static_cast<double>(window) * static_cast<double>(config.ropeScaling));
    requireOneOf(llm, "hidden_act", {"silu"});
    requireFlag(llm, "attention_bias", false);
    requireFlag(llm, "mlp_bias", false);
    return config;
}

/// "n_embed" and "vocab_size" may list one number per depth; we need them all alike.
int parseCodes(JsonFields &fields, const char *key, int depth)
{
    if (!fields.has(key) || !fields.raw()[key].is_array())
        return fields.integer(key, 1, maxVocabulary);
    const auto count = static_cast<std::size_t>(depth);
    const std::vector<int> codes = fields.integers(key, count, count, 1, maxVocabulary);
    if (std::any_of(codes.begin(), codes.end(), [&](int n) { return n != codes[0]; }))
        fields.complain(key, fields.raw()[key], "the same number for every depth", ErrorKind::Unsupported);
    return codes[0];
}

struct CodeGrid {
    int height = 0;
    int width = 0;
    int depth = 0;
};

DepthConfig parseDepth(JsonFields fields, CodeGrid &grid)
{
    DepthConfig config;
    const std::vector<int> block = fields.integers("block_size", 3, 3, 1, maxSide);
    grid = {block[0], block[1], block[2]};
    if (grid.depth > maxDepth)
        fields.complain("block_size", fields.raw()["block_size"],
                        "a depth of at most " + std::to_string(maxDepth));
    config.depth = grid.depth;
    config.hidden = fields.integer("embed_dim", 1, maxWidth);
    config.codeInput = fields.integer("input_embed_dim_1", 1, maxWidth);
    config.stateInput = fields.integer("input_embed_dim_2", 1, maxWidth);
    config.codes = parseCodes(fields, "vocab_size", config.depth);
    JsonFields head = fields.object("head");
    config.layers = head.integer("n_layer", 1, maxLayers);
    JsonFields layer = head.object("block");
    config.heads = layer.integer("n_head", 1, maxHeads);
    if (config.hidden % config.heads != 0)
        layer.complain("n_head " + std::to_string(config.heads) + " does not divide embed_dim " +
                       std::to_string(config.hidden) + ".");
    requireOneOf(layer, "gelu", {"v1"}); // the exact one; v2 is an approximation
    requireFlag(layer, "attn_bias", true);
    requireFlag(layer, "mlp_bias", true);
    return config;
}

void parseDecoder(JsonFields fields, PixelDecoderConfig &config)
{
    config.zChannels = fields.integer("z_channels", 1, maxWidth);
    config.channels = fields.integer("ch", 1, maxWidth);
    config.channelMultipliers = fields.integers("ch_mult", 1, 12, 1, 1024);
    config.residualBlocks = fields.integer("num_res_blocks", 0, 64);
    config.resolution = fields.integer("resolution", 1, maxPixels);
    config.outputChannels = fields.integer("out_ch", 1, maxWidth);
    config.attentionResolutions = fields.integers("attn_resolutions", 0, 12, 1, maxPixels);
    if (config.outputChannels != 3)
        fields.complain("out_ch", config.outputChannels, "3 (red, green, blue)", ErrorKind::Unsupported);
    requireFlag(fields, "resamp_with_conv", true);
    requireFlag(fields, "give_pre_end", false);
    requireFlag(fields, "tanh_out", false);
    for (int multiplier : config.channelMultipliers) {
        const std::int64_t width = std::int64_t{multiplier} * config.channels;
        if (width > maxWidth || width % groupNormGroups != 0)
            fields.complain("ch " + std::to_string(config.channels) + " times " + std::to_string(multiplier) +
                            " of ch_mult is " + std::to_string(width) +
                            "; the decoder's GroupNorm needs a multiple of 32, at most " +
                            std::to_string(maxWidth) + ".");
    }
}

void requireShape(JsonFields &fields, const char *key, const std::vector<int> &expected,
                  const std::string &why)
{
    const std::vector<int> found = fields.integers(key, 3, 3, 1, maxWidth);
    if (found != expected)
        fields.complain(key, fields.raw().value(key, nlohmann::json()),
                        nlohmann::json(expected).dump() + ", " + why + ",");
}

PixelDecoderConfig parsePixels(JsonFields fields, const CodeGrid &grid, const DepthConfig &depth)
{
    PixelDecoderConfig config;
    config.embedding = fields.integer("embed_dim", 1, maxWidth);
    requireShape(fields, "code_shape", {grid.height, grid.width, grid.depth}, "rqtransformer's block_size");
    requireShape(fields, "latent_shape", {grid.height, grid.width, config.embedding},
                 "rqtransformer's grid with embed_dim");
    if (const int codes = parseCodes(fields, "n_embed", grid.depth); codes != depth.codes)
        fields.complain("n_embed", codes, "rqtransformer's vocab_size, " + std::to_string(depth.codes) + ",");
    if (config.embedding != depth.codeInput)
        fields.complain("embed_dim", config.embedding,
                        "rqtransformer's input_embed_dim_1, " + std::to_string(depth.codeInput) + ",");
    parseDecoder(fields.object("ddconfig"), config);
    if (fields.has("decoder_latent_shape")) {
        const std::vector<int> latent = fields.integers("decoder_latent_shape", 2, 3, 1, maxWidth);
        config.latent = PixelDecoderConfig::Latent{latent[0], latent[1]};
        if (latent.size() == 3 && latent[2] != config.embedding)
            fields.complain("decoder_latent_shape", fields.raw()["decoder_latent_shape"],
                            "embed_dim, " + std::to_string(config.embedding) + ", as the third number");
    }
    // Every level but one doubles what the decoder is given.
    const std::int64_t scale = std::int64_t{1} << (config.channelMultipliers.size() - 1);
    const std::int64_t height = scale * (config.latent ? config.latent->height : grid.height);
    const std::int64_t width = scale * (config.latent ? config.latent->width : grid.width);
    if (height > maxPixels || width > maxPixels)
        fields.complain("a frame would have " + std::to_string(width) + " x " + std::to_string(height) +
                            " pixels; at most " + std::to_string(maxPixels) + " a side are supported.",
                        ErrorKind::Unsupported);
    config.frameHeight = static_cast<int>(std::min<std::int64_t>(height, maxPixels));
    config.frameWidth = static_cast<int>(std::min<std::int64_t>(width, maxPixels));
    return config;
}

} // namespace

Result<ModelConfig> parseModelConfig(const ConfigSources &sources)
{
    std::optional<Error> error;
    JsonFields root(sources.root.json, sources.root.where, error);
    JsonFields vision(sources.vision.json, sources.vision.where, error);
    JsonFields projector(sources.projector.json, sources.projector.where, error);

    ModelConfig config;
    requireOneOf(root, "model_type", {"vila_u_llama"});
    config.videoFrames = root.integer("num_video_frames", 1, maxVideoFrames);
    config.backbone = parseBackbone(JsonFields(sources.llm.json, sources.llm.where, error));
    if (root.integerOr("hidden_size", config.backbone.hidden, 1, maxWidth) != config.backbone.hidden)
        root.complain("hidden_size", root.raw()["hidden_size"],
                      "that of " + sources.llm.where + ", " + std::to_string(config.backbone.hidden) + ",");
    if (projector.textOr("mm_projector_type", "") != "mlp2x_gelu")
        projector.complain("mm_projector_type", projector.raw().value("mm_projector_type", nlohmann::json()),
                           "\"mlp2x_gelu\"", ErrorKind::Unsupported);

    CodeGrid grid;
    config.depth = parseDepth(vision.object("rqtransformer"), grid);
    if (config.depth.stateInput != config.backbone.hidden)
        vision.complain("rqtransformer: input_embed_dim_2", config.depth.stateInput,
                        "hidden_size of " + sources.llm.where + ", " +
                            std::to_string(config.backbone.hidden) + ",");
    JsonFields rqvae = vision.object("rqvaesiglip");
    config.sharedCodebook = rqvae.flagOr("shared_codebook", false);
    config.pixels = parsePixels(rqvae, grid, config.depth);
    config.gridHeight = grid.height;
    config.gridWidth = grid.width;
    if (error)
        return *error;
    return config;
}

} // namespace fastcar
