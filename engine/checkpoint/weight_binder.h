// SPDX-License-Identifier: Apache-2.0
//
// Takes tensors out of a component by name, and holds type and shape against what is expected. The first
// disappointment is kept; the calls after it return empty views, so that a network's list of tensors reads as
// a list.
#pragma once

#include "engine/checkpoint/component.h"
#include "engine/checkpoint/model_weights.h"

#include <optional>

namespace fastcar {

class WeightBinder {
public:
    WeightBinder(Component &component, std::optional<Error> &error);

    TensorView tensor(const std::string &name, const Shape &shape);
    /// The matrix may be stored in 8 or 4 bits (docs/checkpoints.md).
    LinearWeights linear(const std::string &prefix, std::int64_t out, std::int64_t in);
    LinearWeights linearWithoutBias(const std::string &prefix, std::int64_t out, std::int64_t in);
    /// The matrix is stored in a floating type.
    LinearWeights wideLinear(const std::string &prefix, std::int64_t out, std::int64_t in);
    NormWeights norm(const std::string &prefix, std::int64_t channels);
    NormWeights rmsNorm(const std::string &prefix, std::int64_t channels);
    ConvWeights conv(const std::string &prefix, std::int64_t out, std::int64_t in, std::int64_t kernel);

    bool has(const std::string &name) const { return component_.find(name) != nullptr; }
    /// Is it listed what the network needs, instead of taken out of files?
    bool isOutline() const { return component_.isOutline(); }
    bool failed() const { return error_.has_value(); }
    void complain(ErrorKind kind, const std::string &message);
    /// A parameter ("....weight", "....bias") of that prefix that nobody asked for belongs to a network that
    /// differs from ours in something that matters; it is refused by name.
    void refuseUnused(const std::string &prefix, const std::string &why);

private:
    /// Of that shape and one of these types; the first disappointment is kept.
    TensorView checked(const std::string &name, const Shape &shape, std::initializer_list<DType> types);
    LinearWeights matrix(const std::string &prefix, std::int64_t out, std::int64_t in);
    NarrowMatrix narrow(const std::string &prefix, NarrowFormat format, std::int64_t out, std::int64_t in);

    Component &component_;
    std::optional<Error> &error_;
};

} // namespace fastcar
