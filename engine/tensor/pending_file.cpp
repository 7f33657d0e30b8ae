// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/pending_file.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace fastcar {

namespace {

Error ioError(const std::filesystem::path &file, int code)
{
    return Error{ErrorKind::Io, "Cannot write " + file.string() + ": " + std::strerror(code) + "."};
}

} // namespace

Result<PendingFile> PendingFile::create(const std::filesystem::path &file)
{
    static std::atomic<unsigned> counter{0};
    PendingFile pending;
    pending.file_ = file;
    for (int attempt = 0; attempt < 100; ++attempt) {
        std::string name = ".";
        name += file.filename().string();
        name += '.' + std::to_string(::getpid()) + '-' + std::to_string(counter++) + ".part";
        pending.temporary_ = file.parent_path() / name;
        pending.descriptor_ =
            ::open(pending.temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (pending.descriptor_ >= 0)
            return pending;
        if (errno != EEXIST)
            break;
    }
    return ioError(file, errno);
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
        return Error{ErrorKind::BadInput, "Cannot write " + file_.string() + ": it is closed already."};
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return ioError(file_, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        position_ += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<void> PendingFile::commit()
{
    if (descriptor_ < 0)
        return Error{ErrorKind::BadInput, "Cannot write " + file_.string() + ": it is closed already."};
    // Some file systems tell of a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0 || ::rename(temporary_.c_str(), file_.c_str()) != 0) {
        const int code = errno;
        ::unlink(temporary_.c_str());
        return ioError(file_, code);
    }
    return {};
}

} // namespace fastcar
