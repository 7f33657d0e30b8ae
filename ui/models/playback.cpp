// SPDX-License-Identifier: Apache-2.0
#include "ui/models/playback.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double fastestPace = 60.0; // frames a second that are drawn
} // namespace

Playback::Playback(const FrameStore &frames, Selection &selection, QObject *parent)
    : QObject(parent)
    , frames_(frames)
    , selection_(selection)
{
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &Playback::advance);
    connect(&frames_, &FrameStore::wasReset, this, &Playback::pause);
    setPace();
}

void Playback::setFramesPerSecond(int framesPerSecond)
{
    framesPerSecond_ = std::clamp(framesPerSecond, 1, 60);
    setPace();
}

void Playback::setSpeed(double speed)
{
    speed_ = std::clamp(speed, 0.25, 4.0);
    setPace();
}

void Playback::setLooping(bool looping)
{
    if (looping == looping_)
        return;
    looping_ = looping;
    emit paceChanged();
}

void Playback::setPace()
{
    const double pace = framesPerSecond_ * speed_;
    framesAtOnce_ = std::max(1, static_cast<int>(std::ceil(pace / fastestPace)));
    timer_.setInterval(static_cast<int>(std::lround(1000.0 * framesAtOnce_ / pace)));
    emit paceChanged();
}

void Playback::play()
{
    if (playing() || frames_.wholeFrames() < 2)
        return;
    if (!looping_ && selection_.frame() + 1 >= frames_.wholeFrames())
        selection_.chooseFrame(0);
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
    if (whole == 0)
        return;
    const int next = selection_.frame() + framesAtOnce_;
    if (next < whole || looping_) {
        selection_.chooseFrame(next % whole);
        return;
    }
    selection_.chooseFrame(whole - 1);
    pause();
}

} // namespace fastcar::ui
