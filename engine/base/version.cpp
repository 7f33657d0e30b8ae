// SPDX-License-Identifier: Apache-2.0
#include "engine/base/version.h"

namespace fastcar {

const char *version()
{
    return FASTCAR_VERSION;
}

} // namespace fastcar
