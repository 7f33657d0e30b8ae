// SPDX-License-Identifier: Apache-2.0
//
// What the overlays without numbers of their own mean: the level of the layers replayed and the tint of the
// drift, each drawn as it lies over the picture, and only while it does.
#pragma once

#include "ui/video/video_scene.h"

#include <QWidget>

namespace fastcar::ui {

class OverlayLegend : public QWidget {
    Q_OBJECT
public:
    explicit OverlayLegend(QWidget *parent = nullptr);

    /// Hides itself where neither of the two is on.
    void setOverlays(const VideoOverlays &overlays, bool hasDrift, int layers);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    double paintShare(QPainter &painter, double left) const;
    double paintDrift(QPainter &painter, double left) const;
    QString told() const;

    VideoOverlays overlays_;
    bool hasDrift_ = false;
    int layers_ = 0;
    int lines_ = 1;
};

} // namespace fastcar::ui
