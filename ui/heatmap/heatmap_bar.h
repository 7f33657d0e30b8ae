// SPDX-License-Identifier: Apache-2.0
//
// The bar above the video: which layer and row is shown, what lies over the picture, and whether the strip
// beside it is there.
#pragma once

#include "ui/heatmap/overlay_model.h"
#include "ui/models/selection.h"

#include <QWidget>

#include <array>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace fastcar::ui {

class FlowLine;

class HeatmapBar : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction *heatmap = nullptr;
        QAction *share = nullptr;
        QAction *drift = nullptr;
        QAction *mask = nullptr;
        QAction *grid = nullptr;
        QAction *strip = nullptr;
    };
    HeatmapBar(const Actions &actions, OverlayModel &overlays, Selection &selection,
               QWidget *parent = nullptr);

    /// Of the run at hand. The rows to choose from are those of the chosen video: one, or two where the run
    /// is guided.
    void setShape(int layers, int rows, int videos);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fillLists(int layers, bool guided);
    void measure();
    void fit();
    void showRow();
    QToolButton *makeOpacities(OverlayModel &overlays);

    Selection &selection_;
    FlowLine *line_ = nullptr;
    QComboBox *layer_ = nullptr;
    QComboBox *row_ = nullptr;
    QToolButton *opacities_ = nullptr;
    QToolButton *positionStrip_ = nullptr;
    std::array<QToolButton *, 5> toggles_{};
    QWidget *overlayButtons_ = nullptr;
    int wide_ = 0; // what words beside the icons take
};

} // namespace fastcar::ui
