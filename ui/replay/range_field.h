// SPDX-License-Identifier: Apache-2.0
//
// From which to which frame or layer replay is allowed: two fields, and below them the cells themselves.
#pragma once

#include "engine/replay/replay_policy.h"

#include <QWidget>

class QSpinBox;

namespace fastcar::ui {

class RangeStrip;

class RangeField : public QWidget {
    Q_OBJECT
public:
    /// `name` is what the objects' names begin with, `what` what assistive technology says: "Frames".
    RangeField(const QString &name, const QString &what, QWidget *parent = nullptr);

    RangeStrip &strip() const { return *strip_; }
    void setLimits(int lowest, int count);
    void setRange(ReplayRange range);

signals:
    void rangeChosen(fastcar::ReplayRange range);

private:
    QSpinBox *field(const QString &name, const QString &what);
    void choose();

    QSpinBox *first_ = nullptr;
    QSpinBox *last_ = nullptr;
    RangeStrip *strip_ = nullptr;
    int lowest_ = 1;
    int count_ = 1;
};

} // namespace fastcar::ui
