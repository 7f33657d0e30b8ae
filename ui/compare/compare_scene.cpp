// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_scene.h"

#include "ui/compare/run_source.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int gapBetweenPanes = 6;

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

QImage imageOf(const Frame &frame)
{
    return {frame.rgb.data(), frame.width, frame.height, 3 * frame.width, QImage::Format_RGB888};
}

/// One painting: the scene, where it goes, and the widths of lines on this screen.
class ComparePainter {
public:
    ComparePainter(QPainter &painter, const CompareScene &scene, const CompareGeometry &geometry,
                   double pixelRatio)
        : painter_(painter)
        , scene_(scene)
        , geometry_(geometry)
        , ratio_(pixelRatio)
    {
        font_ = painter.font();
        font_.setPixelSize(static_cast<int>(std::lround(atTextSize(12) * ratio_)));
    }

    void paint()
    {
        switch (scene_.way) {
        case CompareWay::SideBySide:
            paintSide(0, Side::A, geometry_.pane(0));
            paintSide(1, Side::B, geometry_.pane(1));
            break;
        case CompareWay::Wipe:
            paintWipe();
            break;
        case CompareWay::Difference:
            paintDifference();
            break;
        case CompareWay::Flicker:
            paintSide(0, scene_.showsB ? Side::B : Side::A, geometry_.pane(0));
            break;
        }
    }

private:
    void paintSide(int pane, Side side, QRect clip)
    {
        const SharedFrame &frame = side == Side::A ? scene_.a : scene_.b;
        painter_.save();
        painter_.setClipRect(clip);
        if (frame) {
            paintImage(imageOf(*frame), pane);
            paintMarks(pane);
        } else {
            paintWords(clip, side == Side::A ? scene_.whyNoA : scene_.whyNoB);
        }
        painter_.restore();
        paintTag(clip, side, side == Side::B && scene_.way == CompareWay::Wipe);
    }

    /// The part that the pane shows, from whole texels on: a target much larger than the screen is neither
    /// fast nor exact.
    void paintImage(const QImage &image, int pane)
    {
        const QRectF all = geometry_.picture(pane), shown = geometry_.shown(pane);
        if (shown.isEmpty())
            return;
        const double x = all.width() / image.width(), y = all.height() / image.height();
        const QRect texels(QPoint(static_cast<int>(std::floor((shown.left() - all.left()) / x)),
                                  static_cast<int>(std::floor((shown.top() - all.top()) / y))),
                           QPoint(static_cast<int>(std::ceil((shown.right() - all.left()) / x)) - 1,
                                  static_cast<int>(std::ceil((shown.bottom() - all.top()) / y)) - 1));
        const QRect source = texels.intersected(image.rect());
        painter_.setRenderHint(QPainter::SmoothPixmapTransform, x < 1.0);
        painter_.drawImage(QRectF(all.left() + source.left() * x, all.top() + source.top() * y,
                                  source.width() * x, source.height() * y),
                           image, QRectF(source));
    }

    void paintMarks(int pane)
    {
        for (std::size_t position = 0; position < scene_.marked.size(); ++position)
            if (scene_.marked[position])
                frameCell(pane, static_cast<int>(position), themeColors().danger, 1.0);
        if (scene_.hovered >= 0)
            frameCell(pane, scene_.hovered, Qt::white, 1.0);
        if (scene_.selected >= 0) // as over the video: blue would be lost on water
            frameCell(pane, scene_.selected, Qt::white, 2.0);
    }

    void frameCell(int pane, int position, const QColor &color, double width)
    {
        if (scene_.grid.isEmpty())
            return;
        const QRectF cell = geometry_.cell(pane, position, scene_.grid);
        const double line = std::max(1.0, std::round(width * ratio_));
        const auto frame = [&](double inset, double thick, const QColor &ink) {
            const QRectF outer(std::round(cell.left()) + inset, std::round(cell.top()) + inset,
                               std::round(cell.right()) - std::round(cell.left()) - 2 * inset,
                               std::round(cell.bottom()) - std::round(cell.top()) - 2 * inset);
            painter_.fillRect(QRectF(outer.left(), outer.top(), outer.width(), thick), ink);
            painter_.fillRect(QRectF(outer.left(), outer.bottom() - thick, outer.width(), thick), ink);
            painter_.fillRect(QRectF(outer.left(), outer.top(), thick, outer.height()), ink);
            painter_.fillRect(QRectF(outer.right() - thick, outer.top(), thick, outer.height()), ink);
        };
        frame(line, std::max(1.0, std::round(ratio_)),
              withAlpha(Qt::black, 0.6)); // so that it shows on any picture
        frame(0.0, line, color);
    }

    void paintWipe()
    {
        const QRect pane = geometry_.pane(0);
        const int divider = static_cast<int>(std::lround(dividerOf(scene_, geometry_)));
        paintSide(0, Side::A, QRect(pane.topLeft(), QPoint(divider - 1, pane.bottom())));
        paintSide(0, Side::B, QRect(QPoint(divider, pane.top()), pane.bottomRight()));
        // A light line within a dark one, and a handle that says that it can be taken hold of.
        const double thin = std::max(1.0, std::round(ratio_));
        painter_.fillRect(QRectF(divider - 2 * thin, pane.top(), 4 * thin, pane.height()),
                          withAlpha(Qt::black, 0.45));
        painter_.fillRect(QRectF(divider - thin, pane.top(), 2 * thin, pane.height()), Qt::white);
        painter_.save();
        painter_.setRenderHint(QPainter::Antialiasing);
        const QPointF middle(divider, pane.center().y());
        painter_.setPen(QPen(withAlpha(Qt::black, 0.6), thin));
        painter_.setBrush(Qt::white);
        painter_.drawEllipse(middle, 11.0 * ratio_, 11.0 * ratio_);
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(QColor(40, 44, 52));
        for (const double way : {-1.0, 1.0}) {
            QPainterPath arrow(middle + QPointF(way * 8.0 * ratio_, 0.0));
            arrow.lineTo(middle + QPointF(way * 3.0 * ratio_, -4.0 * ratio_));
            arrow.lineTo(middle + QPointF(way * 3.0 * ratio_, 4.0 * ratio_));
            arrow.closeSubpath();
            painter_.drawPath(arrow);
        }
        painter_.restore();
    }

    void paintDifference()
    {
        const QRect pane = geometry_.pane(0);
        if (scene_.difference.isNull()) {
            paintWords(pane, !scene_.a ? scene_.whyNoA : scene_.whyNoB);
            return;
        }
        painter_.save();
        painter_.setClipRect(pane);
        paintImage(scene_.difference, 0);
        paintMarks(0);
        painter_.restore();
    }

    void paintWords(QRect area, const QString &words)
    {
        const double beside = std::min(24.0 * ratio_, area.width() / 16.0);
        paintWordsInTheMiddle(painter_, QRectF(area).adjusted(beside, 0.0, -beside, 0.0), words, font_,
                              themeColors().muted);
    }

    /// "A dense" in a corner of its pane.
    void paintTag(QRect pane, Side side, bool atTheRight)
    {
        const QString letter = side == Side::A ? QStringLiteral("A") : QStringLiteral("B");
        const QString &name = side == Side::A ? scene_.nameA : scene_.nameB;
        QFont bold = font_;
        bold.setWeight(QFont::DemiBold);
        const QFontMetricsF metrics(font_), boldMetrics(bold);
        const double pad = 7.0 * ratio_, height = metrics.height() + 6.0 * ratio_, margin = 8.0 * ratio_;
        const double letterWidth = boldMetrics.horizontalAdvance(letter);
        const double room = pane.width() - 2.0 * margin - 3.0 * pad - letterWidth;
        if (room < 0.0)
            return;
        const QString text = metrics.elidedText(name, Qt::ElideRight, room);
        const double width =
            letterWidth + 2.0 * pad + (text.isEmpty() ? 0.0 : pad + metrics.horizontalAdvance(text));
        const double left = atTheRight ? pane.right() + 1 - margin - width : pane.left() + margin;
        const QRectF tag(left, pane.top() + margin, width, height);
        painter_.save();
        painter_.setClipRect(pane);
        painter_.setRenderHint(QPainter::Antialiasing);
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(QColor(16, 18, 22, 190));
        painter_.drawRoundedRect(tag, 4.0 * ratio_, 4.0 * ratio_);
        painter_.setFont(bold);
        painter_.setPen(Qt::white);
        painter_.drawText(tag.adjusted(pad, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, letter);
        painter_.setFont(font_);
        painter_.setPen(QColor(205, 211, 219));
        painter_.drawText(tag.adjusted(2.0 * pad + letterWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          text);
        painter_.restore();
    }

    QPainter &painter_;
    const CompareScene &scene_;
    const CompareGeometry &geometry_;
    double ratio_;
    QFont font_;
};

} // namespace

QSize CompareScene::pictureSize() const
{
    const SharedFrame &frame = b ? b : a;
    return frame ? QSize(frame->width, frame->height) : QSize();
}

CompareGeometry geometryOf(const CompareScene &scene, QSize view, const CompareZoom &zoom, double pixelRatio)
{
    // Panes are there without a picture, too: they say why it is missing.
    const QSize picture = scene.pictureSize().isEmpty() ? QSize(64, 64) : scene.pictureSize();
    return {view, picture, scene.panes(), zoom, static_cast<int>(std::lround(gapBetweenPanes * pixelRatio))};
}

double dividerOf(const CompareScene &scene, const CompareGeometry &geometry)
{
    const QRectF picture = geometry.picture(0);
    const QRectF shown = geometry.shown(0);
    return std::clamp(picture.left() + scene.wipe * picture.width(), shown.left(), shown.right());
}

void paintComparison(QPainter &painter, const CompareScene &scene, QSize target, const CompareZoom &zoom,
                     double pixelRatio)
{
    painter.fillRect(QRect(QPoint(0, 0), target), themeColors().canvas);
    const CompareGeometry geometry = geometryOf(scene, target, zoom, pixelRatio);
    if (!geometry.empty())
        ComparePainter(painter, scene, geometry, pixelRatio).paint();
}

} // namespace fastcar::ui
