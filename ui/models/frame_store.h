// SPDX-License-Identifier: Apache-2.0
//
// The pictures of the video at hand: whole frames, and behind them the one in progress. Pictures are shared
// and never change; a newer preview takes the place of an older one.
#pragma once

#include "engine/media/frame.h"

#include <QObject>

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

    /// Forgets everything; `frames` of `stride` positions are to come.
    void reset(int frames, int stride);
    void putWhole(int frame, SharedFrame picture);
    /// A preview of a frame that is already whole comes too late and is dropped.
    void putPreview(int frame, int tokens, SharedFrame picture);

    int frames() const { return static_cast<int>(entries_.size()); }
    /// Whole frames from the first on.
    int wholeFrames() const { return whole_; }
    /// Frames with a picture, the one in progress included.
    int visibleFrames() const;
    const Entry &at(int frame) const { return entries_.at(static_cast<std::size_t>(frame)); }
    std::vector<SharedFrame> wholePictures() const;

signals:
    void frameChanged(int frame);
    void wasReset();

private:
    std::vector<Entry> entries_;
    int stride_ = 0;
    int whole_ = 0;
};

} // namespace fastcar::ui
