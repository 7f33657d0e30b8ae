// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/told_bar.h"

#include "ui/theme/flow_line.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/told_line.h"

#include <QVBoxLayout>

#include <utility>

namespace fastcar::ui {

ToldBar::ToldBar(QWidget *parent)
    : QWidget(parent)
{
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(10, 6, 10, 5);
    lines->setSpacing(4);
    controls_ = new FlowLine;
    controls_->setSpacing(6);
    lines->addLayout(controls_);
    words_ = new ToldLine(this);
    words_->setAlignment(Qt::AlignLeft | Qt::AlignTop); // the first line stays where it is
    lines->addWidget(new SteadyBox(words_, this));
}

void ToldBar::addAtBeginning(QWidget *control)
{
    controls_->addWidget(control);
}

void ToldBar::addAtEnd(QWidget *control)
{
    if (!std::exchange(ends_, true))
        controls_->beginEnd();
    controls_->addWidget(control);
}

} // namespace fastcar::ui
