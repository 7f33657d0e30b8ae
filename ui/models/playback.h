// SPDX-License-Identifier: Apache-2.0
//
// Plays the whole frames in a loop, at the clip's own pace, by moving the selection's frame.
#pragma once

#include "ui/models/frame_store.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QTimer>

namespace fastcar::ui {

class Playback : public QObject {
    Q_OBJECT
public:
    Playback(const FrameStore &frames, Selection &selection, QObject *parent = nullptr);

    int framesPerSecond() const { return framesPerSecond_; }
    void setFramesPerSecond(int framesPerSecond);
    bool playing() const { return timer_.isActive(); }

public slots:
    /// Does nothing where there are fewer than two whole frames.
    void play();
    void pause();
    void toggle();
    /// One frame on or back; stops playing.
    void step(int frames);

signals:
    void playingChanged(bool playing);
    void paceChanged(int framesPerSecond);

private:
    void advance();

    const FrameStore &frames_;
    Selection &selection_;
    QTimer timer_;
    int framesPerSecond_ = 8;
};

} // namespace fastcar::ui
