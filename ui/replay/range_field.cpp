// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/range_field.h"

#include "ui/replay/range_strip.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

RangeField::RangeField(const QString &name, const QString &what, QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    first_ = field(name + QStringLiteral("FirstSpin"), tr("%1 with replay, the first").arg(what));
    last_ = field(name + QStringLiteral("LastSpin"), tr("%1 with replay, the last").arg(what));
    line->addWidget(first_, 1);
    line->addWidget(new QLabel(tr("to"), this));
    line->addWidget(last_, 1);
    column->addLayout(line);
    strip_ = new RangeStrip(this);
    strip_->setObjectName(name + QStringLiteral("Strip"));
    strip_->setAccessibleName(tr("%1 with replay").arg(what));
    column->addWidget(strip_);
    connect(first_, &QSpinBox::valueChanged, this, &RangeField::choose);
    connect(last_, &QSpinBox::valueChanged, this, &RangeField::choose);
    connect(strip_, &RangeStrip::rangePicked, this, &RangeField::rangeChosen);
}

QSpinBox *RangeField::field(const QString &name, const QString &what)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(name);
    box->setAccessibleName(what);
    makeNumberField(*box);
    box->setKeyboardTracking(false);
    return box;
}

void RangeField::setLimits(int lowest, int count)
{
    lowest_ = lowest;
    count_ = std::max(lowest, count);
    const QSignalBlocker quietFirst(first_);
    const QSignalBlocker quietLast(last_);
    first_->setRange(lowest_, count_);
    last_->setRange(lowest_, count_);
    setEnabled(count >= lowest);
    strip_->setLimits(lowest, count);
}

void RangeField::setRange(ReplayRange range)
{
    const QSignalBlocker quietFirst(first_);
    const QSignalBlocker quietLast(last_);
    first_->setValue(std::max(range.first, lowest_));
    last_->setValue(range.last == 0 ? count_ : range.last);
    strip_->setRange(range);
}

/// A range that ends with the last one goes to the end, however many there come to be.
void RangeField::choose()
{
    const int first = first_->value();
    const int last = std::max(first, last_->value());
    emit rangeChosen({.first = first <= lowest_ ? 1 : first, .last = last >= count_ ? 0 : last});
}

} // namespace fastcar::ui
