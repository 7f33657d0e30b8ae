// SPDX-License-Identifier: Apache-2.0
//
// Which overlays are on: one value that menu, tool bar and video view share.
#pragma once

#include "ui/video/video_scene.h"

#include <QObject>

namespace fastcar::ui {

class OverlayModel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const VideoOverlays &overlays() const { return overlays_; }

public slots:
    void setHeatmap(bool on);
    void setMask(bool on);
    void setGrid(bool on);
    /// 0 to 100
    void setOpacityPercent(int percent);

signals:
    void changed();

private:
    void set(const VideoOverlays &overlays);

    VideoOverlays overlays_;
};

} // namespace fastcar::ui
