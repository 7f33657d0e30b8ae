// SPDX-License-Identifier: Apache-2.0
//
// Where the project was built without XRT.
#include "fpga/host/xrt_link.h"

namespace fastcar::fpga {

Result<std::unique_ptr<CardLink>> openXrt(const XrtPlace &place)
{
    return Error{.kind = ErrorKind::Unsupported,
                 .message =
                     "The device " + place.device +
                     " needs XRT, which was not there when this program was built: install libxrt-dev and "
                     "build again."};
}

CardSensors readXrtSensors(unsigned)
{
    return {};
}

} // namespace fastcar::fpga
