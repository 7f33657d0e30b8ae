// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/cycle_range.h"

#include <algorithm>

namespace fastcar::ui {

void CycleRange::setTotal(double cycles)
{
    const bool whole = isWhole();
    total_ = std::max(0.0, cycles);
    if (whole)
        showAll();
    else
        place(begin_, width());
}

void CycleRange::zoom(double factor, double around)
{
    const double wanted = std::clamp(width() * factor, std::min(narrowest, total_), total_);
    const double share = width() > 0.0 ? (around - begin_) / width() : 0.0;
    place(around - share * wanted, wanted);
}

void CycleRange::pan(double cycles)
{
    place(begin_ + cycles, width());
}

void CycleRange::showAll()
{
    begin_ = 0.0;
    end_ = total_;
}

void CycleRange::show(double begin, double end)
{
    const double width = std::max(end - begin, narrowest);
    place((begin + end - width) / 2.0, width);
}

void CycleRange::place(double begin, double width)
{
    width = std::min(width, total_);
    begin_ = std::clamp(begin, 0.0, total_ - width);
    end_ = begin_ + width;
}

} // namespace fastcar::ui
