// SPDX-License-Identifier: Apache-2.0
//
// One of a checkpoint's three folders (llm, mm_projector, vision_tower): its tensors by name, whether they
// lie in one model.safetensors or in the shards that model.safetensors.index.json lists.
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_file.h"

#include <unordered_map>

namespace fastcar {

class Component {
public:
    static Result<Component> open(const std::filesystem::path &root, const std::string &name);
    /// One without files: binding weights to it lists the tensors that a network needs (random_checkpoint.h).
    static Component outline(const std::string &name);
    bool isOutline() const { return outline_; }
    /// Of an outline: a tensor is needed. What is returned has a shape, and nothing that could be read.
    TensorView note(const std::string &tensor, const Shape &shape);

    const std::string &name() const { return name_; }
    /// The folder, for errors.
    const std::string &folder() const { return folder_; }
    /// The tensor of that name, marked as used; nullptr if there is none.
    const Checkpoint::TensorEntry *use(const std::string &tensor);
    const Checkpoint::TensorEntry *find(const std::string &tensor) const;
    const std::vector<Checkpoint::TensorEntry> &tensors() const { return tensors_; }

    struct File {
        std::string name; // relative to the checkpoint's root
        MappedFile mapping;
    };
    /// What was read, for the digest; the mappings must outlive every view.
    std::vector<File> takeFiles() { return std::move(files_); }

private:
    Component() = default;
    Result<void> addFile(const std::filesystem::path &root, const std::string &file);
    Result<void> addShards(const std::filesystem::path &root, const std::string &indexFile);

    std::string name_;
    std::string folder_;
    bool outline_ = false;
    std::vector<File> files_;
    std::vector<Checkpoint::TensorEntry> tensors_;
    std::unordered_map<std::string, std::size_t> byName_;
};

} // namespace fastcar
