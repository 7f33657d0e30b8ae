// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/linked_selection.h"

#include <utility>

namespace fastcar::ui {

LinkedSelection::LinkedSelection(Selection &compared, Selection &window, QObject *parent)
    : QObject(parent)
    , compared_(compared)
    , window_(window)
{
    connect(&compared_, &Selection::changed, this, &LinkedSelection::toWindow);
    connect(&window_, &Selection::changed, this, &LinkedSelection::toComparison);
}

void LinkedSelection::link(std::optional<int> offset)
{
    if (offset == offset_)
        return;
    offset_ = offset;
    toComparison();
}

void LinkedSelection::toWindow()
{
    if (!offset_ || std::exchange(copying_, true))
        return;
    const int frame = compared_.frame() + *offset_;
    // Only what differs: to choose a frame is to stop following the newest one.
    if (frame != window_.frame() && frame >= 0 && frame < window_.visibleFrames())
        window_.chooseFrame(frame);
    window_.chooseVideo(compared_.video());
    window_.choosePosition(compared_.position());
    window_.hover(compared_.hovered());
    copying_ = false;
}

void LinkedSelection::toComparison()
{
    if (!offset_ || std::exchange(copying_, true))
        return;
    const int frame = window_.frame() - *offset_;
    if (frame != compared_.frame() && frame >= 0 && frame < compared_.visibleFrames())
        compared_.chooseFrame(frame);
    compared_.chooseVideo(window_.video());
    compared_.choosePosition(window_.position());
    compared_.hover(window_.hovered());
    copying_ = false;
}

} // namespace fastcar::ui
