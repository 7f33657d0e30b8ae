// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/weight_binder.h"

#include <cstdint>

namespace fastcar {

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
    if (failed())
        return {};
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
    else if (view.type != DType::F32 && view.type != DType::F16 && view.type != DType::BF16)
        complain(ErrorKind::Unsupported, place + " has elements of type " + fastcar::name(view.type) +
                                             "; f32, f16 or bf16 expected.");
    else if (reinterpret_cast<std::uintptr_t>(view.data) % byteSize(view.type) != 0)
        complain(ErrorKind::Unsupported, place + " does not begin at a multiple of its elements' size; save "
                                                 "it again with a current safetensors "
                                                 "library, which aligns tensors.");
    return failed() ? TensorView{} : view;
}

LinearWeights WeightBinder::linear(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    return {tensor(prefix + ".weight", {out, in}), tensor(prefix + ".bias", {out})};
}

LinearWeights WeightBinder::linearWithoutBias(const std::string &prefix, std::int64_t out, std::int64_t in)
{
    return {tensor(prefix + ".weight", {out, in}), {}};
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
            (entry.name.ends_with(".weight") || entry.name.ends_with(".bias")))
            complain(ErrorKind::Unsupported,
                     component_.folder() + ": tensor " + entry.name + " in " + entry.file +
                         " has no place in the network that the configs describe. " + why);
}

} // namespace fastcar
