// SPDX-License-Identifier: Apache-2.0
//
// Card memory as the cycle models see it: behind each port the same, without stalls.
#pragma once

namespace fastcar::fpga {

struct StreamTiming {
    int latency = 40;      // from an address to its first beat
    int cyclesPerBeat = 1; // of each port

    bool operator==(const StreamTiming &) const = default;
};

} // namespace fastcar::fpga
