// SPDX-License-Identifier: Apache-2.0
//
// The posters of runs, read from disk when a tile asks for one, on a thread of its own. The newest wish is
// read first, and wishes of tiles that have long scrolled by are forgotten, so that the ones in view come at
// once however far one scrolls.
#pragma once

#include "engine/library/run_folder.h"

#include <QCache>
#include <QImage>
#include <QObject>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

namespace fastcar::ui {

class PosterStore : public QObject {
    Q_OBJECT
public:
    explicit PosterStore(QObject *parent = nullptr);

    void setLibrary(const std::filesystem::path &folder);
    /// Null while it is on its way; of a run without one, too.
    QImage poster(RunId run);
    /// It has another one now.
    void forget(RunId run);

signals:
    void loaded(fastcar::RunId run);

private:
    struct Wish {
        RunId run = 0;
        std::filesystem::path file;
    };
    void work(std::stop_token stop);
    void take(RunId run, const QImage &image);

    std::filesystem::path folder_;
    QCache<RunId, QImage> images_; // by kilobytes; a null image: there is none
    std::mutex mutex_;
    std::condition_variable_any more_;
    std::deque<Wish> wishes_; // the newest last; guarded by mutex_
    std::jthread thread_;     // last: everything above is there while it runs
};

} // namespace fastcar::ui
