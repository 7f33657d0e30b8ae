// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/tensor_writer.h"

#include "engine/base/pending_file.h"
#include "engine/checkpoint/narrow_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fastcar {

namespace {

constexpr std::int64_t bytesAtATime = 4 << 20;
constexpr std::size_t dataAlignment = 64;

/// A run of bytes in the file: a tensor, or a part of a narrow one.
struct Part {
    enum class Kind { NarrowValues, RowScales, Whole };
    Kind kind = Kind::Whole;
    std::size_t tensor = 0;
    std::string name;
    DType type = DType::U8;
    Shape shape;

    std::uint64_t bytes() const { return static_cast<std::uint64_t>(shape.elements()) * byteSize(type); }
};

std::string prefixOf(const std::string &weight)
{
    return weight.substr(0, weight.size() - std::string_view(".weight").size());
}

/// First what has rows of whole groups, then 4-byte elements, then smaller ones: nothing needs padding, which the format
/// does not know.
std::vector<Part> partsOf(const std::vector<PlannedTensor> &tensors)
{
    std::vector<Part> narrow, scales, whole;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const PlannedTensor &tensor = tensors[i];
        if (!tensor.narrow) {
            whole.push_back({.tensor = i, .name = tensor.name, .type = tensor.type, .shape = tensor.shape});
            continue;
        }
        assert(tensor.shape.rank() == 2 && tensor.name.ends_with(".weight"));
        const std::string prefix = prefixOf(tensor.name);
        narrow.push_back({.kind = Part::Kind::NarrowValues,
                          .tensor = i,
                          .name = narrowName(prefix, *tensor.narrow),
                          .shape = {tensor.shape[0], NarrowMatrix::rowBytes(*tensor.narrow, tensor.shape[1])}});
        scales.push_back({.kind = Part::Kind::RowScales,
                          .tensor = i,
                          .name = rowScalesName(prefix),
                          .type = DType::F32,
                          .shape = {tensor.shape[0]}});
    }
    std::stable_partition(narrow.begin(), narrow.end(), [](const Part &part) { return part.shape[1] % 64 == 0; });
    std::stable_sort(whole.begin(), whole.end(),
                     [](const Part &a, const Part &b) { return byteSize(a.type) > byteSize(b.type); });
    std::vector<Part> parts = std::move(narrow);
    parts.insert(parts.end(), scales.begin(), scales.end());
    parts.insert(parts.end(), whole.begin(), whole.end());
    return parts;
}

const char *safetensorsName(DType type)
{
    switch (type) {
    case DType::F32:
        return "F32";
    case DType::F16:
        return "F16";
    case DType::BF16:
        return "BF16";
    default:
        return "U8";
    }
}

std::string headerOf(const std::vector<Part> &parts)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    std::uint64_t at = 0;
    for (const Part &part : parts) {
        nlohmann::ordered_json shape = nlohmann::ordered_json::array();
        for (int axis = 0; axis < part.shape.rank(); ++axis)
            shape.push_back(part.shape[axis]);
        header[part.name] = {{"dtype", safetensorsName(part.type)},
                             {"shape", std::move(shape)},
                             {"data_offsets", {at, at + part.bytes()}}};
        at += part.bytes();
    }
    std::string text = header.dump();
    text.append((dataAlignment - (8 + text.size()) % dataAlignment) % dataAlignment, ' ');
    return text;
}

class Writer {
public:
    Writer(PendingFile &file, const std::vector<PlannedTensor> &tensors, const WriteProgress &progress)
        : file_(file)
        , tensors_(tensors)
        , progress_(progress)
        , scales_(tensors.size())
    {
    }

    Result<void> header(const std::vector<Part> &parts)
    {
        const std::string text = headerOf(parts);
        std::byte length[8];
        for (std::size_t i = 0; i < 8; ++i)
            length[i] = static_cast<std::byte>(text.size() >> (8 * i));
        if (auto written = write(length); !written)
            return written;
        return write(std::as_bytes(std::span(text)));
    }

    Result<void> part(const Part &part)
    {
        if (part.kind == Part::Kind::RowScales)
            return write(std::as_bytes(std::span(scales_[part.tensor])));
        const PlannedTensor &tensor = tensors_[part.tensor];
        const std::int64_t rowBytes =
            std::max<std::int64_t>(1, tensor.rowElements() * static_cast<std::int64_t>(byteSize(tensor.type)));
        const std::int64_t step = std::max<std::int64_t>(1, bytesAtATime / rowBytes);
        for (std::int64_t row = 0; row < tensor.rowCount(); row += step) {
            const std::int64_t count = std::min(step, tensor.rowCount() - row);
            const TensorView view = tensor.rows(row, count);
            assert(view.type == tensor.type && view.elements() == count * tensor.rowElements());
            const Result<void> written = part.kind == Part::Kind::Whole ? write({view.data, view.bytes()})
                                                                        : narrowed(part.tensor, view, count);
            if (!written)
                return written;
        }
        return {};
    }

private:
    Result<void> narrowed(std::size_t number, const TensorView &view, std::int64_t count)
    {
        const PlannedTensor &tensor = tensors_[number];
        const std::size_t columns = static_cast<std::size_t>(tensor.shape[1]);
        const std::size_t rowBytes =
            static_cast<std::size_t>(NarrowMatrix::rowBytes(*tensor.narrow, tensor.shape[1]));
        row_.resize(columns);
        bytes_.resize(rowBytes * static_cast<std::size_t>(count));
        for (std::size_t r = 0; r < static_cast<std::size_t>(count); ++r) {
            convertToF32({.data = view.data + r * columns * byteSize(view.type),
                          .type = view.type,
                          .shape = {tensor.shape[1]}},
                         row_);
            scales_[number].push_back(narrowRow(row_, *tensor.narrow, bytes_.data() + r * rowBytes));
        }
        return write(bytes_);
    }

    Result<void> write(std::span<const std::byte> bytes)
    {
        if (auto written = file_.write(bytes); !written)
            return written;
        if (progress_ && !progress_(bytes.size()))
            return Error{ErrorKind::Cancelled, "Cancelled: '" + file_.name().string() + "' was not written."};
        return {};
    }

    PendingFile &file_;
    const std::vector<PlannedTensor> &tensors_;
    const WriteProgress &progress_;
    std::vector<std::vector<float>> scales_; // of the tensors whose values are written already
    std::vector<float> row_;
    std::vector<std::byte> bytes_;
};

} // namespace

std::uint64_t PlannedTensor::storedBytes() const
{
    if (!narrow)
        return static_cast<std::uint64_t>(shape.elements()) * byteSize(type);
    return NarrowMatrix{.format = *narrow, .out = shape[0], .in = shape[1]}.bytes();
}

std::uint64_t storedBytes(const std::vector<PlannedTensor> &tensors)
{
    std::uint64_t bytes = 0;
    for (const PlannedTensor &tensor : tensors)
        bytes += tensor.storedBytes();
    return bytes;
}

Result<void> writeSafetensors(const std::filesystem::path &name, const std::vector<PlannedTensor> &tensors,
                              const WriteProgress &progress)
{
    Result<PendingFile> file = PendingFile::create(name);
    if (!file)
        return file.error();
    const std::vector<Part> parts = partsOf(tensors);
    Writer writer(*file, tensors, progress);
    if (auto written = writer.header(parts); !written)
        return written;
    for (const Part &part : parts)
        if (auto written = writer.part(part); !written)
            return written;
    return file->commit();
}

} // namespace fastcar
