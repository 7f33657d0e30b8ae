// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/steady_box.h"

#include <QEvent>
#include <QLabel>

namespace fastcar::ui {

SteadyBox::SteadyBox(QLabel *label, QWidget *parent)
    : QWidget(parent)
    , label_(label)
{
    label_->setParent(this);
    setSizePolicy(label_->sizePolicy());
    setMinimumSize(label_->minimumSize());
    grow();
}

bool SteadyBox::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::LayoutRequest: // the label's: its words are others
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
    const QSize most = most_.expandedTo(label_->sizeHint());
    const QSize least = least_.expandedTo(label_->minimumSizeHint());
    if (most == most_ && least == least_)
        return;
    most_ = most;
    least_ = least;
    updateGeometry();
}

void SteadyBox::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    label_->setGeometry(rect());
}

} // namespace fastcar::ui
