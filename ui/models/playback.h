// SPDX-License-Identifier: Apache-2.0
//
// Plays the whole frames, in a loop or once, at the clip's own pace or a multiple of it, by moving the
// selection's frame.
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
    /// The clip's own pace; also that of saved videos.
    void setFramesPerSecond(int framesPerSecond);
    /// Of what is seen only: 0.25 to 4.
    double speed() const { return speed_; }
    void setSpeed(double speed);
    bool looping() const { return looping_; }
    bool playing() const { return timer_.isActive(); }

public slots:
    /// Does nothing where there are fewer than two whole frames.
    void play();
    void pause();
    void toggle();
    void setLooping(bool looping);
    /// One frame on or back; stops playing.
    void step(int frames);

signals:
    void playingChanged(bool playing);
    void paceChanged();

private:
    void advance();
    void setPace();

    const FrameStore &frames_;
    Selection &selection_;
    QTimer timer_;
    int framesPerSecond_ = 8;
    double speed_ = 1.0;
    bool looping_ = true;
    int framesAtOnce_ = 1; // faster than a screen shows, frames are left out
};

} // namespace fastcar::ui
