// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_pane.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {
constexpr int line = 2;
constexpr int nameHeight = 18;
} // namespace

VideoPane::VideoPane(int video, std::shared_ptr<ViewDevice> device, QWidget *parent)
    : QWidget(parent)
    , video_(video)
    , layout_(new QVBoxLayout(this))
    , view_(new VideoView(std::move(device), this))
{
    view_->setObjectName(video == 0 ? QStringLiteral("videoView")
                                    : QStringLiteral("videoView%1").arg(video + 1));
    layout_->addWidget(view_);
    setFramed(false);
}

QSize VideoPane::frame()
{
    return {2 * line, 2 * line + nameHeight};
}

void VideoPane::setFramed(bool framed)
{
    if (framed == framed_)
        return;
    framed_ = framed;
    const int around = framed ? line : 0;
    layout_->setContentsMargins(around, around + (framed ? nameHeight : 0), around, around);
    view_->setAccessibleName(framed ? tr("Video %1").arg(video_ + 1) : tr("Video"));
    update();
}

void VideoPane::setChosen(bool chosen)
{
    if (chosen == chosen_)
        return;
    chosen_ = chosen;
    update();
}

void VideoPane::paintEvent(QPaintEvent *)
{
    if (!framed_)
        return;
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(rect(), colors.canvas);
    if (chosen_) {
        painter.setPen(QPen(colors.accent, line));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    painter.setPen(chosen_ ? colors.text : colors.muted);
    const QRect room(line + 6, line, width() - 2 * line - 12, nameHeight);
    const QString name = tr("Video %1").arg(video_ + 1);
    const bool fits = painter.fontMetrics().horizontalAdvance(name) <= room.width();
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, fits ? name : QString::number(video_ + 1));
}

} // namespace fastcar::ui
