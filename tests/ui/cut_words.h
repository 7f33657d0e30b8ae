// SPDX-License-Identifier: Apache-2.0
//
// Words that a widget paints itself, and that what it paints them into cuts: a QPainter draws a text into a
// box that is too small for it and says nothing. The widget is painted into a device that draws nothing and
// listens; all that it hears is there, too.
#pragma once

#include <QAbstractItemView>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QStringList>
#include <QTextItem>
#include <QWidget>

namespace fastcar::ui {

class WordsEngine : public QPaintEngine {
public:
    WordsEngine(QSizeF size, bool scrolls)
        : QPaintEngine(AllFeatures)
        , whole_(QPointF(0.0, 0.0), size)
        , scrolls_(scrolls)
    {
    }

    const QStringList &cut() const { return cut_; }
    const QStringList &all() const { return all_; }

    bool begin(QPaintDevice *) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState &) override {}
    void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
    void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
    void drawPath(const QPainterPath &) override {}
    void drawImage(const QRectF &, const QImage &, const QRectF &, Qt::ImageConversionFlags) override {}

    void drawTextItem(const QPointF &at, const QTextItem &item) override
    {
        all_ += item.text();
        const QTransform &onDevice = painter()->combinedTransform();
        // Between the baseline and the top of a capital: air above and below may be cut.
        constexpr double tall = 0.75;
        const QRectF words = onDevice.mapRect(
            QRectF(at.x(), at.y() - tall * item.ascent(), item.width(), tall * item.ascent()));
        const QRectF room =
            painter()->hasClipping() ? onDevice.mapRect(painter()->clipBoundingRect()) : whole_;
        // What is scrolled out of view altogether is nobody's loss.
        if (!room.isEmpty() && words.intersects(whole_) && !item.text().trimmed().isEmpty() &&
            (words.left() < room.left() - bit || words.right() > room.right() + bit ||
             (painter()->hasClipping() && !scrolls_ &&
              (words.top() < room.top() - bit || words.bottom() > room.bottom() + bit))))
            cut_ += item.text();
    }

private:
    static constexpr double bit = 1.0; // of a pixel, and of rounding

    QRectF whole_;
    bool scrolls_;
    QStringList all_;
    QStringList cut_;
};

class WordsDevice : public QPaintDevice {
public:
    WordsDevice(const QWidget &widget, bool scrolls)
        : widget_(widget)
        , engine_(widget.size(), scrolls)
    {
    }

    QPaintEngine *paintEngine() const override { return &engine_; }
    const QStringList &cut() const { return engine_.cut(); }
    const QStringList &all() const { return engine_.all(); }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return widget_.width();
        case PdmHeight:
            return widget_.height();
        case PdmDpiX:
        case PdmPhysicalDpiX:
            return widget_.logicalDpiX();
        case PdmDpiY:
        case PdmPhysicalDpiY:
            return widget_.logicalDpiY();
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        case PdmDevicePixelRatio:
            return 1;
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    const QWidget &widget_;
    mutable WordsEngine engine_;
};

/// Of the widget alone, without what is in it. Of a list or a table the last line may be seen in part: it is
/// scrolled to.
inline QStringList cutWordsOf(QWidget &widget)
{
    WordsDevice device(widget, qobject_cast<const QAbstractItemView *>(widget.parentWidget()) != nullptr);
    widget.render(&device, QPoint(), QRegion(), QWidget::RenderFlags());
    return device.cut();
}

/// Every piece that the widget writes, in the order of its painting.
inline QStringList wordsOf(QWidget &widget)
{
    WordsDevice device(widget, false);
    widget.render(&device, QPoint(), QRegion(), QWidget::RenderFlags());
    return device.all();
}

} // namespace fastcar::ui
