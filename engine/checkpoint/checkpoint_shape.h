// SPDX-License-Identifier: Apache-2.0
//
// Sizes of models by name, and the configs that describe them as published checkpoints do. For checkpoints of random
// numbers (random_checkpoint.h), with which speed is tried where the weights are not at hand.
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

struct CheckpointShape {
    std::string name, description;
    // The backbone.
    int layers = 0, hidden = 0, intermediate = 0, heads = 0, kvHeads = 0, vocabulary = 0, positions = 0;
    float ropeScaling = 1.0f;
    int frames = 8;
    // The depth transformer.
    int grid = 0, depth = 4, codes = 0, depthLayers = 0, depthHidden = 0, depthHeads = 0;
    // Codebooks and pixels.
    int embedding = 0, zChannels = 0, channels = 0, residualBlocks = 1;
    std::vector<int> multipliers, attention; // ch_mult, attn_resolutions

    int resolution() const { return grid << (multipliers.size() - 1); }
};

/// "vila-u-7b", "default", "tiny", and between them.
const std::vector<CheckpointShape> &checkpointShapes();
/// nullptr: there is none of that name.
const CheckpointShape *checkpointShape(std::string_view name);

/// By file: "config.json", "llm/config.json", "mm_projector/config.json", "vision_tower/config.json". `type`: "bfloat16".
std::map<std::string, nlohmann::json> configsOf(const CheckpointShape &shape, const std::string &type);

} // namespace fastcar
