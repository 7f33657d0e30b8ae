// SPDX-License-Identifier: Apache-2.0
//
// A benchmark has nobody to hand an error to: it says what went wrong and ends with status 1.
#pragma once

#include "engine/base/result.h"

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace fastcar::bench {

template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace fastcar::bench
