// SPDX-License-Identifier: Apache-2.0
//
// What the colours of a heatmap mean: the map with its ends in numbers, the threshold of the chosen layer,
// the number that is told of, and what has no number. For decisions a swatch each.
#pragma once

#include "ui/heatmap/heatmap_colors.h"

#include <QWidget>

namespace fastcar::ui {

class HeatmapLegend : public QWidget {
    Q_OBJECT
public:
    explicit HeatmapLegend(QWidget *parent = nullptr);

    /// Why there are places of the run without anything.
    enum class Missing { Nothing, ToCome, NotMade };
    struct Shown {
        HeatmapColors colors;
        std::optional<float> threshold; // of the chosen layer, where scores are shown
        int layer = 0;
        Missing missing = Missing::Nothing;
        bool empty = true;

        bool operator==(const Shown &) const = default;
    };
    void show(const Shown &shown);
    /// Marks on the map.
    void setTold(std::optional<float> value);

    QSize sizeHint() const override { return {400, 24}; }
    QSize minimumSizeHint() const override { return {160, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString describe() const;

    Shown shown_;
    std::optional<float> told_;
};

} // namespace fastcar::ui
