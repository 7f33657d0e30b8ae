// SPDX-License-Identifier: Apache-2.0
//
// What the colours of a heatmap mean: the map with its ends in numbers, the threshold of the chosen layer,
// the number that is told of, and what has no number. For decisions a swatch each. In as many lines as its
// names need.
#pragma once

#include "ui/heatmap/heatmap_colors.h"

#include <QWidget>

namespace fastcar::ui {

class LegendLine;

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

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString describe() const;
    void write(LegendLine &line) const;
    void writeMap(LegendLine &line) const;
    void paintMap(QPainter &painter, const QRectF &map) const;

    Shown shown_;
    std::optional<float> told_;
};

} // namespace fastcar::ui
