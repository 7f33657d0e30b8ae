// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_timeline.h"

#include "ui/models/chosen_step.h"
#include "ui/models/decision_words.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/theme/view_painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fastcar::ui {

namespace {

constexpr double zoomStep = TokenRange::zoomStep * TokenRange::zoomStep; // of a key
constexpr double stillPixels = 3.0;                                      // a press that moves less is a click

} // namespace

DecisionTimeline::DecisionTimeline(const Models &models, QWidget *parent)
    : QAbstractScrollArea(parent)
    , models_(models)
{
    setObjectName(QStringLiteral("decisionTimeline"));
    setAccessibleName(tr("Timeline of decisions"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(12);
    connect(&models_.record, &RunRecord::began, this, &DecisionTimeline::begin);
    connect(&models_.selection, &Selection::changed, this, &DecisionTimeline::takeSelection);
    connect(&models_.selection, &Selection::frameChanged, this, &DecisionTimeline::lookAgain);
    connect(&models_.tokens, &TokenRange::changed, this, [this] {
        viewport()->update();
        lookAgain();
    });
    begin();
}

void DecisionTimeline::begin()
{
    image_.clear();
    newest_ = 0;
    arrange();
}

bool DecisionTimeline::hasPicture() const
{
    const TraceShape &shape = models_.record.trace().shape();
    return models_.record.hasRun() && !layout_.lanes.empty() && layout_.lanes.back().layer < shape.layers &&
           layout_.lanes.back().row < shape.rows;
}

void DecisionTimeline::showRows(Rows rows)
{
    rows_ = rows;
    arrange();
}

std::vector<int> DecisionTimeline::shownRows() const
{
    const TraceShape &shape = models_.record.trace().shape();
    std::vector<int> rows;
    for (int row = 0; row < shape.rows; ++row) {
        const bool ofVideo = row % shape.videos == models_.selection.video();
        const bool conditional = row < shape.videos;
        if (rows_ == Rows::All ||
            (ofVideo && (rows_ == Rows::OfVideo || conditional == (rows_ == Rows::Conditional))))
            rows.push_back(row);
    }
    return rows;
}

void DecisionTimeline::arrange()
{
    layout_ = layOut(models_.record.trace().shape().layers, shownRows(), QSizeF(viewport()->size()));
    const int hidden = static_cast<int>(std::ceil(layout_.contentHeight)) - viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, hidden));
    verticalScrollBar()->setPageStep(viewport()->height());
    viewport()->update();
    lookAgain();
}

void DecisionTimeline::refresh()
{
    const int steps = models_.record.wholeSteps();
    const AxisRange &axis = models_.tokens.axis();
    // Who looks at the newest token goes on doing so; who looks elsewhere is left there.
    if (models_.selection.following() && !axis.isWhole() && newest_ > 0 &&
        models_.tokens.contains(newest_ - 1))
        models_.tokens.reveal(steps - 1);
    updateSteps(std::exchange(newest_, steps), steps);
    lookAgain();
}

/// Where the steps from `from` on are drawn; what stands before them stays.
void DecisionTimeline::updateSteps(int from, int to)
{
    if (from >= to)
        return;
    const AxisRange &axis = models_.tokens.axis();
    constexpr double air = 2.0; // columns that steps share, lines beside them
    const double left = layout_.xOf(axis, from - 1) - air;
    const double right = layout_.xOf(axis, to + 1) + air;
    viewport()->update(QRectF(left, 0.0, right - left, viewport()->height())
                           .intersected(QRectF(viewport()->rect()))
                           .toAlignedRect());
}

int DecisionTimeline::chosen() const
{
    return chosenToken(models_.record, models_.selection);
}

void DecisionTimeline::takeSelection()
{
    if (models_.selection.video() != std::exchange(video_, models_.selection.video()))
        arrange();
    viewport()->update();
    tell();
}

DecisionScene DecisionTimeline::scene() const
{
    DecisionScene scene;
    scene.record = &models_.record;
    scene.tokens = models_.tokens.axis();
    scene.frame = models_.selection.frame();
    scene.token = chosen();
    scene.layer = models_.selection.layer();
    scene.row = models_.selection.row();
    return scene;
}

DecisionImage::View DecisionTimeline::imageView() const
{
    const double ratio = viewport()->devicePixelRatioF();
    const QRectF plot = layout_.plot();
    const AxisRange &axis = models_.tokens.axis();
    const auto pixels = [ratio](double length) { return static_cast<int>(std::lround(length * ratio)); };
    DecisionImage::View view;
    view.columns = TokenColumns(axis.begin(), layout_.tokensPerPixel(axis) / ratio);
    view.width = pixels(plot.width());
    view.height = pixels(plot.height());
    view.pixelRatio = ratio;
    view.colors = &decisionColors();
    const double scroll = verticalScrollBar()->value();
    for (const DecisionLane &lane : layout_.lanes) {
        const int top = pixels(lane.top - scroll);
        view.lanes.push_back({.layer = lane.layer,
                              .row = lane.row,
                              .top = top,
                              .height = pixels(lane.bottom() - scroll) - top});
    }
    return view;
}

StepRange DecisionTimeline::tokensAt(double x) const
{
    const QRectF plot = layout_.plot();
    if (!hasPicture() || x < plot.left() || x >= plot.right())
        return {};
    const double column = (x - plot.left()) * viewport()->devicePixelRatioF();
    const StepRange tokens = imageView().columns.tokens(static_cast<int>(std::floor(column)));
    const int last = models_.tokens.tokens() - 1;
    return {std::clamp(tokens.begin, 0, last), std::clamp(tokens.end, 1, last + 1)};
}

const DecisionLane *DecisionTimeline::laneAt(double y) const
{
    if (y < DecisionLayout::headerHeight)
        return nullptr;
    return layout_.laneAt(y - DecisionLayout::headerHeight + verticalScrollBar()->value());
}

QStringList DecisionTimeline::wordsAt(QPointF point) const
{
    const StepRange tokens = tokensAt(point.x());
    const DecisionLane *lane = laneAt(point.y());
    if (tokens == StepRange{} || !lane)
        return {};
    return decisionWords(models_.record, tokens, lane->layer, lane->row);
}

bool DecisionTimeline::tell()
{
    QStringList words;
    if (pointer_)
        words = wordsAt(*pointer_);
    if (words.isEmpty() && hasPicture() && chosen() >= 0)
        words = decisionWords(models_.record, chosen(), models_.selection.layer(), models_.selection.row());
    const QString text = ToldLine::joined(words);
    if (text == told_)
        return false;
    told_ = text;
    setAccessibleDescription(text);
    emit told(text);
    return true;
}

void DecisionTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (hasPicture()) {
        columnsPainted_ += image_.update(models_.record.trace(), models_.record.decisions(), imageView());
        DecisionPainter::Overlay overlay;
        overlay.pointer = pointer_;
        if (pointer_ && drag_ != Drag::Moves) {
            overlay.words = wordsAt(*pointer_);
            if (const StepRange tokens = tokensAt(pointer_->x()); tokens != StepRange{})
                overlay.pointed = tokens.begin;
        } else if (!pointer_ && models_.selection.hovered() >= 0) {
            overlay.pointed = models_.selection.frame() * models_.record.trace().shape().stride +
                              models_.selection.hovered();
        }
        const DecisionScene shown = scene();
        DecisionPainter(painter, shown, layout_, verticalScrollBar()->value())
            .paint(image_.picture(), overlay);
    } else {
        paintMessage(painter);
    }
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect());
}

void DecisionTimeline::paintMessage(QPainter &painter) const
{
    painter.fillRect(viewport()->rect(), themeColors().field);
    paintEmptyWords(
        painter, viewport()->rect(), tr("Nothing has run yet"),
        tr("Generate a video: each token appears here as it is drawn, with what was computed and what was "
           "replayed for it, layer by layer."),
        font());
}

void DecisionTimeline::resizeEvent(QResizeEvent *)
{
    arrange();
}

void DecisionTimeline::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
    QAbstractScrollArea::changeEvent(event);
}

void DecisionTimeline::scrollContentsBy(int dx, int dy)
{
    QAbstractScrollArea::scrollContentsBy(dx, dy);
    lookAgain();
}

bool DecisionTimeline::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        point(std::nullopt);
    return QAbstractScrollArea::viewportEvent(event);
}

void DecisionTimeline::point(std::optional<QPointF> place)
{
    pointer_ = place;
    hoverThere();
    viewport()->update();
    tell();
}

/// Points at the token in the views of the frame that is shown, too.
void DecisionTimeline::hoverThere()
{
    int position = -1;
    if (const StepRange tokens = pointer_ ? tokensAt(pointer_->x()) : StepRange{}; tokens != StepRange{}) {
        const int stride = models_.record.trace().shape().stride;
        if (tokens.begin / stride == models_.selection.frame())
            position = tokens.begin % stride;
    }
    models_.selection.hover(position);
}

void DecisionTimeline::lookAgain()
{
    if (pointer_)
        hoverThere();
    if (tell() && pointer_)
        viewport()->update(); // the note beside it
}

void DecisionTimeline::zoomBy(double factor)
{
    const QRectF plot = layout_.plot();
    const double x = pointer_ && plot.left() <= pointer_->x() ? pointer_->x() : plot.center().x();
    const double around = !pointer_ && models_.tokens.contains(chosen())
                              ? chosen() + 0.5
                              : layout_.tokenAt(models_.tokens.axis(), x);
    models_.tokens.zoom(factor, around);
}

void DecisionTimeline::zoomIn()
{
    zoomBy(1.0 / zoomStep);
}

void DecisionTimeline::zoomOut()
{
    zoomBy(zoomStep);
}

void DecisionTimeline::wheelEvent(QWheelEvent *event)
{
    if (!hasPicture()) {
        event->ignore();
        return;
    }
    const bool overNames = event->position().x() < layout_.plot().left();
    if (overNames || (event->modifiers() & Qt::ControlModifier)) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - event->angleDelta().y() / 3);
    } else {
        models_.tokens.wheel(event->angleDelta(), event->modifiers() & Qt::ShiftModifier,
                             layout_.tokenAt(models_.tokens.axis(), event->position().x()));
    }
    point(event->position());
    event->accept();
}

void DecisionTimeline::mousePressEvent(QMouseEvent *event)
{
    if (!hasPicture() || (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton))
        return;
    pressed_ = event->position();
    pressedBegin_ = models_.tokens.axis().begin();
    pressedScroll_ = verticalScrollBar()->value();
    drag_ = Drag::Waits;
}

void DecisionTimeline::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF moved = event->position() - pressed_;
    if (drag_ == Drag::Waits && moved.manhattanLength() > stillPixels)
        drag_ = Drag::Moves;
    if (drag_ == Drag::Moves) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        const AxisRange &axis = models_.tokens.axis();
        models_.tokens.pan(pressedBegin_ - moved.x() * layout_.tokensPerPixel(axis) - axis.begin());
        verticalScrollBar()->setValue(pressedScroll_ - static_cast<int>(moved.y()));
    }
    point(event->position());
}

void DecisionTimeline::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag was = std::exchange(drag_, Drag::None);
    viewport()->unsetCursor();
    if (was == Drag::Waits && event->button() == Qt::LeftButton)
        choose(event->position());
    viewport()->update();
}

void DecisionTimeline::choose(QPointF point)
{
    const DecisionLane *lane = laneAt(point.y());
    if (lane)
        models_.selection.chooseLayer(lane->layer);
    const StepRange tokens = tokensAt(point.x());
    if (tokens == StepRange{})
        return;
    if (lane)
        models_.selection.chooseRow(lane->row);
    chooseToken(tokens.begin);
}

void DecisionTimeline::chooseToken(int token)
{
    const int drawn = models_.record.trace().tokens();
    if (drawn > 0)
        chooseStep(models_.record, models_.selection, std::clamp(token, 0, drawn - 1));
}

void DecisionTimeline::revealLane(int layer, int row)
{
    const DecisionLane *lane = layout_.lane(layer, row);
    if (!lane)
        return;
    QScrollBar &bar = *verticalScrollBar();
    const int room = viewport()->height() - static_cast<int>(DecisionLayout::headerHeight);
    if (lane->top < bar.value())
        bar.setValue(static_cast<int>(lane->top));
    else if (lane->bottom() > bar.value() + room)
        bar.setValue(static_cast<int>(std::ceil(lane->bottom())) - room);
}

void DecisionTimeline::moveCursor(int tokens, int lanes)
{
    pointer_.reset(); // the cursor is what is told of, until the mouse moves
    // The first key takes up what all views show.
    chooseToken(chosen() >= 0 ? chosen() + tokens : chosenStep(models_.record, models_.selection));
    const DecisionLane *lane = layout_.lane(models_.selection.layer(), models_.selection.row());
    const auto at = lane ? lane - layout_.lanes.data() : std::ptrdiff_t{0};
    const auto last = static_cast<std::ptrdiff_t>(layout_.lanes.size()) - 1;
    const DecisionLane &next =
        layout_.lanes[static_cast<std::size_t>(std::clamp(at + lanes, std::ptrdiff_t{0}, last))];
    if (lanes != 0) {
        models_.selection.chooseLayer(next.layer);
        models_.selection.chooseRow(next.row);
    }
    revealLane(models_.selection.layer(), models_.selection.row());
}

void DecisionTimeline::keyPressEvent(QKeyEvent *event)
{
    if (!hasPicture() || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        event->ignore();
        return;
    }
    const double step = TokenRange::panStep * models_.tokens.axis().width();
    const int stride = models_.record.trace().shape().stride;
    const int all = models_.tokens.tokens();
    switch (event->key()) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_S:
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_A:
        return models_.tokens.pan(-step);
    case Qt::Key_D:
        return models_.tokens.pan(step);
    case Qt::Key_F:
        return models_.tokens.showAll();
    case Qt::Key_Left:
        return moveCursor(event->modifiers() & Qt::ShiftModifier ? -stride : -1, 0);
    case Qt::Key_Right:
        return moveCursor(event->modifiers() & Qt::ShiftModifier ? stride : 1, 0);
    case Qt::Key_PageUp:
        return moveCursor(-stride, 0);
    case Qt::Key_PageDown:
        return moveCursor(stride, 0);
    case Qt::Key_Up:
        return moveCursor(0, -1);
    case Qt::Key_Down:
        return moveCursor(0, 1);
    case Qt::Key_Home:
        return moveCursor(-all, 0);
    case Qt::Key_End:
        return moveCursor(all, 0);
    default:
        event->ignore(); // playing, layers by brackets and the like are the window's
    }
}

} // namespace fastcar::ui
