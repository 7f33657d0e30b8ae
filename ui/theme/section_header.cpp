// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/section_header.h"

#include <QHBoxLayout>
#include <QLabel>

namespace fastcar::ui {

namespace {
constexpr int headerHeight = 24;
} // namespace

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    line_ = new QHBoxLayout(this);
    line_->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(title, this);
    label->setProperty("rank", "section");
    line_->addWidget(label);
    line_->addStretch(1);
}

QSize SectionHeader::sizeHint() const
{
    return QWidget::sizeHint().expandedTo({0, headerHeight});
}

QSize SectionHeader::minimumSizeHint() const
{
    return QWidget::minimumSizeHint().expandedTo({0, headerHeight});
}

void SectionHeader::addAtEnd(QWidget *widget)
{
    line_->addWidget(widget);
}

} // namespace fastcar::ui
