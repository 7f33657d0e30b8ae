// SPDX-License-Identifier: Apache-2.0
#include "ui/models/selection.h"

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {

int within(int value, int count)
{
    return std::clamp(value, 0, std::max(0, count - 1));
}

} // namespace

void Selection::setLimits(int layers, int rows, int positions, int videos)
{
    const int rowBefore = row_;
    const int videoBefore = video();
    const bool unconditional = row_ >= videos_;
    layers_ = layers;
    rows_ = rows;
    positions_ = positions;
    videos_ = std::max(1, videos);
    if (position_ >= positions)
        position_ = -1;
    if (hovered_ >= positions)
        hovered_ = -1;
    chooseLayer(layer_);
    const int kept = within(videoBefore, videos_);
    row_ = unconditional && rows_ > videos_ ? kept + videos_ : kept;
    if (row_ != rowBefore)
        emit rowChanged(row_);
    if (video() != videoBefore)
        emit videoChanged(video());
    emit changed();
}

void Selection::setVisibleFrames(int frames)
{
    visibleFrames_ = frames;
    setFrame(following_ ? frames - 1 : frame_);
}

void Selection::chooseFrame(int frame)
{
    setFollowing(false);
    setFrame(frame);
}

void Selection::followNewest()
{
    setFollowing(true);
    setFrame(visibleFrames_ - 1);
}

void Selection::chooseLayer(int layer)
{
    layer = within(layer, layers_);
    if (layer == layer_)
        return;
    layer_ = layer;
    emit layerChanged(layer_);
    emit changed();
}

void Selection::chooseRow(int row)
{
    row = within(row, rows_);
    if (row == row_)
        return;
    const int videoBefore = video();
    row_ = row;
    emit rowChanged(row_);
    if (video() != videoBefore)
        emit videoChanged(video());
    emit changed();
}

void Selection::chooseVideo(int video)
{
    chooseRow(rowOf(within(video, videos_)));
}

void Selection::choosePosition(int position)
{
    position = position < positions_ ? std::max(-1, position) : -1;
    if (position == position_)
        return;
    position_ = position;
    emit changed();
}

void Selection::chooseToken(int frame, int position)
{
    setFollowing(false);
    const int before = std::exchange(position_, position < positions_ ? std::max(-1, position) : -1);
    if (within(frame, visibleFrames_) != frame_)
        setFrame(frame);
    else if (position_ != before)
        emit changed();
}

void Selection::hover(int position, int video)
{
    position = position < positions_ ? std::max(-1, position) : -1;
    video = video < 0 ? this->video() : within(video, videos_);
    if (position == hovered_ && (position < 0 || video == hoveredVideo_))
        return;
    hovered_ = position;
    hoveredVideo_ = video;
    emit changed();
}

void Selection::setFrame(int frame)
{
    frame = within(frame, visibleFrames_);
    if (frame == frame_)
        return;
    frame_ = frame;
    emit frameChanged(frame_);
    emit changed();
}

void Selection::setFollowing(bool following)
{
    if (following == following_)
        return;
    following_ = following;
    emit followingChanged(following_);
}

} // namespace fastcar::ui
