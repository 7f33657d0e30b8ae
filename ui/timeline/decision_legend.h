// SPDX-License-Identifier: Apache-2.0
//
// What the colours of the decisions' timeline mean, in as many lines as its names need.
#pragma once

#include "ui/models/run_record.h"

#include <QWidget>

namespace fastcar::ui {

class LegendLine;

class DecisionLegend : public QWidget {
    Q_OBJECT
public:
    /// `record` outlives it.
    explicit DecisionLegend(const RunRecord &record, QWidget *parent = nullptr);

    /// The record has begun another run.
    void begin();

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void write(LegendLine &line) const;

    const RunRecord &record_;
};

} // namespace fastcar::ui
