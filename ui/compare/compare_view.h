// SPDX-License-Identifier: Apache-2.0
//
// Shows a CompareScene, and takes what is done to it with mouse and keys: zoom and pan, which both pictures
// share, the divider of the wipe, positions. Drawn with QPainter: two small pictures need no more.
#pragma once

#include "ui/compare/compare_scene.h"

#include <QWidget>

namespace fastcar::ui {

class CompareView : public QWidget {
    Q_OBJECT
public:
    explicit CompareView(QWidget *parent = nullptr);

    /// Keeps the zoom.
    void setScene(CompareScene scene);
    const CompareScene &scene() const { return scene_; }
    const CompareZoom &zoom() const { return zoom_; }
    /// Where the pictures lie, in device pixels.
    CompareGeometry pictures() const;

public slots:
    void zoomIn();
    void zoomOut();
    /// The whole picture.
    void fit();

signals:
    void wipeMoved(double wipe);
    void wipeStepped(double by);
    void zoomChanged();
    void hovered(int position);
    void clicked(int position);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Drag { None, Maybe, Pan, Wipe };

    QPointF toPixels(QPointF point) const { return point * devicePixelRatioF(); }
    bool onDivider(QPointF point) const;
    void zoomBy(double by);
    void setZoom(const CompareZoom &zoom);
    void moveWipeTo(double x);

    CompareScene scene_;
    CompareZoom zoom_;
    Drag drag_ = Drag::None;
    QPointF pressed_, last_;
};

} // namespace fastcar::ui
