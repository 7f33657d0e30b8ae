// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/steady_box.h"

#include <QEvent>

namespace fastcar::ui {

SteadyBox::SteadyBox(QWidget *control, QWidget *parent)
    : QWidget(parent)
    , control_(control)
{
    control_->setParent(this);
    setSizePolicy(control_->sizePolicy());
    setMinimumSize(control_->minimumSize());
    grow();
}

bool SteadyBox::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::LayoutRequest: // the control's: its words are others
    case QEvent::Show:          // which it is not told of while it is hidden
        grow();
        break;
    case QEvent::FontChange:
    case QEvent::StyleChange:
        most_ = least_ = {};
        grow();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void SteadyBox::grow()
{
    const QSize most = most_.expandedTo(control_->sizeHint());
    const QSize least = least_.expandedTo(control_->minimumSizeHint());
    if (most == most_ && least == least_)
        return;
    most_ = most;
    least_ = least;
    updateGeometry();
}

void SteadyBox::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    control_->setGeometry(rect());
}

} // namespace fastcar::ui
