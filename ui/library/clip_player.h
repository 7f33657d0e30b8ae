// SPDX-License-Identifier: Apache-2.0
//
// Plays the clip of one run in its tile while the pointer rests on it. Its pictures are read when the pointer
// has come to rest, and forgotten when it goes.
#pragma once

#include "engine/library/run_entry.h"

#include <QImage>
#include <QObject>
#include <QTimer>

#include <vector>

namespace fastcar::ui {

class LibraryQueue;

class ClipPlayer : public QObject {
    Q_OBJECT
public:
    explicit ClipPlayer(QObject *parent = nullptr);

    /// `run` of 0: the pointer rests on none. `queue` outlives the player.
    void watch(LibraryQueue *queue, RunId run);
    /// What `run` shows now; null: its poster.
    QImage picture(RunId run) const;

signals:
    void pictureChanged(fastcar::RunId run);

private:
    void read();

    LibraryQueue *queue_ = nullptr;
    RunId run_ = 0;
    std::vector<QImage> pictures_;
    std::size_t shown_ = 0;
    QTimer rest_;
    QTimer next_;
};

} // namespace fastcar::ui
