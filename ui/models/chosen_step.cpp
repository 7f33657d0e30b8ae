// SPDX-License-Identifier: Apache-2.0
#include "ui/models/chosen_step.h"

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

int chosenToken(const RunRecord &record, const Selection &selection)
{
    if (selection.position() < 0)
        return -1;
    return selection.frame() * record.trace().shape().stride + selection.position();
}

void chooseStep(const RunRecord &record, Selection &selection, int step)
{
    const int stride = std::max(1, record.trace().shape().stride);
    selection.chooseToken(step / stride, step % stride);
}

} // namespace fastcar::ui
