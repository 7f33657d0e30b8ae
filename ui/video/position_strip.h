// SPDX-License-Identifier: Apache-2.0
//
// Beside the video: what became of one position, the one under the pointer or the chosen one, at every layer.
// A lane for each layer: how far its TAS reaches within the layer's range, where the threshold stood, and by
// its colour whether the MLP was replayed. It stays when the pointer leaves the picture, so that it neither
// flickers nor covers what is pointed at.
#pragma once

#include "ui/models/position_text.h"
#include "ui/models/tas_scores.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace fastcar::ui {

class PositionStrip : public QWidget {
    Q_OBJECT
public:
    struct Lane {
        LayerFacts facts;
        std::optional<TasRange> range;

        bool operator==(const Lane &) const = default;
    };
    struct Content {
        QString place; // empty: no position
        QString codes;
        QString state; // where there are no lanes yet: why
        std::vector<Lane> lanes;
        int chosenLayer = 0;

        bool operator==(const Content &) const = default;
    };

    explicit PositionStrip(QWidget *parent = nullptr);

    void setContent(const Content &content);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {172, 80}; }

signals:
    void layerChosen(int layer);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool hasRoomForHead() const;
    int wholeHeadHeight() const;
    int headHeight() const;
    double laneHeight() const;
    int layerAt(QPointF point) const;
    void paintLane(QPainter &painter, int layer, const QRectF &area) const;
    QString laneText(int layer) const;

    Content content_;
};

} // namespace fastcar::ui
