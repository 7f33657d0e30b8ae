// SPDX-License-Identifier: Apache-2.0
//
// The middle of the window while there is a run: the bar of overlays, the videos, what is under the pointer,
// the film strip. Puts the scenes together from the models when something has changed, while a run goes at
// most some twenty-five times a second.
#pragma once

#include "ui/heatmap/heatmap_bar.h"
#include "ui/models/dense_reference.h"
#include "ui/models/paced_refresh.h"
#include "ui/models/playback.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/models/tas_ranges.h"
#include "ui/video/picture_zoom.h"
#include "ui/video/video_grid.h"

#include <QWidget>

class QToolButton;

namespace fastcar::ui {

class OverlayLegend;
class PositionStrip;
class TasLegend;
class ToldLine;
class ViewerActions;

class ViewerPage : public QWidget {
    Q_OBJECT
public:
    struct Models {
        const RunRecord &record;
        Selection &selection;
        OverlayModel &overlays;
        Playback &playback;
    };
    /// Of the bar's actions those that a window has in its menu anyway.
    struct Actions {
        QAction *heatmap = nullptr;
        QAction *mask = nullptr;
        QAction *grid = nullptr;
    };
    ViewerPage(const Models &models, const Actions &actions, std::shared_ptr<ViewDevice> device,
               QWidget *parent = nullptr);

    VideoGrid &videos() { return *videos_; }
    ViewerActions &actions() { return *actions_; }
    /// What the run at hand is held against; a run without replay that comes from elsewhere can be given.
    DenseReference &reference() { return reference_; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildMiddle(const std::shared_ptr<ViewDevice> &device);
    QWidget *buildFoot();
    QToolButton *makeZoomButton(QWidget *parent);
    void connectModels();
    void begin();
    void askRefresh();
    void refresh();
    void showScenes();
    void showPosition();
    void showZoom();

    Models models_;
    DenseReference reference_;
    TasRanges ranges_;
    ZoomModel zoom_;
    PacedRefresh refresh_;
    ViewerActions *actions_ = nullptr;
    HeatmapBar *bar_ = nullptr;
    VideoGrid *videos_ = nullptr;
    PositionStrip *strip_ = nullptr;
    TasLegend *legend_ = nullptr;
    OverlayLegend *overlayLegend_ = nullptr;
    ToldLine *facts_ = nullptr;
    QToolButton *zoomButton_ = nullptr;
};

} // namespace fastcar::ui
