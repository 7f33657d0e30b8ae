// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/npy.h"

#include "engine/base/pending_file.h"
#include "engine/tensor/npy_header.h"

#include <cstring>

namespace fastcar {

namespace {

template <typename T>
constexpr DType typeOf();
template <>
constexpr DType typeOf<float>()
{
    return DType::F32;
}
template <>
constexpr DType typeOf<double>()
{
    return DType::F64;
}
template <>
constexpr DType typeOf<std::int32_t>()
{
    return DType::I32;
}
template <>
constexpr DType typeOf<std::int64_t>()
{
    return DType::I64;
}
template <>
constexpr DType typeOf<std::uint8_t>()
{
    return DType::U8;
}

} // namespace

std::int64_t NpyArray::elements() const
{
    std::int64_t product = 1;
    for (std::int64_t extent : shape)
        product *= extent;
    return product;
}

template <typename T>
Result<std::span<const T>> NpyArray::as() const
{
    if (type != typeOf<T>())
        return Error{ErrorKind::BadInput, std::string("The array has elements of type ") + name(type) + "; " +
                                              name(typeOf<T>()) + " expected."};
    // operator new aligns a vector's bytes for every one of these types.
    return std::span<const T>(reinterpret_cast<const T *>(data.data()), data.size() / sizeof(T));
}

template <typename T>
NpyArray NpyArray::from(std::span<const T> values, std::vector<std::int64_t> shape)
{
    NpyArray array{typeOf<T>(), std::move(shape), std::vector<std::byte>(values.size_bytes())};
    if (!values.empty())
        std::memcpy(array.data.data(), values.data(), values.size_bytes());
    assert(array.elements() == static_cast<std::int64_t>(values.size()));
    return array;
}

template Result<std::span<const float>> NpyArray::as<float>() const;
template Result<std::span<const double>> NpyArray::as<double>() const;
template Result<std::span<const std::int32_t>> NpyArray::as<std::int32_t>() const;
template Result<std::span<const std::int64_t>> NpyArray::as<std::int64_t>() const;
template Result<std::span<const std::uint8_t>> NpyArray::as<std::uint8_t>() const;
template NpyArray NpyArray::from<float>(std::span<const float>, std::vector<std::int64_t>);
template NpyArray NpyArray::from<double>(std::span<const double>, std::vector<std::int64_t>);
template NpyArray NpyArray::from<std::int32_t>(std::span<const std::int32_t>, std::vector<std::int64_t>);
template NpyArray NpyArray::from<std::int64_t>(std::span<const std::int64_t>, std::vector<std::int64_t>);
template NpyArray NpyArray::from<std::uint8_t>(std::span<const std::uint8_t>, std::vector<std::int64_t>);

Result<NpyArray> readNpy(const std::filesystem::path &file)
{
    Result<OpenFile> open = openForReading(file);
    if (!open)
        return open.error();
    StreamSource source(open->stream, open->size, file.string());
    return readNpyArray(source);
}

Result<void> writeNpy(const std::filesystem::path &file, const NpyArray &array)
{
    const Result<std::string> header =
        npyHeader(file.filename().string(), array.type, array.shape, array.data.size());
    if (!header)
        return header.error();
    Result<PendingFile> pending = PendingFile::create(file);
    if (!pending)
        return pending.error();
    if (Result<void> written = pending->write(std::as_bytes(std::span(*header))); !written)
        return written;
    if (Result<void> written = pending->write(array.data); !written)
        return written;
    return pending->commit();
}

} // namespace fastcar
