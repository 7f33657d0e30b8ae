// SPDX-License-Identifier: Apache-2.0
//
// The tokens of the video that timelines show. All of them share one, beside the Selection: who zooms or moves
// one, zooms and moves the others, and a token that is chosen in any view comes into view. Token t fills
// [t, t + 1) of the axis; the step whose input it is stands at the same place.
#pragma once

#include "ui/models/axis_range.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QPoint>

namespace fastcar::ui {

class TokenRange : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// A notch of the wheel.
    static constexpr double zoomStep = 1.25;
    /// Of what is in view, a notch or a key.
    static constexpr double panStep = 0.15;

    /// A run that begins is shown whole; a token that is chosen is revealed. Both outlive the range.
    void follow(const RunRecord &record, const Selection &selection);
    /// Of the whole video, drawn or not. Another video is shown whole.
    void setTokens(int tokens);

    const AxisRange &axis() const { return axis_; }
    int tokens() const { return static_cast<int>(axis_.total()); }
    bool contains(int token) const { return axis_.begin() <= token && token + 1 <= axis_.end(); }

    /// Shows `factor` times as many tokens; `around` stays where it is on the screen.
    void zoom(double factor, double around);
    void pan(double tokens);
    void showAll();
    void show(double begin, double end);
    /// Moves as far as the token needs to be in view, and no farther but for a little air.
    void reveal(int token);
    /// As the wheel does in all timelines: zooms around a token, or, `sideways`, moves. In eighths of a degree.
    void wheel(QPoint angle, bool sideways, double around);

signals:
    void changed();

private:
    /// Says so where it is another one.
    void set(const AxisRange &axis);

    static constexpr double narrowest = 6.0;

    AxisRange axis_{narrowest};
    int chosen_ = -1; // the token that was revealed last
};

} // namespace fastcar::ui
