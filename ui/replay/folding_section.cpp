// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/folding_section.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

FoldingSection::FoldingSection(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , content_(content)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    header_ = new QToolButton(this);
    header_->setObjectName(QStringLiteral("foldButton"));
    header_->setText(title);
    header_->setProperty("kind", "fold");
    header_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    header_->setCheckable(true);
    header_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    summary_ = new QLabel(this);
    summary_->setProperty("rank", "secondary");
    summary_->setWordWrap(true);
    column->addWidget(header_);
    column->addWidget(summary_);
    column->addWidget(content_);
    connect(header_, &QToolButton::toggled, this, &FoldingSection::setOpen);
    setOpen(false);
}

void FoldingSection::setOpen(bool open)
{
    header_->setChecked(open);
    header_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    content_->setVisible(open);
    summary_->setVisible(!open && !summary_->text().isEmpty());
}

void FoldingSection::setSummary(const QString &summary)
{
    summary_->setText(summary);
    summary_->setVisible(!isOpen() && !summary.isEmpty());
}

} // namespace fastcar::ui
