// SPDX-License-Identifier: Apache-2.0
//
// A checkpoint whose matrices are held in 8 or 4 bits, written ahead: what `cpu:int8` and `cpu:int4` make of a model at
// each start, bit for bit, in a folder that opens like any other and is used as it is mapped (docs/checkpoints.md).
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

/// May this tensor be held in 8 or 4 bits: a matrix of the backbone's layers or of the depth transformer?
bool mayBeNarrow(const std::string &component, const std::string &tensor, const Shape &shape);

/// Root mean square of what quantising changes, as a share of that of the weights; of up to 128 rows, evenly spread.
double narrowingError(const TensorView &matrix, NarrowFormat format);

struct QuantiseOptions {
    NarrowFormat format = NarrowFormat::Int8;
    /// Tensors whose name matches `pattern` (with * and ?), for the matrices that it fits; nothing: as they are stored. The
    /// last rule that fits decides.
    struct Rule {
        std::string pattern;
        std::optional<NarrowFormat> format;
    };
    std::vector<Rule> rules;
    /// A matrix that no rule names and whose error would be larger than this stays at the next wider format. A normal
    /// distribution of weights has about 0.01 in int8 (a row of 4096) and 0.09 in int4.
    double int8Error = 0.03;
    double int4Error = 0.13;
    std::function<bool(double share)> progress; // from 0 to 1; false: stop
};

struct QuantiseReport {
    struct Matrix {
        std::string component, name;
        std::optional<NarrowFormat> format; // nothing: stays as it was
        double error = 0.0;                 // of that format
        bool widened = false;               // because of its error
    };
    std::vector<Matrix> matrices;
    std::uint64_t sourceBytes = 0, bytes = 0; // of the tensors in use
    std::string sourceDigest;
};

/// Errors: the source is quantised already, a rule fits nothing, no room, `folder` is not empty.
Result<QuantiseReport> quantiseCheckpoint(const Checkpoint &source, const std::filesystem::path &folder,
                                          const QuantiseOptions &options);

} // namespace fastcar
