// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/byte_source.h"

namespace fastcar {

Result<OpenFile> openForReading(const std::filesystem::path &file)
{
    std::error_code code;
    const std::filesystem::file_status status = std::filesystem::status(file, code);
    if (status.type() == std::filesystem::file_type::not_found)
        return Error{ErrorKind::NotFound, "There is no file " + file.string() + "."};
    if (code)
        return Error{ErrorKind::Io, "Cannot look at " + file.string() + ": " + code.message() + "."};
    if (!std::filesystem::is_regular_file(status))
        return Error{ErrorKind::BadInput, file.string() + " is not a regular file."};
    OpenFile open;
    open.size = std::filesystem::file_size(file, code);
    if (code)
        return Error{ErrorKind::Io, "Cannot look at " + file.string() + ": " + code.message() + "."};
    open.stream.open(file, std::ios::binary);
    if (!open.stream)
        return Error{ErrorKind::Io, "Cannot open " + file.string() + " for reading; may this user read it?"};
    return open;
}

StreamSource::StreamSource(std::istream &stream, std::uint64_t size, std::string name)
    : stream_(stream)
    , remaining_(size)
    , name_(std::move(name))
{
}

Result<void> StreamSource::read(std::span<std::byte> target)
{
    if (target.size() > remaining_)
        return Error{ErrorKind::Corrupt, name_ + " is cut short: " + std::to_string(target.size()) +
                                             " more bytes expected, " + std::to_string(remaining_) +
                                             " found."};
    stream_.read(reinterpret_cast<char *>(target.data()), static_cast<std::streamsize>(target.size()));
    if (stream_.gcount() != static_cast<std::streamsize>(target.size()))
        return Error{ErrorKind::Io,
                     "Reading " + name_ + " stopped " +
                         std::to_string(target.size() - static_cast<std::size_t>(stream_.gcount())) +
                         " bytes early."};
    remaining_ -= target.size();
    return {};
}

} // namespace fastcar
