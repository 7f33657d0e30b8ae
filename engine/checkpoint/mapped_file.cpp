// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fastcar {

Result<MappedFile> MappedFile::open(const std::filesystem::path &file)
{
    // Not blocking: a pipe of that name must not hold us until somebody writes to it.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const int code = errno;
        return code == ENOENT || code == ENOTDIR
                   ? Error{ErrorKind::NotFound, "There is no file " + file.string() + "."}
                   : Error{ErrorKind::Io, "Cannot open " + file.string() + ": " + std::strerror(code) + "."};
    }
    struct stat status {};
    Result<MappedFile> result = MappedFile();
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        result = Error{ErrorKind::Io, file.string() + " is not a regular file."};
    } else if (status.st_size > 0) {
        const auto size = static_cast<std::size_t>(status.st_size);
        void *address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (address == MAP_FAILED)
            result = Error{ErrorKind::Io, "Cannot map " + file.string() + ": " + std::strerror(errno) + "."};
        else
            result->bytes_ = {static_cast<const std::byte *>(address), size};
    }
    ::close(descriptor);
    return result;
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : bytes_(std::exchange(other.bytes_, {}))
{
}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept
{
    if (this != &other) {
        unmap();
        bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
}

MappedFile::~MappedFile()
{
    unmap();
}

void MappedFile::release(std::span<const std::byte> part) const
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = static_cast<std::size_t>(part.data() - bytes_.data());
    const std::size_t first = (begin + page - 1) / page * page;
    // The file's last page belongs to it alone.
    const std::size_t end =
        begin + part.size() == bytes_.size() ? bytes_.size() : (begin + part.size()) / page * page;
    if (first < end)
        ::madvise(const_cast<std::byte *>(bytes_.data()) + first, end - first, MADV_DONTNEED);
}

void MappedFile::unmap()
{
    if (!bytes_.empty())
        ::munmap(const_cast<std::byte *>(bytes_.data()), bytes_.size());
}

} // namespace fastcar
