// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint of the VILA-U layout (docs/checkpoints.md), opened: configs parsed, tensors mapped and
// checked. Opening reads the headers only; pages of weights come from the disk when they are first used.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/model_weights.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

/// How strong guidance can be (RunSettings' sampler.cfg), whoever chooses it: the model, a person, a file.
inline constexpr float leastGuidance = 0.0f, mostGuidance = 100.0f;

/// What the checkpoint's optional fastcar.json recommends. Absent values stay at VILA-U's own defaults.
struct ModelDefaults {
    std::string name; // empty: the folder's name
    std::string description;
    std::optional<float> temperature, topP, cfg;
    std::optional<int> topK;
    std::optional<int> frames; // of a clip; ModelConfig::videoFrames otherwise
    std::optional<int> framesPerSecond;
    std::vector<std::string> examplePrompts;
    /// Calibrated thresholds: definition ("official", "paper") -> replay ratio in percent of eligible -> one
    /// per layer; infinity for a layer that never replays.
    using ThresholdLevels = std::map<std::string, std::map<int, std::vector<float>>>;
    ThresholdLevels thresholds;
    /// The same for gates ("all", "cond", "mean") that were calibrated for themselves; `thresholds` are those of "row",
    /// and of what is not here.
    std::map<std::string, ThresholdLevels> gateThresholds;
    std::string gate;   // who decides where nobody says; empty: "row"
    std::string device; // where it runs where nobody says; empty: "cpu"
    /// "balanced" and "fast" -> replay ratio in percent of eligible (engine/decode/replay_presets.h).
    std::map<std::string, int> replayPresets;
};

/// What the quantised.json of a checkpoint in 8 or 4 bits says (quantise_checkpoint.h).
struct Quantisation {
    NarrowFormat format = NarrowFormat::Int8; // of the backbone's matrices, but for those that were named
    std::string sourceDigest;                 // of the model that it was made from
};

/// Immutable after open() and safe to read from any thread. Views into it live as long as it does.
class Checkpoint {
public:
    /// `folder` is the root of the checkpoint, or holds it as "model". Errors name file, tensor, what was
    /// expected and what was found. Nothing is allocated by the word of a header.
    static Result<std::shared_ptr<const Checkpoint>> open(const std::filesystem::path &folder);
    ~Checkpoint();

    const std::filesystem::path &folder() const;
    const ModelConfig &config() const;
    const ModelWeights &weights() const;
    const ModelDefaults &defaults() const;
    const std::optional<Quantisation> &quantisation() const;
    /// llm/, where the tokenizer's files are.
    std::filesystem::path tokenizerFolder() const;
    /// What inspect lists: every tensor in the files, also those that generation does not need.
    struct TensorEntry {
        std::string component; // "llm", "mm_projector", "vision_tower"
        std::string name;
        std::string file;
        TensorView view;
        bool used = false;
    };
    const std::vector<TensorEntry> &tensors() const;

    /// Takes a tensor's pages out of the program's memory, for who has made something else of it; touched
    /// again, they come back. Does nothing to a view of other memory. Thread-safe.
    void releasePages(const TensorView &tensor) const;

    /// SHA-256 over every file that a generation depends on (configs, tokenizer, weights), hex. Reads all of
    /// them once, without keeping them in the program's memory; computed at the first call and kept.
    /// Thread-safe.
    Result<std::string> digest() const;

private:
    Checkpoint();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
