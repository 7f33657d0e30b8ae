// SPDX-License-Identifier: Apache-2.0
//
// Saving videos as a person does it: asks where, remembers the folder, tells how it went.
#pragma once

#include "ui/bridge/video_saver.h"
#include "ui/models/preferences.h"

#include <QObject>

#include <functional>

class QStatusBar;

namespace fastcar::ui {

class MessageBanner;

class VideoSaving : public QObject {
    Q_OBJECT
public:
    struct Parts {
        Preferences &preferences;
        MessageBanner &banner;
        QStatusBar &status;
    };
    /// All of them outlive it.
    explicit VideoSaving(const Parts &parts, QObject *parent = nullptr);

    bool saving() const { return saver_.saving(); }
    /// Each of `videos` is the frames of one.
    void save(const RunSettings &settings, std::vector<std::vector<SharedFrame>> videos, int framesPerSecond);

    /// Asks for a file, given a suggestion; empty: the person thought better of it.
    std::function<QString(const QString &suggestion)> askForFile;

signals:
    /// saving() is another one.
    void changed();

private:
    void tellSaved(const QString &file, int frames, int videos);

    Parts parts_;
    VideoSaver saver_;
};

} // namespace fastcar::ui
