// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint's folder in the making: beside the place where it is to stand, under another name, until all
// of it is there. What is left over by an error, a full disk or a cancelled run is removed.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/tensor_writer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

class CheckpointFolder {
public:
    /// `folder` must not be there yet, or be empty. `bytes`: what will be written; where the disk has less,
    /// that is said now and not after minutes.
    static Result<CheckpointFolder> create(const std::filesystem::path &folder, std::uint64_t bytes);
    CheckpointFolder(CheckpointFolder &&other) noexcept;
    CheckpointFolder &operator=(CheckpointFolder &&) = delete;
    ~CheckpointFolder();

    /// Where "llm/config.json" is now; its folder is there.
    Result<std::filesystem::path> file(std::string_view name) const;
    Result<void> write(std::string_view name, std::string_view text) const;
    /// The tensors of each component, by its name, in its model.safetensors. `progress` gets the share of
    /// them that is written; false: stop. It may be empty.
    Result<void> writeTensors(const std::map<std::string, std::vector<PlannedTensor>> &components,
                              const std::function<bool(double)> &progress) const;
    Result<void> commit();

private:
    CheckpointFolder(std::filesystem::path folder, std::filesystem::path temporary)
        : folder_(std::move(folder))
        , temporary_(std::move(temporary))
    {
    }

    std::filesystem::path folder_, temporary_; // temporary: empty when it was given its name
};

} // namespace fastcar
