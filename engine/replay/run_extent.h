// SPDX-License-Identifier: Apache-2.0
//
// How long and how wide a run is: what its decisions are counted over.
#pragma once

#include "engine/backend/backbone.h"

namespace fastcar {

struct RunExtent {
    int layers = 0;
    int frames = 0;
    int stride = 1; // tokens of a frame
    RowLayout rows;

    /// Decode steps of the whole video: its last token is drawn but never fed back.
    int steps() const { return frames > 0 ? frames * stride - 1 : 0; }
    /// Those of `frame`, counted from 0.
    int stepsOf(int frame) const { return frame + 1 < frames ? stride : stride - 1; }
    bool operator==(const RunExtent &) const = default;
};

} // namespace fastcar
