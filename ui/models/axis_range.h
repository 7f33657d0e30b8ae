// SPDX-License-Identifier: Apache-2.0
//
// The part of an axis that is in view: zoomed and moved within [0, total], never past it. Views that share one
// show what stands over one another at the same place of the axis.
#pragma once

namespace fastcar::ui {

class AxisRange {
public:
    /// `narrowest`: the least that is worth looking at.
    explicit AxisRange(double narrowest)
        : narrowest_(narrowest)
    {
    }

    /// Another length. Who saw all of the old one sees all of the new one; who had zoomed in stays in place as
    /// far as it reaches.
    void setTotal(double total);

    double begin() const { return begin_; }
    double end() const { return end_; }
    double width() const { return end_ - begin_; }
    double total() const { return total_; }
    bool isWhole() const { return begin_ <= 0.0 && end_ >= total_; }

    /// Shows `factor` times as much; `around` stays where it is on the screen.
    void zoom(double factor, double around);
    void pan(double by);
    void showAll();
    void show(double begin, double end);

    bool operator==(const AxisRange &) const = default;

private:
    void place(double begin, double width);

    double narrowest_ = 1.0;
    double begin_ = 0.0;
    double end_ = 0.0;
    double total_ = 0.0;
};

} // namespace fastcar::ui
