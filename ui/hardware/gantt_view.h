// SPDX-License-Identifier: Apache-2.0
//
// The Gantt on the screen: the wheel zooms around the pointer, dragging moves, Shift and dragging measures,
// W, S, A, D, +, -, Home and F do as in other profilers; a click chooses the layer and the row of what it
// hits.
#pragma once

#include "ui/hardware/gantt_layout.h"

#include <QAbstractScrollArea>
#include <QStringList>

#include <optional>
#include <utility>

namespace fastcar::ui {

class GanttView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit GanttView(QWidget *parent = nullptr);

    /// Without a track that has a picture: the words of setMessage().
    void setTracks(std::vector<GanttTrack> tracks, double clockHz, int rows);
    void setMessage(const QString &heading, const QString &text);
    void setChosen(int layer, int row);

    const GanttScene &scene() const { return scene_; }
    const GanttLayout &layoutOfLines() const { return layout_; }
    const QString &message() const { return heading_; }
    bool hasPicture() const { return longestOf(scene_) > 0; }
    /// What the pointer is told at a place of the viewport.
    QStringList wordsAt(QPointF point) const;

    QSize sizeHint() const override { return {560, 190}; }
    QSize minimumSizeHint() const override { return {260, 40}; } // more is scrolled to

public slots:
    void zoomIn();
    void zoomOut();
    void showAll();
    /// The layer that is chosen.
    void showLayer();

signals:
    void layerChosen(int layer);
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Hit {
        const GanttLine *line = nullptr;
        const CardSpan *span = nullptr;
        bool free = false;
    };
    void arrange();
    void zoomBy(double factor);
    void choose(QPointF point);
    Hit hit(QPointF point) const;
    const StepPicture &pictureOf(const GanttLine &line) const { return *scene_.tracks[line.track].picture; }

    GanttScene scene_;
    GanttLayout layout_;
    QString heading_;
    QString text_;
    std::optional<QPointF> pointer_;
    std::optional<std::pair<double, double>> measured_;
    QPointF pressed_;
    double pressedBegin_ = 0.0; // of the range, when the button went down
    int pressedScroll_ = 0;
    enum class Drag { None, Waits, Moves, Measures } drag_ = Drag::None;
};

} // namespace fastcar::ui
