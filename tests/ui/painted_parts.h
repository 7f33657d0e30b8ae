// SPDX-License-Identifier: Apache-2.0
//
// Does a widget that repaints parts of itself look like one that is painted whole? Keeps a picture of it up
// to date by nothing but what its paint events cover.
#pragma once

#include <QCoreApplication>
#include <QImage>
#include <QPaintEvent>
#include <QTest>
#include <QWidget>

namespace fastcar::ui {

class PaintedParts : public QObject {
public:
    explicit PaintedParts(QWidget &widget)
        : widget_(widget)
    {
        widget_.installEventFilter(this);
        do { // what is due for other reasons: it was shown, and laid out
            region_ = {};
            QTest::qWait(stillMs);
        } while (!region_.isEmpty());
        picture_ = whole();
    }

    /// What has been painted since the last time, on the picture; the share of the widget that it covers.
    double take()
    {
        QCoreApplication::processEvents();
        const QRegion region = std::exchange(region_, {});
        if (!region.isEmpty()) {
            asking_ = true;
            widget_.render(&picture_, region.boundingRect().topLeft(), region);
            asking_ = false;
        }
        double pixels = 0.0;
        for (const QRect &part : region)
            pixels += part.width() * part.height();
        return pixels / (widget_.width() * widget_.height());
    }

    const QImage &picture() const { return picture_; }
    QImage whole()
    {
        asking_ = true;
        QImage image(widget_.size(), QImage::Format_RGB32);
        widget_.render(&image);
        asking_ = false;
        return image;
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !asking_)
            region_ += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

private:
    static constexpr int stillMs = 100;

    QWidget &widget_;
    bool asking_ = false;
    QRegion region_;
    QImage picture_;
};

} // namespace fastcar::ui
