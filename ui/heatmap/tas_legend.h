// SPDX-License-Identifier: Apache-2.0
//
// What the heatmap's colours mean: the map with its ends in numbers, the threshold of the layer, and the
// score under the pointer.
#pragma once

#include "ui/models/tas_scores.h"

#include <QWidget>

#include <optional>

namespace fastcar::ui {

class TasLegend : public QWidget {
    Q_OBJECT
public:
    explicit TasLegend(QWidget *parent = nullptr);

    void setRange(std::optional<TasRange> range);
    /// Marks on the map.
    void setThreshold(std::optional<float> threshold);
    void setPointed(std::optional<float> tas);

    QSize sizeHint() const override { return {250, 34}; }
    QSize minimumSizeHint() const override { return {170, 34}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<TasRange> range_;
    std::optional<float> threshold_;
    std::optional<float> pointed_;
};

} // namespace fastcar::ui
