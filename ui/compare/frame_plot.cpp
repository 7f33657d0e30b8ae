// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/frame_plot.h"

#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double axisWidth = 34.0, footHeight = 16.0, headHeight = 6.0;

} // namespace

FramePlot::FramePlot(QWidget *parent)
    : QAbstractSlider(parent)
{
    setObjectName(QStringLiteral("framePlot"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setRange(0, 0);
    setSingleStep(1);
    setPageStep(1);
    connect(this, &QAbstractSlider::valueChanged, this, &FramePlot::frameChosen);
}

void FramePlot::setSeries(FrameFigure figure, FrameSeries series, const QString &whyEmpty)
{
    figure_ = figure;
    series_ = std::move(series);
    whyEmpty_ = whyEmpty;
    setAccessibleName(tr("%1 by frame").arg(nameOf(figure_)));
    const int frame = value();
    const QSignalBlocker quiet(this);
    setRange(series_.first, std::max(series_.first, series_.first + count() - 1));
    setFrame(frame);
}

void FramePlot::setFrame(int frame)
{
    const QSignalBlocker quiet(this);
    setValue(frame);
    setAccessibleDescription(count() > 0 ? wordsOf(value()) : whyEmpty_);
    update();
}

QRectF FramePlot::plot() const
{
    return {axisWidth, headHeight, std::max(1.0, width() - axisWidth - 2.0),
            std::max(1.0, height() - headHeight - footHeight)};
}

QRectF FramePlot::slot(int index) const
{
    const QRectF area = plot();
    const double wide = area.width() / std::max(1, count());
    return {area.left() + index * wide, area.top(), wide, area.height()};
}

double FramePlot::yOf(double value) const
{
    const double share = (value - series_.low) / std::max(1e-12, series_.high - series_.low);
    return plot().bottom() - std::clamp(share, 0.0, 1.0) * plot().height();
}

int FramePlot::frameAt(double x) const
{
    const int index = static_cast<int>(std::floor((x - plot().left()) / slot(0).width()));
    return series_.first + std::clamp(index, 0, std::max(0, count() - 1));
}

void FramePlot::paintAxis(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    painter.setFont(numberFont(0.8));
    painter.setPen(colors.muted);
    for (const double value : {series_.low, series_.high})
        painter.drawText(QRectF(0, yOf(value) - 8.0, axisWidth - 5.0, 16.0),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(value, 'g', 3));
    QColor line = colors.border;
    line.setAlphaF(0.6f);
    painter.fillRect(QRectF(plot().left(), yOf((series_.low + series_.high) / 2.0), plot().width(), 1.0),
                     line);
    const int each = std::max(1, static_cast<int>(std::ceil(20.0 / slot(0).width())));
    for (int index = 0; index < count(); index += each)
        painter.drawText(
            QRectF(slot(index).center().x() - 20.0, plot().bottom() + 1.0, 40.0, footHeight - 2.0),
            Qt::AlignCenter, QString::number(series_.first + index + 1));
}

void FramePlot::paintLineOfA(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(themeColors().text, 1.5));
    QPolygonF line;
    for (std::size_t index = 0; index < series_.ofA.size(); ++index)
        if (series_.ofA[index])
            line.append({slot(static_cast<int>(index)).center().x(), yOf(*series_.ofA[index])});
    painter.drawPolyline(line);
}

void FramePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    if (count() == 0) {
        constexpr double air = 6.0;
        painter.fillRect(rect(), colors.field);
        paintWordsInTheMiddle(painter, QRectF(rect()).adjusted(air, 0.0, -air, 0.0), whyEmpty_, font(),
                              colors.muted);
        return;
    }
    painter.fillRect(plot(), colors.field);
    paintAxis(painter);
    for (int index = 0; index < count(); ++index) {
        const QRectF area = slot(index);
        const bool chosen = series_.first + index == value();
        if (chosen) {
            QColor veil = colors.accent;
            veil.setAlphaF(0.22f);
            painter.fillRect(area, veil);
        }
        const double gap = area.width() > 4.0 ? std::min(2.0, area.width() * 0.15) : 0.0;
        const auto &value = series_.values[static_cast<std::size_t>(index)];
        const double top = value ? yOf(*value) : plot().top();
        QColor color = chosen ? colors.accent : colors.compute;
        if (!value && figure_ == FrameFigure::Psnr)
            color.setAlphaF(0.35f); // without end
        if (value || figure_ == FrameFigure::Psnr)
            painter.fillRect(QRectF(area.left() + gap, top, area.width() - 2 * gap, plot().bottom() - top),
                             color);
        if (!value && figure_ == FrameFigure::Psnr && area.width() >= 10.0) {
            painter.setPen(colors.text);
            painter.drawText(area, Qt::AlignHCenter | Qt::AlignTop, QStringLiteral("∞"));
        }
    }
    if (!series_.ofA.empty())
        paintLineOfA(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 1.0));
        painter.drawRect(plot().adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

QString FramePlot::wordsOf(int frame) const
{
    const auto index = static_cast<std::size_t>(frame - series_.first);
    if (index >= series_.values.size())
        return {};
    if (index < series_.ofA.size())
        return tr("Frame %1: A %2, B %3")
            .arg(frame + 1)
            .arg(figureText(figure_, series_.ofA[index]), figureText(figure_, series_.values[index]));
    return tr("Frame %1: %2").arg(frame + 1).arg(figureText(figure_, series_.values[index]));
}

void FramePlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && count() > 0)
        emit frameChosen(frameAt(event->position().x()));
}

void FramePlot::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) && count() > 0)
        emit frameChosen(frameAt(event->position().x()));
}

void FramePlot::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QAbstractSlider::changeEvent(event);
}

bool FramePlot::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(),
                           count() > 0 && help->pos().x() >= axisWidth ? wordsOf(frameAt(help->pos().x()))
                                                                       : wordsFor(figure_),
                           this);
        return true;
    }
    return QAbstractSlider::event(event);
}

} // namespace fastcar::ui
