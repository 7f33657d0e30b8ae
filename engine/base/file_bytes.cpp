// SPDX-License-Identifier: Apache-2.0
#include "engine/base/file_bytes.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

namespace fastcar {

namespace {

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

} // namespace

Error systemError(std::string_view verb, const std::filesystem::path &file, int code)
{
    std::string message =
        "Cannot " + std::string(verb) + " '" + file.string() + "': " + std::strerror(code) + ".";
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        message += " Make room on the disk, or choose another folder.";
    return {ErrorKind::Io, std::move(message)};
}

Result<std::vector<std::uint8_t>> readBytes(const std::filesystem::path &file)
{
    const std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(file.c_str(), "rb"));
    if (!stream && errno == ENOENT)
        return Error{ErrorKind::NotFound, "There is no file '" + file.string() + "'."};
    if (!stream)
        return systemError("read", file, errno);
    std::vector<std::uint8_t> bytes;
    constexpr std::size_t block = 1 << 16;
    std::size_t got = block;
    while (got == block) {
        const std::size_t before = bytes.size();
        bytes.resize(before + block);
        got = std::fread(bytes.data() + before, 1, block, stream.get());
        bytes.resize(before + got);
    }
    if (std::ferror(stream.get()))
        return systemError("read", file, errno);
    return bytes;
}

Result<void> checkOutputFile(const std::filesystem::path &file)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        return Error{ErrorKind::BadInput,
                     "'" + file.string() + "' is a folder; give the name of a file in it."};
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (!std::filesystem::is_directory(folder, ignored))
        return Error{ErrorKind::NotFound, "There is no folder '" + folder.string() + "' for '" +
                                              file.string() + "'; create it first."};
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return systemError("write to the folder", folder, errno);
    return {};
}

} // namespace fastcar
