// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/layer_slider_delegate.h"

#include "ui/models/layer_table.h"
#include "ui/replay/histogram_painter.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double tickSize = 11.0;
constexpr double scaleMargin = 5.0; // half a handle
constexpr double handleWidth = 5.0;
constexpr int mostBins = 64;

bool isCurrent(const QStyleOptionViewItem &option, int row)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view && view->currentIndex().row() == row;
}

} // namespace

LayerSliderDelegate::LayerSliderDelegate(const LayerTuning &tuning, QObject *parent)
    : QStyledItemDelegate(parent)
    , tuning_(tuning)
{
}

QRectF LayerSliderDelegate::scaleRect(const QRect &cell)
{
    return QRectF(cell).adjusted(scaleMargin, 3, -scaleMargin, -2);
}

QRectF LayerSliderDelegate::tickRect(const QRect &cell)
{
    return {cell.left() + 7.0, std::floor(cell.center().y() - tickSize / 2.0) + 1.0, tickSize, tickSize};
}

void LayerSliderDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                                      const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.hover);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors.raised);
    if (index.column() == LayerTable::Layer && isCurrent(option, index.row()))
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colors.accent);
}

void LayerSliderDelegate::paintTick(QPainter *painter, const QRect &cell, bool on) const
{
    const ThemeColors &colors = themeColors();
    const QRectF box = tickRect(cell);
    painter->setPen(QPen(on ? colors.replay : colors.muted, 1.0));
    painter->setBrush(on ? QBrush(colors.replay) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    if (!on)
        return;
    QPainterPath tick(QPointF(box.left() + 2.5, box.center().y()));
    tick.lineTo(box.center().x() - 0.8, box.bottom() - 3.0);
    tick.lineTo(box.right() - 2.3, box.top() + 3.0);
    painter->setPen(QPen(colors.panel, 1.6));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(tick);
}

void LayerSliderDelegate::paintSlider(QPainter *painter, const QStyleOptionViewItem &option, int layer) const
{
    const ThemeColors &colors = themeColors();
    const QRectF scale = scaleRect(option.rect);
    painter->fillRect(scale.adjusted(-scaleMargin, 0, scaleMargin, 0), colors.field);
    const int bins = std::clamp(static_cast<int>(scale.width() / 2.0), 8, mostBins);
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintHistogram(*painter, scale, tuning_.histogram(layer, bins));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(
        QRectF(scale.left() - scaleMargin, scale.bottom() - 1.0, scale.width() + 2.0 * scaleMargin, 1.0),
        colors.border);

    // A handle that does not rule is hollow; one that lets everything through stands at the left end.
    const auto threshold = tuning_.threshold(layer);
    const float value = !threshold                  ? tuning_.choice().sliderOf(layer)
                        : std::isfinite(*threshold) ? *threshold
                        : *threshold < 0.0f         ? tuning_.scale(layer).low
                                                    : tuning_.scale(layer).high;
    const double x = xOfTas(scale, tuning_.scale(layer), value);
    const bool current = isCurrent(option, layer);
    const QColor color = current ? colors.accent : colors.text;
    const QRectF handle(x - handleWidth / 2.0, scale.top() + 1.0, handleWidth, scale.height() - 2.0);
    painter->setPen(QPen(threshold ? colors.field : colors.muted, 1.0));
    painter->setBrush(threshold ? QBrush(color) : QBrush(colors.field));
    painter->drawRoundedRect(handle, 2, 2);
}

void LayerSliderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option, index);
    const int layer = index.row();
    const bool allowed = tuning_.choice().layerRange().contains(layer + 1);
    const bool rules = allowed && tuning_.choice().isOn(layer);
    painter->setFont(numberFont(0.92));
    painter->setPen(rules ? colors.text : colors.muted);
    if (!allowed)
        painter->setOpacity(0.55);
    switch (index.column()) {
    case LayerTable::Layer:
        painter->drawText(QRectF(option.rect).adjusted(23, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          index.data().toString());
        paintTick(painter, option.rect, tuning_.choice().isOn(layer));
        break;
    case LayerTable::Scores:
        paintSlider(painter, option, layer);
        break;
    default:
        if (index.column() == LayerTable::Replayed)
            painter->setPen(colors.muted);
        painter->drawText(QRectF(option.rect).adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data().toString());
    }
    painter->restore();
}

QWidget *LayerSliderDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                           const QModelIndex &index) const
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QStringLiteral("layerThresholdEdit"));
    edit->setAccessibleName(tr("Threshold of layer %1").arg(index.row() + 1));
    edit->setProperty("kind", "cell");
    edit->setFont(numberFont(0.92));
    edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return edit;
}

void LayerSliderDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                               const QModelIndex &) const
{
    editor->setGeometry(option.rect.adjusted(-14, 0, 0, 0)); // room for a longer number than is shown
}

} // namespace fastcar::ui
