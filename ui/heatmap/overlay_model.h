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
    /// 0 to 100
    void setOpacityPercent(float VideoOverlays::*opacity, int percent);

public slots:
    void setHeatmap(bool on);
    void setShare(bool on);
    void setDrift(bool on);
    void setMask(bool on);
    void setGrid(bool on);

signals:
    void changed();

private:
    void set(bool VideoOverlays::*overlay, bool on);
    void set(const VideoOverlays &overlays);

    VideoOverlays overlays_;
};

} // namespace fastcar::ui
