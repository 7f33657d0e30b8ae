// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/checkpoint_folder.h"

#include "engine/base/file_bytes.h"
#include "engine/base/pending_file.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include <unistd.h>

namespace fastcar {

namespace {

std::string gigabytes(std::uint64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f GB", static_cast<double>(bytes) * 1e-9);
    return text;
}

} // namespace

Result<CheckpointFolder> CheckpointFolder::create(const std::filesystem::path &given, std::uint64_t bytes)
{
    std::error_code code;
    // "out/" and "out" are one folder.
    const std::filesystem::path folder = given.has_filename() ? given : given.parent_path();
    if (folder.empty() || (std::filesystem::exists(folder, code) && !std::filesystem::is_empty(folder, code)))
        return Error{ErrorKind::BadInput,
                     "'" + given.string() +
                         "' is there already, and not empty: name a new folder for the checkpoint."};
    const std::filesystem::path parent = folder.has_parent_path() ? folder.parent_path() : ".";
    if (!std::filesystem::is_directory(parent, code))
        return Error{ErrorKind::NotFound,
                     "There is no folder " + parent.string() + " to put the checkpoint into."};
    const std::filesystem::space_info space = std::filesystem::space(parent, code);
    if (!code && space.available < bytes)
        return Error{ErrorKind::Io, "The checkpoint takes " + gigabytes(bytes) + ", but only " +
                                        gigabytes(space.available) + " are free in " + parent.string() +
                                        ". Make room on the disk, or choose another folder."};
    const std::filesystem::path temporary =
        parent / (".fastcar-" + std::to_string(::getpid()) + "-" + folder.filename().string() + ".part");
    std::filesystem::remove_all(temporary, code);
    if (!std::filesystem::create_directory(temporary, code))
        return systemError("make the folder", folder, code.value());
    return CheckpointFolder(folder, temporary);
}

CheckpointFolder::CheckpointFolder(CheckpointFolder &&other) noexcept
    : folder_(std::move(other.folder_))
    , temporary_(std::exchange(other.temporary_, {}))
{
}

CheckpointFolder::~CheckpointFolder()
{
    std::error_code ignored;
    if (!temporary_.empty())
        std::filesystem::remove_all(temporary_, ignored);
}

Result<std::filesystem::path> CheckpointFolder::file(std::string_view name) const
{
    const std::filesystem::path file = temporary_ / name;
    std::error_code code;
    std::filesystem::create_directories(file.parent_path(), code);
    if (code)
        return systemError("make the folder", file.parent_path(), code.value());
    return file;
}

Result<void> CheckpointFolder::write(std::string_view name, std::string_view text) const
{
    const auto file = this->file(name);
    if (!file)
        return file.error();
    Result<PendingFile> pending = PendingFile::create(*file);
    if (!pending)
        return pending.error();
    if (auto written = pending->write(std::as_bytes(std::span(text))); !written)
        return written;
    return pending->commit();
}

Result<void>
CheckpointFolder::writeTensors(const std::map<std::string, std::vector<PlannedTensor>> &components,
                               const std::function<bool(double)> &progress) const
{
    std::uint64_t all = 0;
    for (const auto &[component, tensors] : components)
        all += storedBytes(tensors);
    std::uint64_t done = 0;
    const WriteProgress written = [&](std::uint64_t bytes) {
        done += bytes;
        return !progress || progress(std::min(1.0, static_cast<double>(done) / static_cast<double>(all)));
    };
    for (const auto &[component, tensors] : components) {
        const auto path = file(component + "/model.safetensors");
        if (!path)
            return path.error();
        if (auto whole = writeSafetensors(*path, tensors, written); !whole)
            return whole;
    }
    return {};
}

Result<void> CheckpointFolder::commit()
{
    std::error_code code;
    std::filesystem::remove(folder_, code); // an empty one gives way
    std::filesystem::rename(temporary_, folder_, code);
    if (code)
        return systemError("make the folder", folder_, code.value());
    temporary_.clear();
    return {};
}

} // namespace fastcar
