// SPDX-License-Identifier: Apache-2.0
#include "ui/models/playback.h"

#include <algorithm>

namespace fastcar::ui {

Playback::Playback(const FrameStore &frames, Selection &selection, QObject *parent)
    : QObject(parent)
    , frames_(frames)
    , selection_(selection)
{
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &Playback::advance);
    connect(&frames_, &FrameStore::wasReset, this, &Playback::pause);
    setFramesPerSecond(framesPerSecond_);
}

void Playback::setFramesPerSecond(int framesPerSecond)
{
    framesPerSecond_ = std::clamp(framesPerSecond, 1, 60);
    timer_.setInterval(1000 / framesPerSecond_);
    emit paceChanged(framesPerSecond_);
}

void Playback::play()
{
    if (playing() || frames_.wholeFrames() < 2)
        return;
    timer_.start();
    emit playingChanged(true);
}

void Playback::pause()
{
    if (!playing())
        return;
    timer_.stop();
    emit playingChanged(false);
}

void Playback::toggle()
{
    playing() ? pause() : play();
}

void Playback::step(int frames)
{
    pause();
    selection_.chooseFrame(selection_.frame() + frames);
}

void Playback::advance()
{
    const int whole = frames_.wholeFrames();
    if (whole > 0)
        selection_.chooseFrame((selection_.frame() + 1) % whole);
}

} // namespace fastcar::ui
