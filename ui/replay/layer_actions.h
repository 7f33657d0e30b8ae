// SPDX-License-Identifier: Apache-2.0
//
// What can be done with the chosen layers at once: shapes for their thresholds, off and on, back to the
// calibration; and the thresholds of all layers as text, in the words of the command line. One menu, for the
// button beside the heading and for the right button of the mouse.
#pragma once

#include "ui/replay/layer_sliders.h"

#include <QObject>

class QAction;
class QMenu;

namespace fastcar::ui {

class LayerActions : public QObject {
    Q_OBJECT
public:
    /// A child of the view.
    explicit LayerActions(LayerSliders &view);

    QMenu *menu() const { return menu_; }

signals:
    /// What was pasted is not a list of thresholds.
    void pasteFailed(const QString &reason);

private:
    QAction *add(const QString &text, const QString &name, const QKeySequence &keys = {});
    /// Those that are chosen, if they are several; else all.
    LayerSet layers() const;
    void describe();
    void fillShares();
    void place(const std::vector<float> &sliders);
    void placeCalibrated(int percent);
    void placeShare(int percent);
    void copy() const;
    void paste();

    LayerSliders &view_;
    LayerTuning &tuning_;
    QMenu *menu_ = nullptr;
    QMenu *calibrated_ = nullptr;
    QMenu *measured_ = nullptr;
    QAction *scope_ = nullptr;
    QAction *ramp_ = nullptr;
    QAction *reset_ = nullptr;
};

} // namespace fastcar::ui
