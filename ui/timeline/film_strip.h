// SPDX-License-Identifier: Apache-2.0
//
// The frames of the chosen video side by side, appearing as they are made. A slider whose value is the frame:
// keys, wheel and assistive technology work as with any slider.
#pragma once

#include "ui/models/frame_store.h"
#include "ui/models/selection.h"

#include <QAbstractSlider>
#include <QImage>

#include <vector>

namespace fastcar::ui {

class FilmStrip : public QAbstractSlider {
    Q_OBJECT
public:
    FilmStrip(const FrameStore &frames, Selection &selection, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {480, 92}; }
    QSize minimumSizeHint() const override { return {200, 40}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;
    void sliderChange(SliderChange change) override;

private:
    struct Thumb {
        SharedFrame picture;
        QImage image;
    };

    void follow();
    void updateSlot(int frame);
    const QImage &thumb(int frame, const SharedFrame &picture, QSize room) const;
    QRectF slot(int frame) const;
    int frameAt(QPointF point) const;
    void paintFrame(QPainter &painter, int frame) const;

    const FrameStore &frames_;
    Selection &selection_;
    mutable std::vector<Thumb> thumbs_; // [frame]
    int marked_ = 0;                    // frame, that was the chosen one
};

} // namespace fastcar::ui
