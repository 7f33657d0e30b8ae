// SPDX-License-Identifier: Apache-2.0
#include "ui/export/picture_preview.h"

#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

PicturePreview::PicturePreview(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("exportPreview"));
    setAccessibleName(tr("Preview"));
    setMinimumSize(240, 200);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PicturePreview::setPicture(const QImage &picture, const QString &instead)
{
    picture_ = picture;
    instead_ = instead;
    setAccessibleDescription(picture_.isNull() ? instead_ : QString());
    update();
}

void PicturePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(rect(), colors.canvas);
    if (picture_.isNull()) {
        paintWordsInTheMiddle(painter, rect().adjusted(16, 16, -16, -16), instead_, font(), colors.muted);
        return;
    }
    // A pixel each, on a dense screen several: as large as on any other, as far as there is room.
    const double ratio = devicePixelRatioF();
    const double fits = std::min(width() * ratio / picture_.width(), height() * ratio / picture_.height());
    const double times = std::max(1.0, std::min(ratio, fits));
    const QSizeF size = QSizeF(picture_.size()) * times / ratio;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, times != std::floor(times));
    const QPointF corner((width() - size.width()) / 2.0, (height() - size.height()) / 2.0);
    painter.drawImage(QRectF(corner, size), picture_);
}

} // namespace fastcar::ui
