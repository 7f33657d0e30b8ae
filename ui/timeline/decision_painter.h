// SPDX-License-Identifier: Apache-2.0
//
// Draws the decision timeline around its picture of lanes: frames and positions above, layers at the left,
// what is chosen and what is pointed at.
#pragma once

#include "ui/models/run_record.h"
#include "ui/timeline/decision_layout.h"

#include <QImage>
#include <QPainter>
#include <QPointF>
#include <QStringList>

#include <optional>

namespace fastcar::ui {

/// What is chosen and in view.
struct DecisionScene {
    const RunRecord *record = nullptr;
    AxisRange tokens{1.0};
    int frame = 0;
    int token = -1; // chosen; -1: a frame at most
    int layer = 0;
    int row = 0;
};

class DecisionPainter {
public:
    /// What belongs to the moment.
    struct Overlay {
        std::optional<QPointF> pointer;
        int pointed = -1;  // a token; -1: none
        QStringList words; // of it
    };

    DecisionPainter(QPainter &painter, const DecisionScene &scene, const DecisionLayout &layout,
                    double scroll);

    /// `lanes`: what DecisionImage made, as large as the plot.
    void paint(const QImage &lanes, const Overlay &overlay);

private:
    void paintFrameEdges();
    void paintChosen();
    void paintPointed(int token, double y);
    void paintNames();
    void paintFrames();
    void paintPositions();
    void paintOverview();
    void paintPolicyChanges();

    const TraceShape &shape() const { return scene_.record->trace().shape(); }
    double xOf(double token) const { return layout_.xOf(scene_.tokens, token); }
    double scroll() const { return DecisionLayout::headerHeight - top_; }
    double tokenPixels() const { return 1.0 / layout_.tokensPerPixel(scene_.tokens); }
    /// Between two tokens, as far as it is in view.
    QRectF between(double begin, double end, double top, double height) const;
    int firstFrame() const;
    int frameEnd() const;

    QPainter &painter_;
    const DecisionScene &scene_;
    const DecisionLayout &layout_;
    QRectF plot_;
    double top_ = 0.0; // where lanes begin
};

} // namespace fastcar::ui
