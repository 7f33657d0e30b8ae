// SPDX-License-Identifier: Apache-2.0
//
// How large a picture is shown and which part of it: one value for all the views that show the same picture,
// whatever their sizes. ZoomModel holds it where views are to move together.
#pragma once

#include <QObject>
#include <QPointF>

namespace fastcar::ui {

struct PictureZoom {
    double factor = 0.0;         // device pixels for each texel; 0: as large as fits
    QPointF center = {0.5, 0.5}; // what stands in the middle of the view, in parts of the picture

    bool fits() const { return factor <= 0.0; }
    bool operator==(const PictureZoom &) const = default;
};

/// The next step of the ladder of factors above (steps > 0) or below `factor`: whole numbers from 1 on, so
/// that every texel has the same size.
double steppedFactor(double factor, int steps);

class ZoomModel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const PictureZoom &zoom() const { return zoom_; }

public slots:
    void setZoom(const fastcar::ui::PictureZoom &zoom);
    /// Everything, as large as the view allows.
    void fit();
    /// Around the middle.
    void setFactor(double factor);

signals:
    void changed();

private:
    PictureZoom zoom_;
};

} // namespace fastcar::ui
