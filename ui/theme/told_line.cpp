// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/told_line.h"

#include "ui/theme/theme.h"

namespace fastcar::ui {

ToldLine::ToldLine(QWidget *parent)
    : QLabel(parent)
{
    setFont(numberFont(0.88));
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ToldLine::tell(const QString &text)
{
    if (text == told_)
        return;
    told_ = text;
    setAccessibleDescription(text);
    fit();
}

void ToldLine::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ToldLine::fit()
{
    const QString shown = fontMetrics().elidedText(told_, Qt::ElideRight, width());
    setText(shown);
    setToolTip(shown == told_ ? QString() : told_);
}

} // namespace fastcar::ui
