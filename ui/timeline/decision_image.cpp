// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fastcar::ui {

namespace {

/// A token is told from its neighbour by a gap from so many pixels on.
constexpr double widthForGap = 5.0;
constexpr StepRange noTokens{-1, -1};

/// Shares of three colours, which add up to `whole`.
struct Mixture {
    int whole = 1;
    int first = 0;
    int second = 0;
};

QRgb mixed(QRgb first, QRgb second, QRgb third, const Mixture &shares)
{
    const int rest = shares.whole - shares.first - shares.second;
    const auto channel = [&](int a, int b, int c) {
        return (a * shares.first + b * shares.second + c * rest) / shares.whole;
    };
    return qRgb(channel(qRed(first), qRed(second), qRed(third)),
                channel(qGreen(first), qGreen(second), qGreen(third)),
                channel(qBlue(first), qBlue(second), qBlue(third)));
}

/// Of a place of the picture.
QRgb colorOf(const Trace &trace, const DecisionPyramid &decisions, StepRange tokens,
             const DecisionImage::Lane &lane, const DecisionColors &colors)
{
    if (tokens.begin < 0 || tokens.begin >= decisions.steps())
        return colors.ground;
    const int longest = trace.shape().frames - 1;
    if (tokens.end - tokens.begin == 1) {
        switch (trace.outcome(tokens.begin, lane.layer, lane.row).decision) {
        case Decision::NotEligible:
            return colors.notEligible;
        case Decision::Computed:
            return colors.computed;
        case Decision::Replayed:
            return colors.replayed(decisions.chain(tokens.begin, lane.layer, lane.row), longest);
        }
    }
    const DecisionSummary sum = decisions.over(trace, tokens, lane.layer, lane.row);
    return mixed(colors.replayed(sum.longestChain, longest), colors.computed, colors.notEligible,
                 {.whole = sum.steps, .first = sum.replayed, .second = sum.computed()});
}

QRgb *lineOf(QImage &picture, int line)
{
    return reinterpret_cast<QRgb *>(picture.scanLine(line));
}

} // namespace

bool DecisionImage::fits(const View &view) const
{
    return painted_ && view.width == view_.width && view.height == view_.height &&
           view.pixelRatio == view_.pixelRatio && view.lanes == view_.lanes && view.colors == view_.colors &&
           view.columns.tokensPerColumn() == view_.columns.tokensPerColumn();
}

int DecisionImage::update(const Trace &trace, const DecisionPyramid &decisions, const View &view)
{
    const bool fitting = fits(view);
    const std::int64_t moved = view.columns.first() - view_.columns.first();
    const int before = std::exchange(steps_, decisions.steps());
    view_ = view;
    if (fitting && std::abs(moved) < view.width && before <= steps_)
        return paintChanged(trace, decisions, moved, before);
    paintAll(trace, decisions);
    return view.width;
}

void DecisionImage::paintAll(const Trace &trace, const DecisionPyramid &decisions)
{
    if (picture_.width() != view_.width || picture_.height() != view_.height)
        picture_ = QImage(view_.width, view_.height, QImage::Format_RGB32);
    picture_.setDevicePixelRatio(view_.pixelRatio);
    picture_.fill(view_.colors->ground);
    line_.resize(static_cast<std::size_t>(view_.width));
    tokens_.resize(line_.size());
    painted_ = true;
    paint(trace, decisions, 0, view_.width);
}

int DecisionImage::paintChanged(const Trace &trace, const DecisionPyramid &decisions, std::int64_t moved,
                                int stepsBefore)
{
    int columns = 0;
    const auto repaint = [&](int from, int to) {
        from = std::clamp(from, 0, view_.width);
        to = std::clamp(to, from, view_.width);
        paint(trace, decisions, from, to);
        columns += to - from;
    };
    if (moved != 0) {
        const auto by = static_cast<int>(moved);
        shift(by);
        by > 0 ? repaint(view_.width - by, view_.width) : repaint(0, -by);
    }
    if (steps_ > stepsBefore)
        repaint(view_.columns.columnOf(stepsBefore) - 1, view_.columns.columnOf(steps_) + 1);
    return columns;
}

void DecisionImage::shift(int columns)
{
    const auto bytes = sizeof(QRgb) * static_cast<std::size_t>(view_.width - std::abs(columns));
    for (int line = 0; line < view_.height; ++line) {
        QRgb *const pixels = lineOf(picture_, line);
        std::memmove(pixels + std::max(0, -columns), pixels + std::max(0, columns), bytes);
    }
}

void DecisionImage::layOutColumns(int from, int to)
{
    const int gap = std::max(1, static_cast<int>(std::lround(view_.pixelRatio)));
    const bool gaps = view_.columns.tokensPerColumn() * gap * widthForGap < 1.0;
    for (int column = from; column < to; ++column) {
        const StepRange here = view_.columns.tokens(column);
        const bool last = gaps && view_.columns.tokens(column + gap) != here;
        tokens_[static_cast<std::size_t>(column)] = last ? noTokens : here;
    }
}

void DecisionImage::paint(const Trace &trace, const DecisionPyramid &decisions, int from, int to)
{
    if (from >= to)
        return;
    layOutColumns(from, to);
    const auto bytes = sizeof(QRgb) * static_cast<std::size_t>(to - from);
    for (const Lane &lane : view_.lanes) {
        const int top = std::max(0, lane.top);
        const int bottom = std::min(view_.height, lane.top + lane.height);
        if (top >= bottom)
            continue;
        StepRange before = noTokens;
        QRgb color = view_.colors->ground;
        for (int column = from; column < to; ++column) {
            const StepRange here = tokens_[static_cast<std::size_t>(column)];
            if (here != before) {
                color = colorOf(trace, decisions, here, lane, *view_.colors);
                before = here;
            }
            line_[static_cast<std::size_t>(column)] = color;
        }
        for (int line = top; line < bottom; ++line)
            std::memcpy(lineOf(picture_, line) + from, line_.data() + from, bytes);
    }
}

} // namespace fastcar::ui
