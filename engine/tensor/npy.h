// SPDX-License-Identifier: Apache-2.0
//
// numpy's files: .npy (one array) and .npz (a zip of them), so that what the engine computed can be read by
// numpy.load and what numpy wrote can be held against it.
#pragma once

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fastcar {

/// An array that owns its elements, in C order.
struct NpyArray {
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> data;

    std::int64_t elements() const;
    /// The elements as T, or an Error that names both types. T: float, double, int32_t, int64_t, uint8_t.
    template <typename T>
    Result<std::span<const T>> as() const;

    template <typename T>
    static NpyArray from(std::span<const T> values, std::vector<std::int64_t> shape);
};

/// Little-endian, C order only; anything else is refused with the reason. No size in a header is believed
/// beyond the bytes that the file holds.
Result<NpyArray> readNpy(const std::filesystem::path &file);
/// Stored members, and deflated ones of up to 4 GiB together.
Result<std::map<std::string, NpyArray>> readNpz(const std::filesystem::path &file);

Result<void> writeNpy(const std::filesystem::path &file, const NpyArray &array);

/// Writes an .npz member by member: memory holds one array at a time. The file appears under its name only by
/// close(): until then there is a temporary file beside it, and after an error there never is a file of that
/// name.
class NpzWriter {
public:
    static Result<NpzWriter> create(const std::filesystem::path &file);
    NpzWriter(NpzWriter &&) noexcept;
    NpzWriter &operator=(NpzWriter &&) noexcept;
    ~NpzWriter();

    Result<void> add(const std::string &name, DType type, std::span<const std::int64_t> shape,
                     std::span<const std::byte> data);
    Result<void> add(const std::string &name, const NpyArray &array);
    Result<void> close();

private:
    struct Impl;
    explicit NpzWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar
