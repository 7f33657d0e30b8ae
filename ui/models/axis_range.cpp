// SPDX-License-Identifier: Apache-2.0
#include "ui/models/axis_range.h"

#include <algorithm>

namespace fastcar::ui {

void AxisRange::setTotal(double total)
{
    const bool whole = isWhole();
    total_ = std::max(0.0, total);
    if (whole)
        showAll();
    else
        place(begin_, width());
}

void AxisRange::zoom(double factor, double around)
{
    const double wanted = std::clamp(width() * factor, std::min(narrowest_, total_), total_);
    const double share = width() > 0.0 ? (around - begin_) / width() : 0.0;
    place(around - share * wanted, wanted);
}

void AxisRange::pan(double by)
{
    place(begin_ + by, width());
}

void AxisRange::showAll()
{
    begin_ = 0.0;
    end_ = total_;
}

void AxisRange::show(double begin, double end)
{
    const double width = std::max(end - begin, narrowest_);
    place((begin + end - width) / 2.0, width);
}

void AxisRange::place(double begin, double width)
{
    width = std::min(width, total_);
    begin_ = std::clamp(begin, 0.0, total_ - width);
    end_ = begin_ + width;
}

} // namespace fastcar::ui
