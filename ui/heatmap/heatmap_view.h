// SPDX-License-Identifier: Apache-2.0
//
// A heatmap on the screen: pointing reads a cell, a click or the arrow keys choose what it is about in all
// views.
#pragma once

#include "ui/heatmap/heatmap_colors.h"
#include "ui/heatmap/heatmap_layout.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <optional>

namespace fastcar::ui {

class HeatmapView : public QAbstractScrollArea {
    Q_OBJECT
public:
    HeatmapView(const RunRecord &record, Selection &selection, QWidget *parent = nullptr);

    void show(const HeatmapGrid &grid, const HeatmapColors &colors);

    const HeatmapGrid &grid() const { return grid_; }
    const HeatmapLayout &layoutOfCells() const { return layout_; }
    const QImage &image() const { return image_; }
    /// Of a cell, in the viewport.
    QRectF cellRect(int row, int column) const;
    /// The cell that is told of: under the pointer, or the chosen one.
    std::optional<std::pair<int, int>> toldCell() const;
    QString told() const;
    bool isShowing() const { return !grid_.empty(); }

    QSize sizeHint() const override { return {520, 220}; }
    QSize minimumSizeHint() const override { return {200, 90}; }

signals:
    /// The words about the cell under the pointer or the cursor are others.
    void toldChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    void arrange();
    void takeNumbers(const HeatmapGrid &grid);
    QPointF scrolled() const;
    void point(std::optional<QPointF> place);
    void hoverThere();
    void tell();
    /// Under a pointer that rests may be something else now.
    void lookAgain();
    void moveCursor(int rows, int columns);
    void reveal(int row, int column);
    void paintMatrixNames(QPainter &painter) const;
    void paintMapTitles(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintMessage(QPainter &painter) const;
    bool columnsArePositions() const;
    void mark(QPainter &painter, int row, int column, const QColor &color) const;

    const RunRecord &record_;
    Selection &selection_;
    HeatmapGrid grid_;
    HeatmapColors colors_;
    HeatmapLayout layout_;
    QImage image_;
    std::optional<QPointF> pointer_;
    QString told_; // last
};

} // namespace fastcar::ui
