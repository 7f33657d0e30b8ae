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

/// Each colour by its share of the steps.
QRgb mixed(QRgb replayed, QRgb computed, QRgb notEligible, const DecisionShares &shares)
{
    if (shares.replayed == shares.steps)
        return replayed;
    if (shares.computed == shares.steps)
        return computed;
    const int rest = shares.steps - shares.replayed - shares.computed;
    if (rest == shares.steps)
        return notEligible;
    const auto channel = [&](int a, int b, int c) {
        return (a * shares.replayed + b * shares.computed + c * rest) / shares.steps;
    };
    return qRgb(channel(qRed(replayed), qRed(computed), qRed(notEligible)),
                channel(qGreen(replayed), qGreen(computed), qGreen(notEligible)),
                channel(qBlue(replayed), qBlue(computed), qBlue(notEligible)));
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
    tokens_.resize(static_cast<std::size_t>(view_.width));
    prepareLanes(trace, decisions);
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

void DecisionImage::prepareLanes(const Trace &trace, const DecisionPyramid &decisions)
{
    lanes_.clear();
    tracks_.clear();
    for (Lane lane : view_.lanes) {
        const int bottom = std::min(view_.height, lane.top + lane.height);
        lane.top = std::max(0, lane.top);
        lane.height = bottom - lane.top;
        if (lane.height <= 0)
            continue;
        lanes_.push_back(lane);
        tracks_.push_back(decisions.track(lane.layer, lane.row));
    }
    shares_.resize(lanes_.size());
    laneColors_.resize(lanes_.size());
    const int longest = trace.shape().frames - 1;
    chainColors_.clear();
    for (int chain = 0; chain <= std::max(0, longest); ++chain)
        chainColors_.push_back(view_.colors->replayed(chain, longest));
}

void DecisionImage::mixColors(const Trace &trace, const DecisionPyramid &decisions, StepRange tokens)
{
    if (tokens.begin < 0 || tokens.begin >= decisions.steps()) {
        std::ranges::fill(laneColors_, view_.colors->ground);
        return;
    }
    decisions.shares(trace, tokens, tracks_, shares_);
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
        const DecisionShares &shares = shares_[lane];
        const QRgb replayed = chainColors_[static_cast<std::size_t>(shares.longestChain)];
        laneColors_[lane] = mixed(replayed, view_.colors->computed, view_.colors->notEligible, shares);
    }
}

void DecisionImage::paint(const Trace &trace, const DecisionPyramid &decisions, int from, int to)
{
    if (from >= to)
        return;
    layOutColumns(from, to);
    std::vector<QRgb *> firstLines;
    for (const Lane &lane : lanes_)
        firstLines.push_back(lineOf(picture_, lane.top));
    // Column by column, as the trace lies in memory; first into the top line of each lane.
    for (int column = from; column < to; ++column) {
        const StepRange here = tokens_[static_cast<std::size_t>(column)];
        if (column == from || here != tokens_[static_cast<std::size_t>(column - 1)])
            mixColors(trace, decisions, here);
        for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
            firstLines[lane][column] = laneColors_[lane];
    }
    const auto bytes = sizeof(QRgb) * static_cast<std::size_t>(to - from);
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
        for (int line = 1; line < lanes_[lane].height; ++line)
            std::memcpy(lineOf(picture_, lanes_[lane].top + line) + from, firstLines[lane] + from, bytes);
}

} // namespace fastcar::ui
