// SPDX-License-Identifier: Apache-2.0
//
// Writes the frames of a run to a video file in the background; those of several videos to a file for each.
#pragma once

#include "engine/decode/run_settings.h"
#include "engine/media/video_file.h"
#include "ui/bridge/background_job.h"

#include <QObject>
#include <QString>

#include <vector>

namespace fastcar::ui {

class VideoSaver : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    bool saving() const { return job_.running(); }
    /// Not while saving. `videos` are the frames of one or more: the files of several are numbered.
    void save(const QString &file, std::vector<std::vector<SharedFrame>> videos, const RunSettings &settings,
              int framesPerSecond);

    /// "a-ghost-falls-down" for a file that is named after its prompt.
    static QString fileStem(const QString &prompt);

signals:
    void started(const QString &file);
    /// `file` is the first one.
    void saved(const QString &file, int frames, int videos);
    void failed(const QString &file, const QString &reason);

private:
    BackgroundJob job_;
};

} // namespace fastcar::ui
