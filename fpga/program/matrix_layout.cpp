// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/matrix_layout.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace fastcar::fpga {

namespace {

constexpr int roundedUp(int value, int to)
{
    return (value + to - 1) / to * to;
}

} // namespace

MatrixLayout MatrixLayout::of(int rows, int columns, const CardShape &shape)
{
    MatrixLayout layout;
    layout.rows = roundedUp(rows, tileRows);
    layout.columns = roundedUp(columns, std::max(shape.lanes, tileRows * shape.ports));
    const int wide = beatBytes * shape.ports;
    layout.scaleBeats = roundedUp(layout.rows * 4, wide) / beatBytes;
    layout.tileBeats = tileRows * layout.columns / beatBytes;
    return layout;
}

std::vector<std::byte> portImage(const QuantisedMatrix &matrix, const CardShape &shape, int port)
{
    assert(port >= 0 && port < shape.ports);
    const MatrixLayout layout = MatrixLayout::of(matrix.rows, matrix.columns, shape);
    std::vector<std::byte> blob(layout.bytes());
    for (std::size_t r = 0; r < matrix.scales.size(); ++r) {
        const std::uint32_t word = packed(matrix.scales[r]);
        std::memcpy(blob.data() + 4 * r, &word, sizeof word); // little-endian, as the card reads it
    }
    std::byte *const tiles = blob.data() + layout.scaleBeats * beatBytes;
    for (int r = 0; r < matrix.rows; ++r)
        std::memcpy(tiles + std::ptrdiff_t{r} * layout.columns, matrix.row(r).data(), matrix.row(r).size());

    std::vector<std::byte> image;
    image.reserve(blob.size() / static_cast<std::size_t>(shape.ports));
    for (std::int64_t beat = port; beat < layout.beats(); beat += shape.ports)
        image.insert(image.end(), blob.begin() + beat * beatBytes, blob.begin() + (beat + 1) * beatBytes);
    return image;
}

} // namespace fastcar::fpga
