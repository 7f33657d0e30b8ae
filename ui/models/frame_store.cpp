// SPDX-License-Identifier: Apache-2.0
#include "ui/models/frame_store.h"

namespace fastcar::ui {

void FrameStore::reset(int frames, int stride)
{
    entries_.assign(static_cast<std::size_t>(frames), {});
    stride_ = stride;
    whole_ = 0;
    emit wasReset();
}

void FrameStore::putWhole(int frame, SharedFrame picture)
{
    if (frame < 0 || frame >= frames())
        return;
    entries_[static_cast<std::size_t>(frame)] = {
        .picture = std::move(picture), .tokens = stride_, .whole = true};
    while (whole_ < frames() && entries_[static_cast<std::size_t>(whole_)].whole)
        ++whole_;
    emit frameChanged(frame);
}

void FrameStore::putPreview(int frame, int tokens, SharedFrame picture)
{
    if (frame < 0 || frame >= frames() || at(frame).whole)
        return;
    entries_[static_cast<std::size_t>(frame)] = {.picture = std::move(picture), .tokens = tokens};
    emit frameChanged(frame);
}

int FrameStore::visibleFrames() const
{
    const bool preview = whole_ < frames() && at(whole_).picture;
    return whole_ + (preview ? 1 : 0);
}

std::vector<SharedFrame> FrameStore::wholePictures() const
{
    std::vector<SharedFrame> pictures;
    for (int frame = 0; frame < whole_; ++frame)
        pictures.push_back(at(frame).picture);
    return pictures;
}

} // namespace fastcar::ui
