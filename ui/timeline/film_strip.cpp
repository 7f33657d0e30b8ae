// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/film_strip.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {
constexpr double gap = 5.0;
constexpr double labelHeight = 15.0;
constexpr double widestSlot = 112.0;
} // namespace

FilmStrip::FilmStrip(const FrameStore &frames, Selection &selection, QWidget *parent)
    : QAbstractSlider(parent)
    , frames_(frames)
    , selection_(selection)
{
    setObjectName(QStringLiteral("filmStrip"));
    setAccessibleName(tr("Frames"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum); // it gives way in a low window
    setSingleStep(1);
    setPageStep(1);
    setRange(0, 0);
    connect(&frames_, &FrameStore::frameChanged, this, [this](int video, int frame) {
        follow();
        if (video == selection_.video())
            updateSlot(frame);
    });
    const auto showAll = [this] {
        follow();
        update();
    };
    connect(&frames_, &FrameStore::wasReset, this, [this, showAll] {
        thumbs_.clear();
        showAll();
    });
    connect(&selection_, &Selection::frameChanged, this, &FilmStrip::follow);
    connect(&selection_, &Selection::videoChanged, this, showAll);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int frame) {
        if (frame != selection_.frame())
            selection_.chooseFrame(frame);
    });
}

void FilmStrip::follow()
{
    const QSignalBlocker quiet(this);
    setRange(0, std::max(0, frames_.visibleFrames() - 1));
    setValue(selection_.frame());
    setAccessibleDescription(tr("Frame %1 of %2").arg(selection_.frame() + 1).arg(frames_.frames()));
}

/// Frames that are still to come look the same wherever the range ends.
void FilmStrip::sliderChange(SliderChange change)
{
    if (change != SliderValueChange)
        return;
    for (const int frame : {std::exchange(marked_, value()), value()})
        updateSlot(frame);
}

void FilmStrip::updateSlot(int frame)
{
    constexpr double words = 8.0; // that the number is wider at either side
    update(slot(frame).adjusted(-words - 1.0, -2.0, words + 1.0, labelHeight + 2.0).toAlignedRect());
}

/// The picture of a frame as it fills `room`: scaling is what a strip costs.
const QImage &FilmStrip::thumb(int frame, const SharedFrame &picture, QSize room) const
{
    const QSize size = (QSizeF(room) * devicePixelRatioF()).toSize();
    thumbs_.resize(static_cast<std::size_t>(frames_.frames()));
    Thumb &thumb = thumbs_[static_cast<std::size_t>(frame)];
    if (thumb.picture != picture || thumb.image.size() != size) {
        thumb.picture = picture;
        const QImage image(picture->rgb.data(), picture->width, picture->height, 3 * picture->width,
                           QImage::Format_RGB888);
        thumb.image = image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                          .convertToFormat(QImage::Format_RGB32);
        thumb.image.setDevicePixelRatio(devicePixelRatioF());
    }
    return thumb.image;
}

QRectF FilmStrip::slot(int frame) const
{
    const int count = std::max(1, frames_.frames());
    double aspect = 1.0;
    if (const QSize picture = frames_.pictureSize(); !picture.isEmpty())
        aspect = static_cast<double>(picture.width()) / picture.height();
    const double room = (width() - gap * (count - 1) - 4.0) / count;
    const double tallest = height() - labelHeight - 6.0;
    const double slotWidth = std::max(6.0, std::min({room, widestSlot, tallest * aspect}));
    return {2.0 + frame * (slotWidth + gap), 3.0, slotWidth, std::min(tallest, slotWidth / aspect)};
}

int FilmStrip::frameAt(QPointF point) const
{
    const double pitch = slot(0).width() + gap;
    const int frame = static_cast<int>((point.x() - 2.0) / pitch);
    return std::clamp(frame, 0, std::max(0, frames_.visibleFrames() - 1));
}

void FilmStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double around = slot(0).height() + labelHeight; // what a frame paints beside its slot
    for (int frame = 0; frame < frames_.frames(); ++frame)
        if (slot(frame).adjusted(-around, 0.0, around, around).intersects(QRectF(event->rect())))
            paintFrame(painter, frame);
}

void FilmStrip::paintFrame(QPainter &painter, int frame) const
{
    const ThemeColors &colors = themeColors();
    const QRectF area = slot(frame);
    const auto &entry = frames_.at(selection_.video(), frame);
    painter.fillRect(area, colors.field);
    if (entry.picture) {
        // On whole pixels, so that nothing is scaled again.
        painter.drawImage(area.toAlignedRect().topLeft(),
                          thumb(frame, entry.picture, area.toAlignedRect().size()));
        if (!entry.whole) {
            QColor veil = colors.canvas;
            veil.setAlphaF(0.55f);
            painter.fillRect(area, veil);
        }
    }
    const bool selected = frame == selection_.frame() && entry.picture;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(selected ? colors.accent : colors.border, selected ? 2.0 : 1.0));
    painter.drawRect(selected ? area : area.adjusted(0.5, 0.5, -0.5, -0.5));

    painter.setPen(selected ? colors.text : colors.muted);
    painter.setFont(numberFont(0.85));
    const bool crowded = area.width() < 16.0;
    if (!crowded || frame % 4 == 0)
        painter.drawText(QRectF(area.left() - 8, area.bottom() + 1, area.width() + 16, labelHeight),
                         Qt::AlignCenter, QString::number(frame + 1));
    if (selected && hasFocus()) {
        painter.setPen(QPen(colors.text, 1.0, Qt::DotLine));
        painter.drawRect(area.adjusted(3, 3, -3, -3));
    }
}

void FilmStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && frames_.visibleFrames() > 0)
        selection_.chooseFrame(frameAt(event->position()));
}

void FilmStrip::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) && frames_.visibleFrames() > 0)
        selection_.chooseFrame(frameAt(event->position()));
}

bool FilmStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(),
                           tr("Frames of the clip: click or drag to look at one, arrow keys step"), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

} // namespace fastcar::ui
