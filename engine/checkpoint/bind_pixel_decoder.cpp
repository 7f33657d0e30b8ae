// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/bind_pixel_decoder.h"

#include <algorithm>

namespace fastcar {

namespace {

ResidualBlockWeights bindResidualBlock(WeightBinder &bind, const std::string &block, int in, int out)
{
    ResidualBlockWeights weights;
    weights.norm1 = bind.norm(block + ".norm1", in);
    weights.conv1 = bind.conv(block + ".conv1", out, in, 3);
    weights.norm2 = bind.norm(block + ".norm2", out);
    weights.conv2 = bind.conv(block + ".conv2", out, out, 3);
    if (in != out)
        weights.shortcut = bind.conv(block + ".nin_shortcut", out, in, 1);
    return weights;
}

AttentionBlockWeights bindAttentionBlock(WeightBinder &bind, const std::string &block, int channels)
{
    AttentionBlockWeights weights;
    weights.norm = bind.norm(block + ".norm", channels);
    weights.query = bind.conv(block + ".q", channels, channels, 1);
    weights.key = bind.conv(block + ".k", channels, channels, 1);
    weights.value = bind.conv(block + ".v", channels, channels, 1);
    weights.output = bind.conv(block + ".proj_out", channels, channels, 1);
    return weights;
}

/// The resolution at which the decoder was built decides where it attends, also if it later decodes another
/// size.
bool attendsAt(const PixelDecoderConfig &config, int level)
{
    const int levels = static_cast<int>(config.channelMultipliers.size());
    const int lowest = config.resolution >> (levels - 1);
    const int here = lowest << (levels - 1 - level);
    return std::find(config.attentionResolutions.begin(), config.attentionResolutions.end(), here) !=
           config.attentionResolutions.end();
}

DecoderLevelWeights bindLevel(WeightBinder &bind, const PixelDecoderConfig &config, int level, int in)
{
    const std::string prefix = "rqvaesiglip.decoder.up." + std::to_string(level);
    const int out = config.channels * config.channelMultipliers[static_cast<std::size_t>(level)];
    const bool attends = attendsAt(config, level);
    if (!bind.isOutline() && bind.has(prefix + ".attn.0.q.weight") != attends)
        bind.complain(ErrorKind::Corrupt,
                      "vision_tower: the files hold " +
                          std::string(attends ? "no attention tensors " : "attention tensors ") + prefix +
                          ".attn, but by attn_resolutions and resolution level " + std::to_string(level) +
                          (attends ? " attends." : " does not attend."));
    DecoderLevelWeights weights;
    for (int block = 0; block <= config.residualBlocks && !bind.failed(); ++block) {
        const std::string number = std::to_string(block);
        weights.blocks.push_back(
            bindResidualBlock(bind, prefix + ".block." + number, block == 0 ? in : out, out));
        if (attends)
            weights.attention.push_back(bindAttentionBlock(bind, prefix + ".attn." + number, out));
    }
    if (level > 0)
        weights.upsample = bind.conv(prefix + ".upsample.conv", out, out, 3);
    return weights;
}

} // namespace

PixelDecoderWeights bindPixelDecoder(WeightBinder bind, const PixelDecoderConfig &config)
{
    const std::string decoder = "rqvaesiglip.decoder.";
    const int levels = static_cast<int>(config.channelMultipliers.size());
    const int deepest = config.channels * config.channelMultipliers.back();
    const int shallowest = config.channels * config.channelMultipliers.front();
    PixelDecoderWeights weights;
    weights.postQuant = bind.conv("rqvaesiglip.post_quant_conv", config.zChannels, config.embedding, 1);
    weights.input = bind.conv(decoder + "conv_in", deepest, config.zChannels, 3);
    weights.middle1 = bindResidualBlock(bind, decoder + "mid.block_1", deepest, deepest);
    weights.middleAttention = bindAttentionBlock(bind, decoder + "mid.attn_1", deepest);
    weights.middle2 = bindResidualBlock(bind, decoder + "mid.block_2", deepest, deepest);
    weights.levels.resize(static_cast<std::size_t>(levels));
    int channels = deepest;
    for (int level = levels - 1; level >= 0; --level) {
        weights.levels[static_cast<std::size_t>(level)] = bindLevel(bind, config, level, channels);
        channels = config.channels * config.channelMultipliers[static_cast<std::size_t>(level)];
    }
    weights.outputNorm = bind.norm(decoder + "norm_out", shallowest);
    weights.output = bind.conv(decoder + "conv_out", config.outputChannels, shallowest, 3);
    bind.refuseUnused(decoder, "Check ddconfig: ch_mult, num_res_blocks and attn_resolutions.");
    return weights;
}

} // namespace fastcar
