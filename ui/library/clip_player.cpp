// SPDX-License-Identifier: Apache-2.0
#include "ui/library/clip_player.h"

#include "ui/bridge/library_queue.h"

#include <QPointer>

namespace fastcar::ui {

namespace {

constexpr int pictureRestMs = 180;
constexpr int pictureMs = 125; // 8 pictures a second

QImage imageOf(const Frame &frame)
{
    return QImage(frame.rgb.data(), frame.width, frame.height, frame.width * 3, QImage::Format_RGB888)
        .convertToFormat(QImage::Format_RGB32); // and a copy
}

} // namespace

ClipPlayer::ClipPlayer(QObject *parent)
    : QObject(parent)
{
    rest_.setSingleShot(true);
    rest_.setInterval(pictureRestMs);
    next_.setInterval(pictureMs);
    connect(&rest_, &QTimer::timeout, this, &ClipPlayer::read);
    connect(&next_, &QTimer::timeout, this, [this] {
        shown_ = (shown_ + 1) % pictures_.size();
        emit pictureChanged(run_);
    });
}

void ClipPlayer::watch(LibraryQueue *queue, RunId run)
{
    if (run == run_)
        return;
    const RunId before = std::exchange(run_, run);
    queue_ = queue;
    pictures_.clear();
    shown_ = 0;
    next_.stop();
    rest_.stop();
    if (before != 0)
        emit pictureChanged(before);
    if (run != 0 && queue)
        rest_.start();
}

QImage ClipPlayer::picture(RunId run) const
{
    return run == run_ && !pictures_.empty() ? pictures_[shown_] : QImage();
}

void ClipPlayer::read()
{
    queue_->ask(
        [run = run_](Library &library) {
            std::vector<QImage> pictures;
            for (const SharedFrame &frame : library.filesOf(run).readFrames(0))
                pictures.push_back(imageOf(*frame));
            return Result<std::vector<QImage>>(std::move(pictures));
        },
        [self = QPointer(this), run = run_](Result<std::vector<QImage>> pictures) {
            if (!self || self->run_ != run || !pictures || pictures->size() < 2)
                return;
            self->pictures_ = std::move(*pictures);
            self->next_.start();
            emit self->pictureChanged(run);
        });
}

} // namespace fastcar::ui
