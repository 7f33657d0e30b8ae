// SPDX-License-Identifier: Apache-2.0
//
// A slider for each layer over the histogram of the layer's scores, line by line in one view. Choosing lines
// (Shift, Ctrl) links their sliders: they move by the same amount. What assistive technology sees of it, a
// slider with a name, a value and its ends for each layer, stands in layer_sliders_accessible.h.
//
// Keys: up and down choose a layer, left and right move its slider, with Ctrl further; Space turns it off and
// on, F2 or Enter lets one type, Del puts it back to the calibration.
#pragma once

#include "ui/models/layer_table.h"
#include "ui/models/layer_tuning.h"

#include <QTableView>

#include <vector>

namespace fastcar::ui {

class LayerSliders : public QTableView {
    Q_OBJECT
public:
    LayerSliders(LayerTable &table, LayerTuning &tuning, QWidget *parent = nullptr);

    LayerTuning &tuning() const { return tuning_; }
    LayerTable &table() const { return table_; }
    /// The lines that are chosen.
    LayerSet chosen() const;
    void chooseLayer(int layer);
    /// Where the sliders stand, of layers that are off too.
    std::vector<float> sliders() const { return startHere().sliders; }

    /// Puts a layer's slider to `threshold`, as a hand would: those that are linked with it move along.
    void place(int layer, float threshold);
    /// By so many hundredths of the layer's scale.
    void step(int layer, int steps);
    float stepWidth(int layer) const;

    /// Of the viewport: what a layer's scale stretches over.
    QRectF scaleRect(int layer) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    /// What a movement sets out from: thresholds, and where sliders stand whether they are on or off.
    struct Start {
        ReplayChoice::Thresholds thresholds;
        std::vector<float> sliders;
    };
    Start startHere() const;
    void move(const Start &from, int layer, float to);
    /// The chosen lines if `layer` is one of them; else it alone.
    LayerSet linkedWith(int layer) const;
    void makeCurrent(int layer);
    void dragTo(double x);
    void toggle(int layer);
    void tellValues();
    /// Of `lines` and the heading.
    int heightOf(int lines) const;
    void fit();

    LayerTable &table_;
    LayerTuning &tuning_;
    int dragged_ = -1; // the layer whose slider is held
    Start dragStart_;
    ReplayChoice::Thresholds told_; // to assistive technology
};

} // namespace fastcar::ui
