// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/chosen_step.h"

#include <algorithm>

namespace fastcar::ui {

int chosenStep(const RunRecord &record, const Selection &selection)
{
    const int newest = record.wholeSteps() - 1;
    if (newest < 0 || (selection.following() && selection.position() < 0))
        return newest;
    const int stride = record.trace().shape().stride;
    return std::min(selection.frame() * stride + std::max(0, selection.position()), newest);
}

void chooseStep(const RunRecord &record, Selection &selection, int step)
{
    const int stride = std::max(1, record.trace().shape().stride);
    selection.chooseFrame(step / stride);
    selection.choosePosition(step % stride);
}

} // namespace fastcar::ui
