// SPDX-License-Identifier: Apache-2.0
//
// The pictures of the run at hand, of each of its videos: whole frames, and behind them the one in progress.
// The videos of a run are made side by side, token by token, so they have the same frames but for an instant.
// Pictures are shared and never change; a newer preview takes the place of an older one.
#pragma once

#include "engine/media/frame.h"

#include <QObject>
#include <QSize>

#include <vector>

namespace fastcar::ui {

class FrameStore : public QObject {
    Q_OBJECT
public:
    struct Entry {
        SharedFrame picture; // null: nothing to show yet
        int tokens = 0;      // positions of it that are drawn
        bool whole = false;
    };

    using QObject::QObject;

    /// Forgets everything; of `videos` videos `frames` of `stride` positions are to come.
    void reset(int videos, int frames, int stride);
    void putWhole(int video, int frame, SharedFrame picture);
    /// A preview of a frame that is already whole comes too late and is dropped.
    void putPreview(int video, int frame, int tokens, SharedFrame picture);

    int videos() const { return videos_; }
    int frames() const { return frames_; }
    /// From the first on, whole in every video.
    int wholeFrames() const { return whole_; }
    /// Those, and the one in progress as soon as a video has a picture of it.
    int visibleFrames() const;
    const Entry &at(int video, int frame) const { return entries_.at(place(video, frame)); }
    /// Of one video, the whole ones.
    std::vector<SharedFrame> wholePictures(int video) const;
    /// In pixels, the same for all; empty before there is a picture.
    QSize pictureSize() const { return pictureSize_; }

signals:
    void frameChanged(int video, int frame);
    void wasReset();

private:
    bool contains(int video, int frame) const;
    bool isWhole(int frame) const;
    std::size_t place(int video, int frame) const;
    void put(int video, int frame, Entry entry);

    std::vector<Entry> entries_; // [video, frame]
    int videos_ = 0;
    int frames_ = 0;
    int stride_ = 0;
    int whole_ = 0;
    QSize pictureSize_;
};

} // namespace fastcar::ui
