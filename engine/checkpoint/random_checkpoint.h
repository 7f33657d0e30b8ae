// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint of random numbers in the exact layout of a published one, of any size: what it draws means nothing, but it
// is loaded, read and multiplied like the real one. Written in bounded memory; a number depends on the seed, the tensor's
// name and its place in it.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint_shape.h"
#include "engine/tensor/narrow_matrix.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

namespace fastcar {

struct RandomCheckpoint {
    CheckpointShape shape;
    std::uint64_t seed = 0;
    std::optional<NarrowFormat> format; // nothing: bf16
    /// Its tokenizer is copied: the llm folder of a checkpoint whose words fit into the vocabulary.
    std::filesystem::path tokenizerFolder;
    std::function<bool(double share)> progress; // from 0 to 1; false: stop
};

/// SigLIP, which generation does not read, is left out. Returns the bytes of its tensors.
Result<std::uint64_t> writeRandomCheckpoint(const RandomCheckpoint &checkpoint, const std::filesystem::path &folder);

} // namespace fastcar
