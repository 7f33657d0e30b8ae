// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_bar.h"

#include "ui/theme/flow_line.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QWidgetAction>

#include <algorithm>
#include <array>

namespace fastcar::ui {

namespace {

QToolButton *button(QAction *action, const QString &name, QWidget *parent)
{
    auto *tool = new QToolButton(parent);
    tool->setObjectName(name);
    tool->setDefaultAction(action);
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setProperty("kind", "overlay");
    tool->setAccessibleName(action->text().remove(QLatin1Char('&')));
    return tool;
}

/// What a combo box under a style sheet does not reckon with.
constexpr int arrowWidth = 42;

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
    line_ = new FlowLine(this);
    line_->keepLines();
    line_->setContentsMargins(10, 7, 10, 7);

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
    line_->addWidget(layer_);
    line_->addWidget(row_);
    line_->beginEnd();
    overlayButtons_ = new QWidget(this); // which stay together
    auto *together = new QHBoxLayout(overlayButtons_);
    together->setContentsMargins(0, 0, 0, 0);
    together->setSpacing(4);
    toggles_ = {button(actions.heatmap, QStringLiteral("heatmapButton"), this),
                button(actions.share, QStringLiteral("shareButton"), this),
                button(actions.drift, QStringLiteral("driftButton"), this),
                button(actions.mask, QStringLiteral("maskButton"), this),
                button(actions.grid, QStringLiteral("gridButton"), this)};
    for (QToolButton *toggle : toggles_)
        together->addWidget(toggle);
    opacities_ = makeOpacities(overlays);
    together->addWidget(opacities_);
    positionStrip_ = button(actions.strip, QStringLiteral("positionStripButton"), this);
    positionStrip_->setToolButtonStyle(Qt::ToolButtonIconOnly); // its name is long, and said by its tool tip
    together->addWidget(positionStrip_);
    line_->addWidget(overlayButtons_);

    connect(layer_, &QComboBox::activated, &selection_, &Selection::chooseLayer);
    connect(row_, &QComboBox::activated, &selection_,
            [this](int kind) { selection_.chooseRow(selection_.video() + kind * selection_.videos()); });
    connect(&selection_, &Selection::layerChanged, layer_, &QComboBox::setCurrentIndex);
    connect(&selection_, &Selection::rowChanged, this, &HeatmapBar::showRow);
    measure();
}

/// How much room it takes with words.
void HeatmapBar::measure()
{
    for (auto *box : {layer_, row_})
        box->setFixedWidth(widestItem(*box) + arrowWidth);
    const QMargins around = line_->contentsMargins();
    constexpr int gaps = 9; // more than there are controls
    const int gap = overlayButtons_->layout()->spacing();
    positionStrip_->ensurePolished();
    int narrow = opacities_->sizeHint().width() + gap + positionStrip_->sizeHint().width();
    wide_ = layer_->minimumWidth() + row_->minimumWidth() + narrow + around.left() + around.right() +
            gaps * line_->spacing();
    for (QToolButton *toggle : toggles_) {
        toggle->ensurePolished();
        toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        wide_ += toggle->sizeHint().width();
        toggle->setToolButtonStyle(Qt::ToolButtonIconOnly);
        narrow += toggle->sizeHint().width() + gap;
    }
    // The words that it has at the moment never make the window wider: they go where there is less room.
    overlayButtons_->setMinimumWidth(narrow);
    fit();
}

/// Where there is no room for words, icons have to do.
void HeatmapBar::fit()
{
    const bool words = width() >= wide_;
    for (QToolButton *toggle : toggles_) {
        toggle->setToolButtonStyle(words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        if (toggle->property("words").toBool() == words)
            continue;
        toggle->setProperty("words", words); // for the style sheet, which looks when it is told to
        toggle->style()->unpolish(toggle);
        toggle->style()->polish(toggle);
    }
}

void HeatmapBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void HeatmapBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && opacities_)
        measure();
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
    opener->setProperty("kind", "overlay");
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
        auto *figure = new QLabel(sliders);
        figure->setFont(numberFont(0.92));
        figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        figure->setMinimumWidth(figure->fontMetrics().horizontalAdvance(tr("%1 %").arg(100)));
        const auto showFigure = [figure](int percent) { figure->setText(tr("%1 %").arg(percent)); };
        showFigure(slider->value());
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(slider, 1);
        line->addWidget(figure);
        form->addRow(kind.text, line);
        connect(slider, &QSlider::valueChanged, figure, showFigure);
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
    const bool guided = rows > videos;
    if (layer_->count() != layers || row_->count() != (guided ? 2 : 1)) { // else the run before had the same
        fillLists(layers, guided);
        measure();
    }
    layer_->setCurrentIndex(selection_.layer());
    showRow();
    row_->setEnabled(guided);
}

void HeatmapBar::fillLists(int layers, bool guided)
{
    if (layer_->count() != layers) {
        layer_->clear();
        for (int layer = 0; layer < layers; ++layer)
            layer_->addItem(tr("Layer %1 of %2").arg(layer + 1).arg(layers));
    }
    row_->clear();
    row_->addItem(tr("Conditional"));
    if (guided)
        row_->addItem(tr("Unconditional"));
}

} // namespace fastcar::ui
