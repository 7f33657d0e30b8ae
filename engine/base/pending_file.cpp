// SPDX-License-Identifier: Apache-2.0
#include "engine/base/pending_file.h"

#include "engine/base/file_bytes.h"

#include <atomic>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace fastcar {

namespace {

Error closedAlready(const std::filesystem::path &file)
{
    return {ErrorKind::BadInput, "Cannot write '" + file.string() + "': it is closed already."};
}

} // namespace

Result<PendingFile> PendingFile::create(const std::filesystem::path &file)
{
    static std::atomic<unsigned> counter{0};
    PendingFile pending;
    pending.file_ = file;
    int code = EEXIST;
    for (int attempt = 0; attempt < 100 && code == EEXIST; ++attempt) {
        // Not made of the file's name, which may be as long as names can be.
        const std::string name =
            ".fastcar-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".part";
        pending.temporary_ = file.parent_path() / name;
        pending.descriptor_ =
            ::open(pending.temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (pending.descriptor_ >= 0)
            return pending;
        code = errno;
    }
    return systemError("write", file, code);
}

PendingFile::PendingFile(PendingFile &&other) noexcept
    : file_(std::move(other.file_))
    , temporary_(std::move(other.temporary_))
    , descriptor_(std::exchange(other.descriptor_, -1))
    , position_(other.position_)
{
}

PendingFile &PendingFile::operator=(PendingFile &&other) noexcept
{
    if (this != &other) {
        discard();
        file_ = std::move(other.file_);
        temporary_ = std::move(other.temporary_);
        descriptor_ = std::exchange(other.descriptor_, -1);
        position_ = other.position_;
    }
    return *this;
}

PendingFile::~PendingFile()
{
    discard();
}

void PendingFile::discard()
{
    if (descriptor_ < 0)
        return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(temporary_.c_str());
}

Result<void> PendingFile::write(std::span<const std::byte> bytes)
{
    if (descriptor_ < 0)
        return closedAlready(file_);
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write", file_, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        position_ += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> PendingFile::writeAt(std::uint64_t position, std::span<const std::byte> bytes)
{
    if (descriptor_ < 0)
        return closedAlready(file_);
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(position));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write", file_, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        position += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> PendingFile::restart()
{
    if (descriptor_ < 0)
        return closedAlready(file_);
    if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0)
        return systemError("write", file_, errno);
    position_ = 0;
    return {};
}

Result<void> PendingFile::commit()
{
    return commit(true);
}

Result<void> PendingFile::commitSoon()
{
    return commit(false);
}

Result<void> PendingFile::commit(bool sync)
{
    if (descriptor_ < 0)
        return closedAlready(file_);
    // Some file systems tell of a full disk only here.
    bool done = !sync || ::fsync(descriptor_) == 0;
    int code = errno;
    if (::close(std::exchange(descriptor_, -1)) != 0 && done) {
        done = false;
        code = errno;
    }
    if (done && ::rename(temporary_.c_str(), file_.c_str()) == 0)
        return {};
    if (done)
        code = errno;
    ::unlink(temporary_.c_str());
    return systemError("write", file_, code);
}

} // namespace fastcar
