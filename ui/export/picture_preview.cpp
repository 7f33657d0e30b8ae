// SPDX-License-Identifier: Apache-2.0
#include "ui/export/picture_preview.h"

#include "ui/theme/theme.h"

#include <QPainter>

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
        painter.setPen(colors.muted);
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, instead_);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSizeF size = QSizeF(picture_.size()) / ratio;
    const QPointF corner((width() - size.width()) / 2.0, (height() - size.height()) / 2.0);
    painter.drawImage(QRectF(corner, size), picture_);
}

} // namespace fastcar::ui
