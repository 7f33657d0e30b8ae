// SPDX-License-Identifier: Apache-2.0
#include "ui/library/poster_store.h"

#include <pthread.h>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr qsizetype mostKilobytes = 96 * 1024;
constexpr std::size_t mostWishes = 96; // about two screens full of tiles

} // namespace

PosterStore::PosterStore(QObject *parent)
    : QObject(parent)
    , images_(mostKilobytes)
    , thread_([this](std::stop_token stop) { work(stop); })
{
}

void PosterStore::setLibrary(const std::filesystem::path &folder)
{
    folder_ = folder;
    images_.clear();
}

QImage PosterStore::poster(RunId run)
{
    if (const QImage *image = images_.object(run))
        return *image;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(wishes_, [run](const Wish &wish) { return wish.run == run; });
        wishes_.push_back({run, RunFolder(folder_, run).poster()});
        if (wishes_.size() > mostWishes)
            wishes_.pop_front();
    }
    more_.notify_one();
    return {};
}

void PosterStore::forget(RunId run)
{
    images_.remove(run);
}

void PosterStore::work(std::stop_token stop)
{
    pthread_setname_np(pthread_self(), "fastcar-posters");
    while (true) {
        Wish wish;
        {
            std::unique_lock lock(mutex_);
            more_.wait(lock, stop, [this] { return !wishes_.empty(); });
            if (stop.stop_requested())
                return;
            wish = std::move(wishes_.back());
            wishes_.pop_back();
        }
        const QImage image =
            QImage(QString::fromStdString(wish.file.string())).convertToFormat(QImage::Format_RGB32);
        QMetaObject::invokeMethod(
            this, [this, run = wish.run, image] { take(run, image); }, Qt::QueuedConnection);
    }
}

void PosterStore::take(RunId run, const QImage &image)
{
    images_.insert(run, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes() / 1024));
    emit loaded(run);
}

} // namespace fastcar::ui
