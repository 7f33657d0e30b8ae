// SPDX-License-Identifier: Apache-2.0
//
// A legend, written from left to right: words, and swatches of the colours that they name. What has no room
// any more begins another line, so that no name is lost in a narrow panel or a longer language. Without a
// painter it only measures: a widget's heightForWidth() runs the same code as its paintEvent().
#pragma once

#include <QFontMetricsF>
#include <QPainter>
#include <QRectF>

#include <functional>

namespace fastcar::ui {

class LegendLine {
public:
    /// `painter` may be null; `width` is the widget's.
    LegendLine(QPainter *painter, int width);

    /// What comes next is this wide and is not to be torn apart: another line, if this one is too full for
    /// it.
    void keep(double width);
    /// One too long for a line is elided.
    void word(const QString &text, double air = 6.0);
    /// The place of a bar of colours, and some air behind it.
    QRectF bar(double width);
    /// A colour and its name; some colours are hardly others than the panel's, so there is a border.
    void swatch(const QColor &color, const QString &text);
    /// The same with something else than a colour.
    void swatch(const std::function<void(const QRectF &at)> &paint, const QString &text);

    bool hasRoom(double width) const { return x_ + width <= box_.right() + rounding; }
    double width(const QString &text) const { return metrics_.horizontalAdvance(text); }
    double swatchWith(const QString &text) const;
    /// Null while it measures.
    QPainter *painter() const { return painter_; }
    /// Of all lines up to here.
    int height() const;

    static constexpr double rounding = 0.01; // of sums of widths
    static constexpr double besideSwatch = 5.0;
    static constexpr double betweenSwatches = 12.0;

private:
    QRectF line() const { return box_.translated(0.0, line_ * box_.height()); }

    QPainter *painter_;
    QFontMetricsF metrics_;
    QRectF box_; // as high as one line
    double x_;
    int line_ = 0;
};

} // namespace fastcar::ui
