// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/quantise_checkpoint.h"

#include "engine/base/file_bytes.h"
#include "engine/base/version.h"
#include "engine/checkpoint/checkpoint_folder.h"
#include "engine/checkpoint/tensor_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fnmatch.h>

namespace fastcar {

namespace {

constexpr std::int64_t sampledRows = 128;
constexpr std::uintmax_t mostOfACopy = 64 << 20; // configs, tokenizer, licence: nothing of theirs comes near

TensorView rowsOf(const TensorView &tensor, std::int64_t first, std::int64_t count)
{
    const std::int64_t rows = tensor.shape.rank() == 0 ? 1 : tensor.shape[0];
    const std::int64_t elements = rows == 0 ? 0 : tensor.shape.elements() / rows;
    return {.data = tensor.data + static_cast<std::size_t>(first * elements) * byteSize(tensor.type),
            .type = tensor.type,
            .shape = {count, elements}};
}

bool matches(const std::string &pattern, const std::string &name)
{
    return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

class Choice {
public:
    explicit Choice(const QuantiseOptions &options)
        : options_(options)
        , used_(options.rules.size())
    {
    }

    QuantiseReport::Matrix of(const Checkpoint::TensorEntry &tensor)
    {
        QuantiseReport::Matrix matrix{.component = tensor.component, .name = tensor.name, .format = {}};
        bool ruled = false;
        for (std::size_t i = 0; i < options_.rules.size(); ++i)
            if (matches(options_.rules[i].pattern, tensor.name)) {
                used_[i] = ruled = true;
                matrix.format = options_.rules[i].format;
            }
        if (!ruled)
            matrix.format = tensor.component == "llm" ? options_.format : depthFormat(options_.format);
        const auto measure = [&] { matrix.error = matrix.format ? narrowingError(tensor.view, *matrix.format) : 0.0; };
        measure();
        while (!ruled && matrix.format && matrix.error > most(*matrix.format)) {
            matrix.format = *matrix.format == NarrowFormat::Int4 ? std::optional(NarrowFormat::Int8) : std::nullopt;
            matrix.widened = true;
            measure();
        }
        return matrix;
    }

    Result<void> allUsed() const
    {
        for (std::size_t i = 0; i < used_.size(); ++i)
            if (!used_[i])
                return Error{ErrorKind::BadInput,
                             "No matrix that can be quantised has a name that fits '" + options_.rules[i].pattern +
                                 "'; `fastcar inspect FOLDER --tensors` lists the names."};
        return {};
    }

private:
    double most(NarrowFormat format) const
    {
        return format == NarrowFormat::Int8 ? options_.int8Error : options_.int4Error;
    }

    const QuantiseOptions &options_;
    std::vector<bool> used_;
};

/// Everything beside the weights: configs, tokenizer, recommendations, licences.
Result<void> copyTheRest(const std::filesystem::path &from, const CheckpointFolder &to)
{
    for (const char *part : {"", "llm", "mm_projector", "vision_tower"}) {
        std::error_code code;
        for (const auto &entry : std::filesystem::directory_iterator(from / part, code)) {
            const std::string name = entry.path().filename().string();
            if (!entry.is_regular_file(code) || name.ends_with(".safetensors") || name.ends_with(".index.json") ||
                entry.file_size(code) > mostOfACopy)
                continue;
            const auto bytes = readBytes(entry.path());
            if (!bytes)
                return bytes.error();
            const std::string_view text(reinterpret_cast<const char *>(bytes->data()), bytes->size());
            if (auto written = to.write((std::filesystem::path(part) / name).string(), text); !written)
                return written;
        }
    }
    return {};
}

std::string provenance(const QuantiseOptions &options, const QuantiseReport &report, const Checkpoint &source)
{
    const nlohmann::ordered_json document{{"quantised", 1},
                                          {"format", name(options.format)},
                                          {"source_digest", report.sourceDigest},
                                          {"source", source.folder().filename().string()},
                                          {"version", version()}};
    return document.dump(2) + "\n";
}

} // namespace

bool mayBeNarrow(const std::string &component, const std::string &tensor, const Shape &shape)
{
    const bool within = component == "llm" ? tensor.starts_with("model.layers.")
                                           : component == "vision_tower" && tensor.starts_with("rqtransformer.");
    return within && shape.rank() == 2 && tensor.ends_with(".weight");
}

double narrowingError(const TensorView &matrix, NarrowFormat format)
{
    const std::int64_t out = matrix.shape[0], in = matrix.shape[1];
    std::vector<float> row(static_cast<std::size_t>(in));
    std::vector<std::byte> values(static_cast<std::size_t>(NarrowMatrix::rowBytes(format, in)));
    double changed = 0.0, all = 0.0;
    const std::int64_t sampled = std::min(out, sampledRows);
    for (std::int64_t sample = 0; sample < sampled; ++sample) {
        convertToF32(rowsOf(matrix, sample * out / sampled, 1), row);
        const float scale = narrowRow(row, format, values.data());
        const NarrowMatrix narrow{
            .format = format, .out = 1, .in = in, .values = values.data(), .rowScales = &scale};
        for (std::int64_t i = 0; i < in; ++i) {
            const double exact = static_cast<double>(row[static_cast<std::size_t>(i)]);
            const double off = static_cast<double>(valueOf(narrow, 0, i)) - exact;
            changed += off * off;
            all += exact * exact;
        }
    }
    return all > 0.0 ? std::sqrt(changed / all) : 0.0;
}

Result<QuantiseReport> quantiseCheckpoint(const Checkpoint &source, const std::filesystem::path &folder,
                                          const QuantiseOptions &options)
{
    if (source.quantisation())
        return Error{ErrorKind::BadInput, source.folder().string() +
                                              " is quantised already; quantise the model that it was made from."};
    QuantiseReport report;
    std::map<std::string, std::vector<PlannedTensor>> plans; // by component
    Choice choice(options);
    for (const Checkpoint::TensorEntry &tensor : source.tensors()) {
        if (!tensor.used)
            continue;
        PlannedTensor plan{.name = tensor.name, .type = tensor.view.type, .shape = tensor.view.shape, .narrow = {}, .rows = {}};
        plan.rows = [view = tensor.view](std::int64_t first, std::int64_t count) { return rowsOf(view, first, count); };
        if (mayBeNarrow(tensor.component, tensor.name, tensor.view.shape)) {
            report.matrices.push_back(choice.of(tensor));
            plan.narrow = report.matrices.back().format;
        }
        report.sourceBytes += tensor.view.bytes();
        report.bytes += plan.storedBytes();
        plans[tensor.component].push_back(std::move(plan));
    }
    if (auto used = choice.allUsed(); !used)
        return used.error();

    auto made = CheckpointFolder::create(folder, report.bytes);
    if (!made)
        return made.error();
    auto digest = source.digest();
    if (!digest)
        return digest.error();
    report.sourceDigest = std::move(*digest);
    if (auto copied = copyTheRest(source.folder(), *made); !copied)
        return copied.error();
    if (auto written = made->write("quantised.json", provenance(options, report, source)); !written)
        return written.error();
    if (auto written = made->writeTensors(plans, options.progress); !written)
        return written.error();
    if (auto committed = made->commit(); !committed)
        return committed.error();
    return report;
}

} // namespace fastcar
