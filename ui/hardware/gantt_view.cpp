// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_view.h"

#include "ui/hardware/gantt_painter.h"
#include "ui/hardware/gantt_words.h"
#include "ui/hardware/step_figures.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <bit>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double zoomStep = 1.25; // a notch of the wheel
constexpr double notch = 120.0;
constexpr double panStep = 0.15; // of what is in view
constexpr double reachPixels = 3.0;
constexpr double stillPixels = 3.0; // a press that moves less is a click

} // namespace

GanttView::GanttView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("ganttView"));
    setAccessibleName(tr("Timeline of the card's units"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(14);
}

void GanttView::setTracks(std::vector<GanttTrack> tracks, double clockHz, int rows)
{
    clockHz = clockHz > 0.0 ? clockHz : 1.0;
    if (tracks == scene_.tracks && clockHz == scene_.clockHz && rows == scene_.rows)
        return; // a run that goes on asks often
    scene_.tracks = std::move(tracks);
    scene_.clockHz = clockHz;
    scene_.rows = rows;
    scene_.range.setTotal(static_cast<double>(longestOf(scene_)));
    QStringList spoken;
    for (const GanttTrack &track : scene_.tracks)
        if (track.picture)
            spoken += tr("%1: %2").arg(track.title, track.note);
    setAccessibleDescription(hasPicture() ? spoken.join(QStringLiteral("; ")) : heading_);
    arrange();
}

void GanttView::setMessage(const QString &heading, const QString &text)
{
    heading_ = heading;
    text_ = text;
    if (!hasPicture())
        setAccessibleDescription(QStringLiteral("%1 %2").arg(heading, text));
    viewport()->update();
}

void GanttView::setChosen(int layer, int row)
{
    if (layer == scene_.layer && row == scene_.row)
        return;
    scene_.layer = layer;
    scene_.row = row;
    viewport()->update();
}

void GanttView::arrange()
{
    layout_ = layOut(scene_, QSizeF(viewport()->size()));
    const int hidden = static_cast<int>(std::ceil(layout_.contentHeight)) - viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, hidden));
    verticalScrollBar()->setPageStep(viewport()->height());
    viewport()->update();
}

void GanttView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (hasPicture()) {
        GanttPainter::Overlay overlay;
        overlay.pointer = pointer_;
        overlay.measured = measured_;
        if (pointer_ && drag_ == Drag::None)
            overlay.words = wordsAt(*pointer_);
        GanttPainter(painter, scene_, layout_, verticalScrollBar()->value()).paint(overlay);
    } else {
        painter.fillRect(viewport()->rect(), themeColors().field);
        paintEmptyWords(painter, viewport()->rect(), heading_, text_, font());
    }
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect());
}

void GanttView::resizeEvent(QResizeEvent *)
{
    arrange();
}

void GanttView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
    QAbstractScrollArea::changeEvent(event);
}

bool GanttView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        pointer_.reset();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

GanttView::Hit GanttView::hit(QPointF point) const
{
    Hit found;
    if (!hasPicture() || point.y() < GanttLayout::axisHeight())
        return found;
    found.line = layout_.lineAt(point.y() - GanttLayout::axisHeight() + verticalScrollBar()->value());
    if (!found.line || found.line->kind != GanttLine::Kind::Lane || point.x() < layout_.plot().left())
        return found;
    const double cycle = layout_.cycleAt(scene_.range, point.x());
    const double reach = reachPixels * layout_.cyclesPerPixel(scene_.range);
    const StepPicture &picture = pictureOf(*found.line);
    found.span = picture.lanes[found.line->lane].at(cycle, reach);
    if (!found.span && found.line->unit == CardUnit::Core) {
        found.span = picture.free[found.line->lane].at(cycle);
        found.free = found.span != nullptr;
    }
    return found;
}

QStringList GanttView::wordsAt(QPointF point) const
{
    const Hit under = hit(point);
    if (!under.line)
        return {};
    if (under.span)
        return under.free ? freeWords(*under.span, scene_.clockHz, scene_.rows)
                          : spanWords(*under.span, scene_.clockHz, scene_.rows);
    const bool inPlot = point.x() >= layout_.plot().left();
    if (under.line->kind == GanttLine::Kind::Together && inPlot) {
        const double cycle = layout_.cycleAt(scene_.range, point.x());
        int busy = 0;
        for (std::size_t lane = under.line->lane; lane < under.line->lane + under.line->count; ++lane)
            busy += pictureOf(*under.line).lanes[lane].at(cycle) != nullptr ? 1 : 0;
        return {tr("%1: %2 of %3 busy").arg(unitsName(under.line->unit)).arg(busy).arg(under.line->count),
                tr("Click the name to see each of them")};
    }
    if (under.line->kind == GanttLine::Kind::Layers && inPlot) {
        const LayerWindow *layer = pictureOf(*under.line).layerAt(layout_.cycleAt(scene_.range, point.x()));
        if (!layer)
            return {};
        const std::int64_t cycles = layer->end - layer->begin;
        return {tr("Layer %1").arg(layer->layer + 1),
                tr("%1 of %2 rows replayed").arg(std::popcount(layer->replayed)).arg(scene_.rows),
                tr("%1 cycles, %2")
                    .arg(groupedText(cycles), timeText(static_cast<double>(cycles) / scene_.clockHz))};
    }
    return {};
}

void GanttView::zoomBy(double factor)
{
    const QRectF plot = layout_.plot();
    const double x = pointer_ && plot.left() <= pointer_->x() ? pointer_->x() : plot.center().x();
    scene_.range.zoom(factor, layout_.cycleAt(scene_.range, x));
    viewport()->update();
}

void GanttView::zoomIn()
{
    zoomBy(1.0 / (zoomStep * zoomStep));
}

void GanttView::zoomOut()
{
    zoomBy(zoomStep * zoomStep);
}

void GanttView::showAll()
{
    scene_.range.showAll();
    viewport()->update();
}

void GanttView::showLayer()
{
    double begin = 0.0;
    double end = 0.0;
    for (const GanttTrack &track : scene_.tracks) {
        const LayerWindow *layer = track.picture ? track.picture->layer(scene_.layer) : nullptr;
        if (!layer)
            continue;
        begin = end > 0.0 ? std::min(begin, static_cast<double>(layer->begin))
                          : static_cast<double>(layer->begin);
        end = std::max(end, static_cast<double>(layer->end));
    }
    if (end > begin) {
        const double air = 0.04 * (end - begin);
        scene_.range.show(begin - air, end + air);
        viewport()->update();
    }
}

void GanttView::wheelEvent(QWheelEvent *event)
{
    if (!hasPicture()) {
        event->ignore();
        return;
    }
    const QPoint delta = event->angleDelta();
    const bool overNames = event->position().x() < layout_.plot().left();
    if (overNames || (event->modifiers() & Qt::ControlModifier)) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - delta.y() / 3);
    } else if ((event->modifiers() & Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y())) {
        const double by = delta.x() != 0 ? delta.x() : delta.y();
        scene_.range.pan(-by / notch * panStep * scene_.range.width());
    } else {
        scene_.range.zoom(std::pow(zoomStep, -delta.y() / notch),
                          layout_.cycleAt(scene_.range, event->position().x()));
    }
    pointer_ = event->position();
    viewport()->update();
    event->accept();
}

void GanttView::mousePressEvent(QMouseEvent *event)
{
    if (!hasPicture() || (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton))
        return;
    pressed_ = event->position();
    pressedBegin_ = scene_.range.begin();
    pressedScroll_ = verticalScrollBar()->value();
    measured_.reset();
    drag_ = Drag::Waits;
    if (event->modifiers() & Qt::ShiftModifier) {
        drag_ = Drag::Measures;
        const double cycle = layout_.cycleAt(scene_.range, pressed_.x());
        measured_ = {cycle, cycle};
    }
    viewport()->update();
}

void GanttView::mouseMoveEvent(QMouseEvent *event)
{
    pointer_ = event->position();
    const QPointF moved = event->position() - pressed_;
    if (drag_ == Drag::Waits && moved.manhattanLength() > stillPixels)
        drag_ = Drag::Moves;
    if (drag_ == Drag::Moves) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        const double wanted = pressedBegin_ - moved.x() * layout_.cyclesPerPixel(scene_.range);
        scene_.range.pan(wanted - scene_.range.begin());
        verticalScrollBar()->setValue(pressedScroll_ - static_cast<int>(moved.y()));
    } else if (drag_ == Drag::Measures) {
        measured_->second = layout_.cycleAt(scene_.range, event->position().x());
    }
    viewport()->update();
}

void GanttView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag was = std::exchange(drag_, Drag::None);
    viewport()->unsetCursor();
    if (was == Drag::Waits && event->button() == Qt::LeftButton)
        choose(event->position());
    viewport()->update();
}

void GanttView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && hit(event->position()).line &&
        event->position().x() >= layout_.plot().left())
        showLayer(); // the first click has chosen it
}

void GanttView::choose(QPointF point)
{
    const Hit under = hit(point);
    if (!under.line)
        return;
    if (point.x() < layout_.plot().left()) {
        if (under.line->opens) {
            bool &open = under.line->unit == CardUnit::Attention ? scene_.attentionOpen : scene_.portsOpen;
            open = !open;
            arrange();
        }
        return;
    }
    const LayerWindow *layer = pictureOf(*under.line).layerAt(layout_.cycleAt(scene_.range, point.x()));
    if (under.span && under.span->work != CardSpan::Work::Final && under.span->work != CardSpan::Work::Load)
        emit layerChosen(under.span->layer);
    else if (layer)
        emit layerChosen(layer->layer);
    if (under.span && under.span->row >= 0)
        emit rowChosen(under.span->row);
}

void GanttView::keyPressEvent(QKeyEvent *event)
{
    const double step = panStep * scene_.range.width();
    if (!hasPicture() || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        event->ignore();
        return;
    }
    switch (event->key()) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_S:
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_A:
        scene_.range.pan(-step);
        break;
    case Qt::Key_D:
        scene_.range.pan(step);
        break;
    case Qt::Key_Home:
    case Qt::Key_0:
        showAll();
        break;
    case Qt::Key_F:
        showLayer();
        break;
    case Qt::Key_Escape:
        measured_.reset();
        break;
    default:
        event->ignore(); // frames, layers and play are the window's
        return;
    }
    viewport()->update();
}

} // namespace fastcar::ui
