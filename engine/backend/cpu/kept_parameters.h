// SPDX-License-Identifier: Apache-2.0
//
// What is made of a checkpoint's weights to compute with, beside the checkpoint whose bytes it points into.
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace fastcar::cpu {

/// Parameters(weightsOf(checkpoint), format, pool, ...), which hold the checkpoint. They take time to make and
/// are kept until others of their kind are asked for; pages of matrices that were converted leave the
/// program's memory matrix by matrix. Any thread.
template <typename Parameters, typename WeightsOf>
std::shared_ptr<const Parameters> keptParameters(std::shared_ptr<const Checkpoint> checkpoint,
                                                 std::optional<NarrowFormat> format, ThreadPool &pool,
                                                 WeightsOf weightsOf)
{
    struct Kept {
        std::shared_ptr<const Checkpoint> checkpoint;
        std::optional<NarrowFormat> format;
        Parameters parameters;
    };
    static std::mutex mutex;
    static std::shared_ptr<const Kept> last;

    const auto make = [&] {
        const Checkpoint &of = *checkpoint;
        return std::shared_ptr<const Kept>(
            new Kept{std::move(checkpoint), format,
                     Parameters(weightsOf(of), format, pool,
                                [&of](const TensorView &matrix) { of.releasePages(matrix); })});
    };
    const auto parametersIn = [](std::shared_ptr<const Kept> kept) {
        const Parameters *const parameters = &kept->parameters;
        return std::shared_ptr<const Parameters>(std::move(kept), parameters);
    };
    const std::lock_guard lock(mutex);
    if (!last || last->checkpoint != checkpoint || last->format != format)
        last = make();
    return parametersIn(last);
}

} // namespace fastcar::cpu
