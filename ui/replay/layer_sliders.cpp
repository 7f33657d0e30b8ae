// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/layer_sliders.h"

#include "ui/replay/histogram_painter.h"
#include "ui/replay/layer_slider_delegate.h"
#include "ui/replay/layer_sliders_accessible.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int stepsOfScale = 100;
constexpr int largeSteps = 10;
constexpr int fewestLines = 4;
constexpr int usualLines = 8;

int widthOf(LayerTable::Column column)
{
    switch (column) {
    case LayerTable::Layer:
        return atTextSize(45);
    case LayerTable::Threshold:
        return atTextSize(50);
    case LayerTable::Predicted:
        return atTextSize(46);
    default:
        return atTextSize(42);
    }
}

int lineHeight()
{
    return atTextSize(26);
}

/// To what the exact field can show.
float shortened(float threshold)
{
    return std::round(threshold * 1000.0f) / 1000.0f;
}

} // namespace

LayerSliders::LayerSliders(LayerTable &table, LayerTuning &tuning, QWidget *parent)
    : QTableView(parent)
    , table_(table)
    , tuning_(tuning)
{
    LayerSlidersAccessible::install();
    setObjectName(QStringLiteral("layerSliders"));
    setAccessibleName(tr("Thresholds by layer"));
    setModel(&table_);
    setItemDelegate(new LayerSliderDelegate(tuning_, this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    connect(&tuning_.choice(), &ReplayChoice::changed, this, &LayerSliders::tellValues);
    connect(&table_, &QAbstractItemModel::modelReset, this, &LayerSliders::fit);
    fit();
}

/// To the text's size and the number of lines.
void LayerSliders::fit()
{
    verticalHeader()->setDefaultSectionSize(lineHeight());
    auto *header = horizontalHeader();
    header->setMinimumSectionSize(widthOf(LayerTable::Replayed));
    for (int column = 0; column < LayerTable::columns; ++column) {
        const bool stretches = column == LayerTable::Scores;
        header->setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Fixed);
        if (!stretches)
            header->resizeSection(column, widthOf(static_cast<LayerTable::Column>(column)));
    }
    setMaximumHeight(heightOf(std::max(fewestLines, table_.rowCount()))); // no room below the last line
    updateGeometry();
}

void LayerSliders::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

int LayerSliders::heightOf(int lines) const
{
    return horizontalHeader()->sizeHint().height() + lines * lineHeight() + 2 * frameWidth() + 2;
}

QSize LayerSliders::sizeHint() const
{
    return {260, heightOf(std::clamp(table_.rowCount(), fewestLines, usualLines))};
}

QSize LayerSliders::minimumSizeHint() const
{
    return {200, sizeHint().height()}; // the panel scrolls; a list that scrolls in it is for many layers
}

LayerSet LayerSliders::chosen() const
{
    LayerSet layers;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        layers.push_back(index.row());
    std::ranges::sort(layers);
    return layers;
}

void LayerSliders::chooseLayer(int layer)
{
    if (layer >= 0 && layer < table_.rowCount() && currentIndex().row() != layer)
        selectRow(layer);
}

LayerSet LayerSliders::linkedWith(int layer) const
{
    LayerSet layers = chosen();
    return std::ranges::find(layers, layer) == layers.end() ? LayerSet{layer} : layers;
}

LayerSliders::Start LayerSliders::startHere() const
{
    Start start{.thresholds = tuning_.inForce(), .sliders = {}};
    for (int layer = 0; layer < tuning_.layers(); ++layer) {
        const auto &threshold = start.thresholds[static_cast<std::size_t>(layer)];
        const bool stands = threshold && std::isfinite(*threshold);
        start.sliders.push_back(stands ? *threshold : tuning_.choice().sliderOf(layer));
    }
    return start;
}

void LayerSliders::move(const Start &from, int layer, float to)
{
    const float by = to - from.sliders[static_cast<std::size_t>(layer)];
    ReplayChoice::Thresholds moved = from.thresholds;
    for (const int linked : linkedWith(layer)) {
        const auto i = static_cast<std::size_t>(linked);
        moved[i] = shortened(linked == layer ? to : from.sliders[i] + by);
    }
    tuning_.choice().chooseThresholds(moved);
}

void LayerSliders::place(int layer, float threshold)
{
    move(startHere(), layer, threshold);
}

float LayerSliders::stepWidth(int layer) const
{
    const TasRange scale = tuning_.scale(layer);
    return (scale.high - scale.low) / stepsOfScale;
}

void LayerSliders::step(int layer, int steps)
{
    const Start start = startHere();
    move(start, layer,
         start.sliders[static_cast<std::size_t>(layer)] + stepWidth(layer) * static_cast<float>(steps));
}

QRectF LayerSliders::scaleRect(int layer) const
{
    return LayerSliderDelegate::scaleRect(visualRect(table_.index(layer, LayerTable::Scores)));
}

void LayerSliders::makeCurrent(int layer)
{
    const LayerSet linked = linkedWith(layer);
    const bool among = linked.size() > 1;
    selectionModel()->setCurrentIndex(table_.index(layer, LayerTable::Scores),
                                      among
                                          ? QItemSelectionModel::NoUpdate
                                          : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void LayerSliders::toggle(int layer)
{
    tuning_.choice().switchLayers(linkedWith(layer), !tuning_.choice().isOn(layer));
}

void LayerSliders::mousePressEvent(QMouseEvent *event)
{
    const QPoint place = event->position().toPoint();
    const QModelIndex index = indexAt(place);
    const bool plain = event->button() == Qt::LeftButton &&
                       !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier));
    if (!index.isValid() || !plain) {
        QTableView::mousePressEvent(event);
        return;
    }
    if (index.column() == LayerTable::Layer &&
        LayerSliderDelegate::tickRect(visualRect(index)).adjusted(-7, -7, 3, 7).contains(place)) {
        makeCurrent(index.row());
        toggle(index.row());
    } else if (index.column() == LayerTable::Scores) {
        makeCurrent(index.row());
        dragged_ = index.row();
        dragStart_ = startHere();
        tuning_.setHeld(true);
        dragTo(event->position().x());
    } else {
        QTableView::mousePressEvent(event);
    }
}

void LayerSliders::dragTo(double x)
{
    move(dragStart_, dragged_, tasOfX(scaleRect(dragged_), tuning_.scale(dragged_), x));
}

void LayerSliders::mouseMoveEvent(QMouseEvent *event)
{
    if (dragged_ >= 0) {
        dragTo(event->position().x());
        return;
    }
    const bool overScale = indexAt(event->position().toPoint()).column() == LayerTable::Scores;
    viewport()->setCursor(overScale ? Qt::SplitHCursor : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void LayerSliders::mouseReleaseEvent(QMouseEvent *event)
{
    if (dragged_ >= 0 && event->button() == Qt::LeftButton) {
        dragged_ = -1;
        tuning_.setHeld(false);
        return;
    }
    QTableView::mouseReleaseEvent(event);
}

void LayerSliders::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.column() == LayerTable::Threshold)
        edit(index);
    else if (event->button() == Qt::LeftButton && index.column() == LayerTable::Scores)
        tuning_.choice().resetLayers(linkedWith(index.row()));
    else if (index.column() == LayerTable::Layer)
        mousePressEvent(event); // two quick ticks are two
}

void LayerSliders::keyPressEvent(QKeyEvent *event)
{
    const int layer = currentIndex().row();
    if (layer < 0) {
        QTableView::keyPressEvent(event);
        return;
    }
    const int steps = event->modifiers() & Qt::ControlModifier ? largeSteps : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        step(layer, -steps);
        break;
    case Qt::Key_Right:
        step(layer, steps);
        break;
    case Qt::Key_Space:
        toggle(layer);
        break;
    case Qt::Key_Delete:
        tuning_.choice().resetLayers(linkedWith(layer));
        break;
    case Qt::Key_F2:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        edit(table_.index(layer, LayerTable::Threshold));
        break;
    default:
        QTableView::keyPressEvent(event);
    }
}

void LayerSliders::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    if (table_.rowCount() == 0) {
        paintWordsInTheMiddle(painter, viewport()->rect().adjusted(12, 8, -12, -8),
                              tr("A slider for each layer appears here as soon as a model is open"), font(),
                              themeColors().muted);
    } else if (hasFocus()) {
        painter.setPen(themeColors().accent);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

// The base class would tell assistive technology of cells; what there is are sliders.

void LayerSliders::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update(); // the handle of the current line has a colour of its own
    if (current.isValid() && current.row() != previous.row() && hasFocus())
        LayerSlidersAccessible::tellFocus(*this, current.row());
}

void LayerSliders::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
}

void LayerSliders::tellValues()
{
    const ReplayChoice::Thresholds &now = tuning_.choice().thresholds();
    for (std::size_t layer = 0; layer < now.size(); ++layer)
        if (layer >= told_.size() || told_[layer] != now[layer])
            LayerSlidersAccessible::tellValue(*this, static_cast<int>(layer));
    told_ = now;
}

} // namespace fastcar::ui
