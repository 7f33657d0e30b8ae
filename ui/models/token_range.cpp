// SPDX-License-Identifier: Apache-2.0
#include "ui/models/token_range.h"

#include "ui/models/chosen_step.h"

#include <cmath>
#include <utility>

namespace fastcar::ui {

namespace {

constexpr double revealAir = 0.1; // of what is in view
constexpr double notch = 120.0;   // of a wheel

} // namespace

void TokenRange::set(const AxisRange &axis)
{
    if (axis == axis_)
        return;
    axis_ = axis;
    emit changed();
}

void TokenRange::follow(const RunRecord &record, const Selection &selection)
{
    connect(&record, &RunRecord::began, this, [this, &record] {
        const TraceShape &shape = record.trace().shape();
        chosen_ = -1;
        setTokens(shape.frames * shape.stride);
    });
    connect(&selection, &Selection::changed, this, [this, &record, &selection] {
        const int token = chosenToken(record, selection);
        if (token != std::exchange(chosen_, token) && token >= 0)
            reveal(token);
    });
}

void TokenRange::setTokens(int tokens)
{
    AxisRange axis(narrowest);
    axis.setTotal(tokens);
    axis.showAll();
    set(axis);
}

void TokenRange::zoom(double factor, double around)
{
    AxisRange axis = axis_;
    axis.zoom(factor, around);
    set(axis);
}

void TokenRange::pan(double tokens)
{
    AxisRange axis = axis_;
    axis.pan(tokens);
    set(axis);
}

void TokenRange::showAll()
{
    AxisRange axis = axis_;
    axis.showAll();
    set(axis);
}

void TokenRange::show(double begin, double end)
{
    AxisRange axis = axis_;
    axis.show(begin, end);
    set(axis);
}

void TokenRange::wheel(QPoint angle, bool sideways, double around)
{
    if (sideways || std::abs(angle.x()) > std::abs(angle.y()))
        pan(-(angle.x() != 0 ? angle.x() : angle.y()) / notch * panStep * axis_.width());
    else
        zoom(std::pow(zoomStep, -angle.y() / notch), around);
}

void TokenRange::reveal(int token)
{
    if (contains(token))
        return;
    const double air = revealAir * axis_.width();
    if (token < axis_.begin())
        pan(token - air - axis_.begin());
    else
        pan(token + 1 + air - axis_.end());
}

} // namespace fastcar::ui
