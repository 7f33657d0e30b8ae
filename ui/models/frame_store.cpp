// SPDX-License-Identifier: Apache-2.0
#include "ui/models/frame_store.h"

namespace fastcar::ui {

void FrameStore::reset(int videos, int frames, int stride)
{
    videos_ = videos;
    frames_ = frames;
    stride_ = stride;
    whole_ = 0;
    pictureSize_ = {};
    entries_.assign(static_cast<std::size_t>(videos) * static_cast<std::size_t>(frames), {});
    emit wasReset();
}

bool FrameStore::contains(int video, int frame) const
{
    return video >= 0 && video < videos_ && frame >= 0 && frame < frames_;
}

std::size_t FrameStore::place(int video, int frame) const
{
    return static_cast<std::size_t>(video) * static_cast<std::size_t>(frames_) +
           static_cast<std::size_t>(frame);
}

bool FrameStore::isWhole(int frame) const
{
    for (int video = 0; video < videos_; ++video)
        if (!at(video, frame).whole)
            return false;
    return true;
}

void FrameStore::put(int video, int frame, Entry entry)
{
    if (entry.picture)
        pictureSize_ = {entry.picture->width, entry.picture->height};
    entries_[place(video, frame)] = std::move(entry);
    while (whole_ < frames_ && isWhole(whole_))
        ++whole_;
    emit frameChanged(video, frame);
}

void FrameStore::putWhole(int video, int frame, SharedFrame picture)
{
    if (contains(video, frame))
        put(video, frame, {.picture = std::move(picture), .tokens = stride_, .whole = true});
}

void FrameStore::putPreview(int video, int frame, int tokens, SharedFrame picture)
{
    if (contains(video, frame) && !at(video, frame).whole)
        put(video, frame, {.picture = std::move(picture), .tokens = tokens});
}

int FrameStore::visibleFrames() const
{
    if (whole_ == frames_)
        return whole_;
    for (int video = 0; video < videos_; ++video)
        if (at(video, whole_).picture)
            return whole_ + 1;
    return whole_;
}

std::vector<SharedFrame> FrameStore::wholePictures(int video) const
{
    std::vector<SharedFrame> pictures;
    for (int frame = 0; frame < frames_ && at(video, frame).whole; ++frame)
        pictures.push_back(at(video, frame).picture);
    return pictures;
}

} // namespace fastcar::ui
