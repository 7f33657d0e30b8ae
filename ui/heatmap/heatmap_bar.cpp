// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_bar.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QWidgetAction>

#include <algorithm>
#include <array>

namespace fastcar::ui {

namespace {

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
    line->addWidget(addButton(actions.heatmap, QStringLiteral("heatmapButton")));
    line->addWidget(addButton(actions.share, QStringLiteral("shareButton")));
    line->addWidget(addButton(actions.drift, QStringLiteral("driftButton")));
    line->addWidget(addButton(actions.mask, QStringLiteral("maskButton")));
    line->addWidget(addButton(actions.grid, QStringLiteral("gridButton")));
    line->addWidget(makeOpacities(overlays));

    connect(layer_, &QComboBox::activated, &selection_, &Selection::chooseLayer);
    connect(row_, &QComboBox::activated, &selection_,
            [this](int kind) { selection_.chooseRow(selection_.video() + kind * selection_.videos()); });
    connect(&selection_, &Selection::layerChanged, layer_, &QComboBox::setCurrentIndex);
    connect(&selection_, &Selection::rowChanged, this, &HeatmapBar::showRow);
}

QToolButton *HeatmapBar::addButton(QAction *action, const QString &name)
{
    auto *tool = new QToolButton(this);
    tool->setObjectName(name);
    tool->setDefaultAction(action);
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setAccessibleName(action->text().remove(QLatin1Char('&')));
    buttons_ += tool;
    return tool;
}

/// The widths of the buttons are measured in the style that they have: what another one takes or spares is
/// the words.
int HeatmapBar::widthWith(Qt::ToolButtonStyle style) const
{
    constexpr int airOfWords = 8;
    int width = layout()->minimumSize().width();
    for (const QToolButton *tool : buttons_) {
        const int words = fontMetrics().horizontalAdvance(tool->text()) + airOfWords;
        if (tool->toolButtonStyle() != style)
            width += style == Qt::ToolButtonIconOnly ? -words : words;
    }
    return width;
}

QSize HeatmapBar::minimumSizeHint() const
{
    return {widthWith(Qt::ToolButtonIconOnly), layout()->minimumSize().height()};
}

void HeatmapBar::fitButtons()
{
    const auto style = width() < widthWith(Qt::ToolButtonTextBesideIcon) ? Qt::ToolButtonIconOnly
                                                                         : Qt::ToolButtonTextBesideIcon;
    for (QToolButton *tool : buttons_)
        tool->setToolButtonStyle(style);
}

void HeatmapBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitButtons();
}

/// One slider for each overlay, in a menu that stays open while one moves them.
QToolButton *HeatmapBar::makeOpacities(OverlayModel &overlays)
{
    struct Kind {
        const char *name;
        QString text;
        float VideoOverlays::*opacity;
    };
    const std::array kinds{
        Kind{"heatmapOpacity", tr("Heatmap"), &VideoOverlays::heatmapOpacity},
        Kind{"shareOpacity", tr("Layers replayed"), &VideoOverlays::shareOpacity},
        Kind{"driftOpacity", tr("Drift"), &VideoOverlays::driftOpacity},
        Kind{"maskOpacity", tr("Replay mask"), &VideoOverlays::maskOpacity},
        Kind{"gridOpacity", tr("Token grid"), &VideoOverlays::gridOpacity},
    };
    auto *opener = new QToolButton(this);
    opener->setObjectName(QStringLiteral("opacityButton"));
    opener->setIcon(icon(QStringLiteral("opacity")));
    opener->setToolTip(tr("How strongly each overlay covers the picture"));
    opener->setAccessibleName(tr("Opacity of the overlays"));
    opener->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(opener);
    auto *sliders = new QWidget(menu);
    auto *form = new QFormLayout(sliders);
    for (const Kind &kind : kinds) {
        auto *slider = new QSlider(Qt::Horizontal, sliders);
        slider->setObjectName(QLatin1String(kind.name));
        slider->setAccessibleName(tr("Opacity: %1").arg(kind.text));
        slider->setRange(0, 100);
        slider->setValue(static_cast<int>(overlays.overlays().*kind.opacity * 100.0f + 0.5f));
        slider->setMinimumWidth(140);
        form->addRow(kind.text, slider);
        connect(slider, &QSlider::valueChanged, &overlays, [&overlays, opacity = kind.opacity](int percent) {
            overlays.setOpacityPercent(opacity, percent);
        });
    }
    auto *content = new QWidgetAction(menu);
    content->setDefaultWidget(sliders);
    menu->addAction(content);
    opener->setMenu(menu);
    return opener;
}

void HeatmapBar::showRow()
{
    row_->setCurrentIndex(selection_.row() / selection_.videos());
}

void HeatmapBar::setShape(int layers, int rows, int videos)
{
    if (layer_->count() != layers) {
        layer_->clear();
        for (int layer = 0; layer < layers; ++layer)
            layer_->addItem(tr("Layer %1 of %2").arg(layer + 1).arg(layers));
    }
    const bool guided = rows > videos;
    row_->clear();
    row_->addItem(tr("Conditional"));
    if (guided)
        row_->addItem(tr("Unconditional"));
    for (auto *box : {layer_, row_})
        box->setMinimumWidth(widestItem(*box) + arrowWidth);
    layer_->setCurrentIndex(selection_.layer());
    showRow();
    row_->setEnabled(guided);
    updateGeometry();
    fitButtons();
}

} // namespace fastcar::ui
