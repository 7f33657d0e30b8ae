// SPDX-License-Identifier: Apache-2.0
//
// An .npz whose arrays are filled side by side, as what they are made of comes by: their names and shapes are
// said first, then each array grows in several places at once, its lines, each from its front to its end.
// That is how a trace, which comes step by step, becomes [layers, rows, steps] without being held in memory.
// NpzWriter is for arrays that are there.
//
// Memory: one block for each line, about a MiB for an array.
#pragma once

#include "engine/base/pending_file.h"
#include "engine/tensor/tensor.h"
#include "engine/tensor/zip_reader.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fastcar {

class NpzLines {
public:
    struct Array {
        std::string name;
        DType type = DType::F32;
        std::vector<std::int64_t> shape;
        /// Parts of equal length, in C order, that grow each for itself; a divisor of the elements.
        std::int64_t lines = 1;
    };

    /// The file appears under its name only by close(), and never after an error.
    static Result<NpzLines> create(const std::filesystem::path &file, std::span<const Array> arrays);

    /// The next elements of a line, in the order of create()'s arrays. Keeps the first error and is silent
    /// from then on; state() and close() tell it.
    void append(std::size_t array, std::int64_t line, std::span<const std::byte> elements);
    template <typename T>
    void append(std::size_t array, std::int64_t line, const T &element)
    {
        append(array, line, std::as_bytes(std::span(&element, 1)));
    }
    Result<void> state() const;

    /// Every line must be full.
    Result<void> close();

private:
    struct Line {
        std::uint64_t written = 0; // bytes in the file
        std::uint32_t crc = 0;     // of these
        std::size_t held = 0;      // bytes in its block
    };
    struct Growing {
        ZipMember member;
        std::string header;       // numpy's
        std::uint64_t offset = 0; // of the elements in the file
        std::uint64_t lineBytes = 0;
        std::size_t blockBytes = 0;
        std::vector<Line> lines;
        std::vector<std::byte> blocks; // [lines, blockBytes]
    };

    explicit NpzLines(PendingFile file);
    Result<void> add(const Array &array);
    void flush(Growing &array, std::size_t line);
    void write(std::uint64_t position, std::span<const std::byte> bytes);
    Result<void> finish(Growing &array);

    PendingFile file_;
    std::uint64_t end_ = 0; // of the last array
    std::vector<Growing> arrays_;
    std::optional<Error> error_;
};

} // namespace fastcar
