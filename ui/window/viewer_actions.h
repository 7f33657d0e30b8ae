// SPDX-License-Identifier: Apache-2.0
//
// What one can do with the picture besides playing it: the overlays that need more than the trace's own
// scores, zoom, the videos of a run. The page owns the actions; menus show them.
#pragma once

#include "ui/heatmap/overlay_model.h"
#include "ui/models/dense_reference.h"
#include "ui/models/selection.h"
#include "ui/video/picture_zoom.h"
#include "ui/video/video_grid.h"

#include <QAction>
#include <QList>
#include <QObject>

namespace fastcar::ui {

class ViewerActions : public QObject {
    Q_OBJECT
public:
    struct Models {
        Selection &selection;
        OverlayModel &overlays;
        ZoomModel &zoom;
        const DenseReference &reference;
    };
    /// `page` takes the keys of the actions.
    ViewerActions(const Models &models, VideoGrid &grid, QWidget &page);

    QAction *share() const { return share_; }
    QAction *drift() const { return drift_; }
    QAction *strip() const { return strip_; }
    QList<QAction *> overlayActions() const { return {share_, drift_}; }
    QList<QAction *> zoomActions() const { return QList{in_, out_, fit_, one_, two_} + pushes_; }
    QList<QAction *> videoActions() const { return {next_, alone_, strip_}; }

private:
    void makeOverlays();
    void makeZoom();
    void makePushes();
    void makeVideos();
    void showReference();
    QAction *add(const QString &text, const char *name, const QKeySequence &keys);
    /// Its keys are those of the comparison, or of any other view that has the focus, first.
    QAction *addYielding(const QString &text, const char *name, const QKeySequence &keys);

    Models models_;
    VideoGrid &grid_;
    QWidget &page_;
    QAction *share_ = nullptr;
    QAction *drift_ = nullptr;
    QAction *strip_ = nullptr;
    QAction *in_ = nullptr;
    QAction *out_ = nullptr;
    QAction *fit_ = nullptr;
    QAction *one_ = nullptr;
    QAction *two_ = nullptr;
    QList<QAction *> pushes_;
    QAction *next_ = nullptr;
    QAction *alone_ = nullptr;
};

} // namespace fastcar::ui
