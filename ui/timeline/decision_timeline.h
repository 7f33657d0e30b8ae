// SPDX-License-Identifier: Apache-2.0
//
// What became of every token at every layer and row, on the screen: the wheel zooms around the pointer,
// dragging moves, W, S, A, D, + and - do as in profilers; a click or the arrow keys choose the token, the layer
// and the row in all views. The part in view is the TokenRange that all timelines share.
#pragma once

#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/models/token_range.h"
#include "ui/timeline/decision_image.h"
#include "ui/timeline/decision_painter.h"

#include <QAbstractScrollArea>

#include <optional>

namespace fastcar::ui {

class DecisionTimeline : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Models {
        const RunRecord &record;
        Selection &selection;
        TokenRange &tokens;
    };
    explicit DecisionTimeline(const Models &models, QWidget *parent = nullptr);

    /// Of the chosen video: both or one of its rows; or those of all videos.
    enum class Rows { OfVideo, Conditional, Unconditional, All };
    void showRows(Rows rows);
    /// Takes what has come since.
    void refresh();

    const DecisionLayout &layoutOfLanes() const { return layout_; }
    const DecisionImage &image() const { return image_; }
    /// Columns that were painted since the widget was made: what drawing has cost.
    std::int64_t columnsPainted() const { return columnsPainted_; }
    /// What the pointer is told at a place of the viewport.
    QStringList wordsAt(QPointF point) const;
    /// The tokens that are drawn at a place of the viewport; empty outside of the plot.
    StepRange tokensAt(double x) const;

    QSize sizeHint() const override { return {560, 220}; }
    QSize minimumSizeHint() const override { return {240, 100}; }

public slots:
    void zoomIn();
    void zoomOut();

signals:
    /// What is told in words, beside the pointer or under the cursor.
    void told(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    /// There is something to show, and the lanes are this run's, not those of the one before it.
    bool hasPicture() const;
    void begin();
    std::vector<int> shownRows() const;
    void arrange();
    void takeSelection();
    void updateSteps(int from, int to);
    void zoomBy(double factor);
    void choose(QPointF point);
    void point(std::optional<QPointF> place);
    void hoverThere();
    /// Under a pointer that rests may be something else now.
    void lookAgain();
    /// With the arrow keys: so many tokens on, so many lanes down.
    void moveCursor(int tokens, int lanes);
    void chooseToken(int token);
    void revealLane(int layer, int row);
    DecisionScene scene() const;
    DecisionImage::View imageView() const;
    int chosen() const; // a token; -1: none
    const DecisionLane *laneAt(double y) const;
    void paintMessage(QPainter &painter) const;
    /// Whether it is something else than before.
    bool tell();

    Models models_;
    DecisionLayout layout_;
    DecisionImage image_;
    std::int64_t columnsPainted_ = 0;
    Rows rows_ = Rows::OfVideo;
    int newest_ = 0; // steps at the last refresh
    int video_ = 0; // whose rows are shown
    std::optional<QPointF> pointer_;
    QString told_;
    QPointF pressed_;
    double pressedBegin_ = 0.0; // of the range, when the button went down
    int pressedScroll_ = 0;
    enum class Drag { None, Waits, Moves } drag_ = Drag::None;
};

} // namespace fastcar::ui
