// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/step_line.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QLabel>

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {

constexpr int apart = 20; // the two, at least

int wordsWidth(const QString &text, const QFontMetrics &metrics)
{
    return metrics.size(Qt::TextSingleLine, text).width();
}

QString asManyAs(const QStringList &facts, const QFontMetrics &metrics, int room)
{
    QString all;
    for (const QString &fact : facts) {
        const QString longer = all.isEmpty() ? fact : all + QStringLiteral("   ") + fact;
        if (wordsWidth(longer, metrics) > room)
            break;
        all = longer;
    }
    return all;
}

} // namespace

StepLine::StepLine(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    step_ = new QLabel(this);
    step_->setObjectName(QStringLiteral("hardwareStep"));
    step_->setTextFormat(Qt::PlainText);
    summary_ = new QLabel(this);
    summary_->setObjectName(QStringLiteral("hardwareSummary"));
    summary_->setTextFormat(Qt::PlainText);
    summary_->setFont(numberFont());
    summary_->setToolTip(tr("Estimates of the cycle model, of the backbone's step alone"));
    summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

bool StepLine::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) { // a label's: it has other words, or another font
        if (sizeHint().height() != std::exchange(height_, sizeHint().height()))
            updateGeometry();
        fit();
    }
    return QWidget::event(event);
}

void StepLine::tell(const QString &step, const QStringList &facts)
{
    if (step == told_ && facts == facts_)
        return;
    told_ = step;
    facts_ = facts;
    fit();
}

QSize StepLine::sizeHint() const
{
    return {240, std::max(step_->sizeHint().height(), summary_->sizeHint().height())};
}

QSize StepLine::minimumSizeHint() const
{
    return {1, sizeHint().height()};
}

void StepLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StepLine::fit()
{
    const QFontMetrics metrics = step_->fontMetrics();
    const bool fits = wordsWidth(told_, metrics) <= width();
    const QString step = fits ? told_ : metrics.elidedText(told_, Qt::ElideRight, width());
    const int ofStep = std::min(wordsWidth(step, metrics), width());
    step_->setText(step);
    step_->setToolTip(fits ? QString() : told_);
    step_->setGeometry(0, 0, ofStep, height());
    const int room = std::max(0, width() - ofStep - apart);
    summary_->setText(asManyAs(facts_, summary_->fontMetrics(), room));
    summary_->setGeometry(width() - room, 0, room, height());
}

} // namespace fastcar::ui
