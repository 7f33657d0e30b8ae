// SPDX-License-Identifier: Apache-2.0
//
// The lanes of the decision timeline as a picture, painted column by column at the screen's own resolution. It
// costs pixels, never tokens, and no pixel twice: moving shifts the picture and paints what came into view, and
// a run that goes on paints its new tokens.
#pragma once

#include "ui/theme/decision_colors.h"
#include "ui/timeline/token_columns.h"

#include <QImage>

#include <vector>

namespace fastcar::ui {

class DecisionImage {
public:
    /// Pixels are the device's.
    struct Lane {
        int layer = 0;
        int row = 0;
        int top = 0;
        int height = 0;

        bool operator==(const Lane &) const = default;
    };
    struct View {
        TokenColumns columns;
        int width = 0;
        int height = 0;
        double pixelRatio = 1.0;
        std::vector<Lane> lanes;
        const DecisionColors *colors = nullptr;
    };

    /// Forgets the run that was shown.
    void clear() { painted_ = false; }
    /// Brings the picture up to date. Says how many columns it painted.
    int update(const Trace &trace, const DecisionPyramid &decisions, const View &view);

    const QImage &picture() const { return picture_; }

private:
    bool fits(const View &view) const;
    void paintAll(const Trace &trace, const DecisionPyramid &decisions);
    int paintChanged(const Trace &trace, const DecisionPyramid &decisions, std::int64_t moved, int stepsBefore);
    void shift(int columns);
    void prepareLanes(const Trace &trace, const DecisionPyramid &decisions);
    void paint(const Trace &trace, const DecisionPyramid &decisions, int from, int to);
    /// Of a column, into laneColors_.
    void mixColors(const Trace &trace, const DecisionPyramid &decisions, StepRange tokens);
    /// What the columns show; no tokens: the gap behind a token that is some pixels wide.
    void layOutColumns(int from, int to);

    QImage picture_;
    View view_;
    int steps_ = 0; // painted
    bool painted_ = false;
    std::vector<StepRange> tokens_; // of the columns that are painted
    // Of the lanes that are in the picture.
    std::vector<Lane> lanes_;
    std::vector<std::size_t> tracks_;
    std::vector<DecisionShares> shares_;
    std::vector<QRgb> laneColors_;
    std::vector<QRgb> chainColors_; // by chain, up to the longest that there can be
};

} // namespace fastcar::ui
