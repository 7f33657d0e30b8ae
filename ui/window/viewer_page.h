// SPDX-License-Identifier: Apache-2.0
//
// The middle of the window while there is a run: the bar of overlays, the video, what is under the pointer,
// the film strip. Puts the scene together from the models, at most once for each turn of the event loop.
#pragma once

#include "ui/heatmap/heatmap_bar.h"
#include "ui/models/playback.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/video/video_view.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace fastcar::ui {

class TasLegend;

class ViewerPage : public QWidget {
    Q_OBJECT
public:
    struct Models {
        const RunRecord &record;
        Selection &selection;
        OverlayModel &overlays;
        Playback &playback;
    };
    ViewerPage(const Models &models, const HeatmapBar::Actions &actions, std::shared_ptr<ViewDevice> device,
               QWidget *parent = nullptr);

    VideoView &video() { return *video_; }

private:
    QWidget *buildFoot();
    void begin();
    void askRefresh();
    void refresh();
    void showFacts();

    Models models_;
    QTimer refresh_;
    HeatmapBar *bar_ = nullptr;
    VideoView *video_ = nullptr;
    TasLegend *legend_ = nullptr;
    QLabel *facts_ = nullptr;
};

} // namespace fastcar::ui
