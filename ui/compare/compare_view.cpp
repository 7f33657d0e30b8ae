// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double zoomStep = 1.25;
constexpr double wheelNotch = 120.0;
constexpr double dividerReach = 9.0;
constexpr double wipeStep = 0.01, wipeLeap = 0.1;
} // namespace

CompareView::CompareView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("compareView"));
    setAccessibleName(tr("A and B"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 96); // on a low screen
}

void CompareView::setScene(CompareScene scene)
{
    scene_ = std::move(scene);
    update();
}

CompareGeometry CompareView::pictures() const
{
    const double ratio = devicePixelRatioF();
    return geometryOf(scene_, (QSizeF(size()) * ratio).toSize(), zoom_, ratio);
}

void CompareView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    painter.scale(1.0 / ratio, 1.0 / ratio); // texels and lines on whole device pixels
    paintComparison(painter, scene_, (QSizeF(size()) * ratio).toSize(), zoom_, ratio);
}

bool CompareView::onDivider(QPointF point) const
{
    return scene_.way == CompareWay::Wipe && std::abs(toPixels(point).x() - dividerOf(scene_, pictures())) <=
                                                 dividerReach * devicePixelRatioF();
}

void CompareView::moveWipeTo(double x)
{
    const QRectF picture = pictures().picture(0);
    emit wipeMoved(std::clamp((x * devicePixelRatioF() - picture.left()) / picture.width(), 0.0, 1.0));
}

void CompareView::setZoom(const CompareZoom &zoom)
{
    if (zoom == zoom_)
        return;
    zoom_ = zoom;
    update();
    emit zoomChanged();
}

void CompareView::zoomBy(double by)
{
    const CompareGeometry geometry = pictures();
    setZoom(geometry.zoomedAround(QRectF(geometry.pane(0)).center(), by));
}

void CompareView::zoomIn()
{
    zoomBy(zoomStep);
}

void CompareView::zoomOut()
{
    zoomBy(1.0 / zoomStep);
}

void CompareView::fit()
{
    setZoom({});
}

void CompareView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    pressed_ = last_ = event->position();
    if (event->button() == Qt::LeftButton && onDivider(pressed_))
        drag_ = Drag::Wipe;
    else
        drag_ = event->button() == Qt::MiddleButton ? Drag::Pan : Drag::Maybe;
}

void CompareView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (drag_ == Drag::Maybe && (at - pressed_).manhattanLength() >= QApplication::startDragDistance())
        drag_ = Drag::Pan;
    if (drag_ == Drag::Wipe)
        moveWipeTo(at.x());
    else if (drag_ == Drag::Pan)
        setZoom(pictures().moved(toPixels(at - last_)));
    else
        emit hovered(pictures().positionAt(toPixels(at), scene_.grid));
    last_ = at;
    const bool takesHold = drag_ == Drag::Wipe || (drag_ == Drag::None && onDivider(at));
    setCursor(takesHold ? Qt::SplitHCursor : drag_ == Drag::Pan ? Qt::ClosedHandCursor : Qt::ArrowCursor);
}

void CompareView::mouseReleaseEvent(QMouseEvent *event)
{
    if (drag_ == Drag::Maybe)
        emit clicked(pictures().positionAt(toPixels(event->position()), scene_.grid));
    drag_ = Drag::None;
    setCursor(onDivider(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void CompareView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !onDivider(event->position()))
        fit();
}

void CompareView::leaveEvent(QEvent *)
{
    emit hovered(-1);
}

void CompareView::wheelEvent(QWheelEvent *event)
{
    const double notches = event->angleDelta().y() / wheelNotch;
    if (notches != 0.0)
        setZoom(pictures().zoomedAround(toPixels(event->position()), std::pow(zoomStep, notches)));
}

void CompareView::keyPressEvent(QKeyEvent *event)
{
    const bool shifted = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return fit();
    case Qt::Key_Comma:
    case Qt::Key_Less: // the same key with Shift
        if (scene_.way == CompareWay::Wipe)
            return emit wipeStepped(shifted ? -wipeLeap : -wipeStep);
        break;
    case Qt::Key_Period:
    case Qt::Key_Greater:
        if (scene_.way == CompareWay::Wipe)
            return emit wipeStepped(shifted ? wipeLeap : wipeStep);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void CompareView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace fastcar::ui
