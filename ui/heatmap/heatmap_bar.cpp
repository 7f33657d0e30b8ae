// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_bar.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace fastcar::ui {

namespace {

QToolButton *button(QAction *action, const QString &name, QWidget *parent)
{
    auto *tool = new QToolButton(parent);
    tool->setObjectName(name);
    tool->setDefaultAction(action);
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setAccessibleName(action->text().remove(QLatin1Char('&')));
    return tool;
}

/// What a combo box under a style sheet does not reckon with.
constexpr int arrowWidth = 44;

int widestItem(const QComboBox &box)
{
    int widest = 0;
    for (int i = 0; i < box.count(); ++i)
        widest = std::max(widest, box.fontMetrics().horizontalAdvance(box.itemText(i)));
    return widest;
}

} // namespace

HeatmapBar::HeatmapBar(const Actions &actions, OverlayModel &overlays, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 7, 12, 7);
    line->setSpacing(6);

    layer_ = new QComboBox(this);
    layer_->setObjectName(QStringLiteral("layerCombo"));
    layer_->setAccessibleName(tr("Layer"));
    layer_->setToolTip(tr("The layer whose TAS and decisions are shown ( [ and ] )"));
    row_ = new QComboBox(this);
    row_->setObjectName(QStringLiteral("rowCombo"));
    row_->setAccessibleName(tr("Row"));
    row_->setToolTip(
        tr("<p>With guidance a video runs as two rows: the <b>conditional</b> one reads the prompt, the "
           "<b>unconditional</b> one does not.</p>"));
    line->addWidget(layer_);
    line->addWidget(row_);
    line->addStretch(1);
    line->addWidget(button(actions.heatmap, QStringLiteral("heatmapButton"), this));
    opacity_ = new QSlider(Qt::Horizontal, this);
    opacity_->setObjectName(QStringLiteral("opacitySlider"));
    opacity_->setAccessibleName(tr("Opacity of the heatmap"));
    opacity_->setToolTip(tr("Opacity of the heatmap"));
    opacity_->setRange(0, 100);
    opacity_->setValue(static_cast<int>(overlays.overlays().opacity * 100.0f + 0.5f));
    opacity_->setFixedWidth(72);
    line->addWidget(opacity_);
    line->addSpacing(4);
    line->addWidget(button(actions.mask, QStringLiteral("maskButton"), this));
    line->addWidget(button(actions.grid, QStringLiteral("gridButton"), this));

    connect(opacity_, &QSlider::valueChanged, &overlays, &OverlayModel::setOpacityPercent);
    connect(&overlays, &OverlayModel::changed, this,
            [this, &overlays] { opacity_->setEnabled(overlays.overlays().heatmap); });
    connect(layer_, &QComboBox::activated, &selection_, &Selection::chooseLayer);
    connect(row_, &QComboBox::activated, &selection_, &Selection::chooseRow);
    connect(&selection_, &Selection::layerChanged, layer_, &QComboBox::setCurrentIndex);
    connect(&selection_, &Selection::rowChanged, row_, &QComboBox::setCurrentIndex);
}

void HeatmapBar::setShape(int layers, int rows)
{
    if (layer_->count() != layers) {
        layer_->clear();
        for (int layer = 0; layer < layers; ++layer)
            layer_->addItem(tr("Layer %1 of %2").arg(layer + 1).arg(layers));
    }
    if (row_->count() != rows) {
        row_->clear();
        row_->addItem(tr("Conditional"));
        if (rows > 1)
            row_->addItem(tr("Unconditional"));
    }
    for (auto *box : {layer_, row_})
        box->setMinimumWidth(widestItem(*box) + arrowWidth);
    layer_->setCurrentIndex(selection_.layer());
    row_->setCurrentIndex(selection_.row());
    row_->setEnabled(rows > 1);
}

} // namespace fastcar::ui
