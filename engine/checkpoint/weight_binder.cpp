// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/weight_binder.h"

#include "engine/checkpoint/narrow_names.h"

#include <algorithm>
#include <cstdint>

namespace fastcar {

namespace {

/// "f32, f16 or bf16"
std::string listed(std::initializer_list<DType> types)
{
    std::string text;
    for (const DType *type = types.begin(); type != types.end(); ++type)
        text += std::string(text.empty() ? "" : type + 1 == types.end() ? " or " : ", ") + name(*type);
    return text;
}

} // namespace

WeightBinder::WeightBinder(Component &component, std::optional<Error> &error)
    : component_(component)
    , error_(error)
{
}

void WeightBinder::complain(ErrorKind kind, const std::string &message)
{
    if (!error_)
        error_ = Error{kind, message};
}

TensorView WeightBinder::tensor(const std::string &name, const Shape &shape)
{
    return checked(name, shape, {DType::F32, DType::F16, DType::BF16});
}

TensorView WeightBinder::checked(const std::string &name, const Shape &shape, std::initializer_list<DType> types)
{
    if (failed())
        return {};
    if (isOutline())
        return component_.note(name, shape);
    const Checkpoint::TensorEntry *entry = component_.use(name);
    if (!entry) {
        complain(ErrorKind::Corrupt, component_.folder() + " has no tensor " + name +
                                         "; the configs call for one of shape " + toString(shape) + ".");
        return {};
    }
    const std::string place = component_.folder() + ": tensor " + name + " in " + entry->file;
    const TensorView &view = entry->view;
    if (view.shape != shape)
        complain(ErrorKind::Corrupt, place + " has the shape " + toString(view.shape) + "; " +
                                         toString(shape) + " expected from the configs.");
    else if (std::find(types.begin(), types.end(), view.type) == types.end())
        complain(ErrorKind::Unsupported, place + " has elements of type " + fastcar::name(view.type) + "; " +
                                             listed(types) + " expected.");
    else if (reinterpret_cast<std::uintptr_t>(view.data) % byteSize(view.type) != 0)
        complain(ErrorKind::Unsupported, place + " does not begin at a multiple of its elements' size; save "
                                                 "it again with a current safetensors "
                                                 "library, which aligns tensors.");
    return failed() ? TensorView{} : view;
}

NarrowMatrix WeightBinder::narrow(const std::string &prefix, NarrowFormat format, std::int64_t out, std::int64_t in)
{
    const TensorView values =
        checked(narrowName(prefix, format), {out, NarrowMatrix::rowBytes(format, in)}, {DType::U8});
    NarrowMatrix matrix{.format = format, .out = out, .in = in, .values = values.data};
    matrix.rowScales =
        reinterpret_cast<const float *>(checked(rowScalesName(prefix), {out}, {DType::F32}).data);
    return failed() ? NarrowMatrix{} : matrix;
}

LinearWeights WeightBinder::matrix(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    int found = has(prefix + ".weight") ? 1 : 0;
    std::optional<NarrowFormat> stored;
    for (const NarrowFormat format : {NarrowFormat::Int8, NarrowFormat::Int4})
        if (has(narrowName(prefix, format))) {
            stored = format;
            ++found;
        }
    if (found > 1)
        complain(ErrorKind::Corrupt, component_.folder() + " holds " + prefix +
                                         ".weight in more than one format; it cannot be told which is meant.");
    if (stored)
        return {.weight = {}, .bias = {}, .narrow = narrow(prefix, *stored, out, in)};
    return {.weight = tensor(prefix + ".weight", {out, in}), .bias = {}};
}

LinearWeights WeightBinder::linear(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    LinearWeights weights = matrix(prefix, out, in);
    weights.bias = tensor(prefix + ".bias", {out});
    return weights;
}

LinearWeights WeightBinder::linearWithoutBias(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    return matrix(prefix, out, in);
}

LinearWeights WeightBinder::wideLinear(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    return {.weight = tensor(prefix + ".weight", {out, in}), .bias = tensor(prefix + ".bias", {out})};
}

NormWeights WeightBinder::norm(const std::string &prefix, std::int64_t channels)
{
    return {tensor(prefix + ".weight", {channels}), tensor(prefix + ".bias", {channels})};
}

NormWeights WeightBinder::rmsNorm(const std::string &prefix, std::int64_t channels)
{
    return {tensor(prefix + ".weight", {channels}), {}};
}

ConvWeights WeightBinder::conv(const std::string &prefix, std::int64_t out, std::int64_t in,
                               std::int64_t kernel)
{
    return {tensor(prefix + ".weight", {out, in, kernel, kernel}), tensor(prefix + ".bias", {out})};
}

void WeightBinder::refuseUnused(const std::string &prefix, const std::string &why)
{
    for (const Checkpoint::TensorEntry &entry : component_.tensors())
        if (!entry.used && entry.name.starts_with(prefix) &&
            (entry.name.ends_with(".weight") || entry.name.ends_with(".bias") || isNarrowName(entry.name)))
            complain(ErrorKind::Unsupported,
                     component_.folder() + ": tensor " + entry.name + " in " + entry.file +
                         " has no place in the network that the configs describe. " + why);
}

} // namespace fastcar
