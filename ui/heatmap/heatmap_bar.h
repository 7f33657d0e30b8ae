// SPDX-License-Identifier: Apache-2.0
//
// The bar above the video: which layer and row is shown, and what lies over the picture.
#pragma once

#include "ui/heatmap/overlay_model.h"
#include "ui/models/selection.h"

#include <QWidget>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace fastcar::ui {

class HeatmapBar : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction *heatmap = nullptr;
        QAction *share = nullptr;
        QAction *drift = nullptr;
        QAction *mask = nullptr;
        QAction *grid = nullptr;
    };
    HeatmapBar(const Actions &actions, OverlayModel &overlays, Selection &selection,
               QWidget *parent = nullptr);

    /// Of the run at hand. The rows to choose from are those of the chosen video: one, or two where the run
    /// is guided.
    void setShape(int layers, int rows, int videos);

    /// Where there is little room, the buttons have their signs alone.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *addButton(QAction *action, const QString &name);
    int widthWith(Qt::ToolButtonStyle style) const;
    void fitButtons();
    void showRow();
    QToolButton *makeOpacities(OverlayModel &overlays);

    Selection &selection_;
    QComboBox *layer_ = nullptr;
    QComboBox *row_ = nullptr;
    QList<QToolButton *> buttons_; // of the overlays
};

} // namespace fastcar::ui
