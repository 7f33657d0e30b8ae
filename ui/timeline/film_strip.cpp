// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/film_strip.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>

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
    connect(&frames_, &FrameStore::frameChanged, this, &FilmStrip::follow);
    connect(&frames_, &FrameStore::wasReset, this, &FilmStrip::follow);
    connect(&selection_, &Selection::frameChanged, this, &FilmStrip::follow);
    connect(&selection_, &Selection::videoChanged, this, &FilmStrip::follow);
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
    update();
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

void FilmStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (int frame = 0; frame < frames_.frames(); ++frame)
        paintFrame(painter, frame);
}

void FilmStrip::paintFrame(QPainter &painter, int frame) const
{
    const ThemeColors &colors = themeColors();
    const QRectF area = slot(frame);
    const auto &entry = frames_.at(selection_.video(), frame);
    painter.fillRect(area, colors.field);
    if (entry.picture) {
        const Frame &picture = *entry.picture;
        const QImage image(picture.rgb.data(), picture.width, picture.height, 3 * picture.width,
                           QImage::Format_RGB888);
        painter.drawImage(area, image);
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
