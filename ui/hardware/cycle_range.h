// SPDX-License-Identifier: Apache-2.0
//
// The cycles of a step that are in view: zoomed and moved within [0, total], never past it. All Gantts of a
// view share one, so that what stands over one another happens at the same time.
#pragma once

namespace fastcar::ui {

class CycleRange {
public:
    /// Another step. Who saw all of the old one sees all of the new one; who had zoomed in stays in place as
    /// far as it reaches.
    void setTotal(double cycles);

    double begin() const { return begin_; }
    double end() const { return end_; }
    double width() const { return end_ - begin_; }
    double total() const { return total_; }
    bool isWhole() const { return begin_ <= 0.0 && end_ >= total_; }

    /// Shows `factor` times as many cycles; `around` stays where it is on the screen.
    void zoom(double factor, double around);
    void pan(double cycles);
    void showAll();
    void show(double begin, double end);

    /// The least that is worth looking at.
    static constexpr double narrowest = 24.0;

private:
    void place(double begin, double width);

    double begin_ = 0.0;
    double end_ = 0.0;
    double total_ = 0.0;
};

} // namespace fastcar::ui
