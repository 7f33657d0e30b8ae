// SPDX-License-Identifier: Apache-2.0
#include "ui/library/star_rating.h"

#include "engine/library/run_entry.h"
#include "ui/library/star_row.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double ratingHeight = 15.0;
constexpr double ratingMargin = 3.0;
} // namespace

StarRating::StarRating(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Stars: click, or press 0 to 5"));
    setAccessibleName(tr("Stars"));
}

void StarRating::setStars(int stars)
{
    stars_ = stars;
    setAccessibleDescription(tr("%1 of %2").arg(stars).arg(mostStars));
    update();
}

QSize StarRating::sizeHint() const
{
    return {static_cast<int>(std::ceil(starRowWidth(ratingHeight) + 2.0 * ratingMargin)),
            static_cast<int>(ratingHeight + 2.0 * ratingMargin)};
}

void StarRating::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = themeColors();
    QPainter painter(this);
    const bool focused = hasFocus();
    if (focused) {
        painter.setPen(colors.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0);
    }
    paintStarRow(painter, {ratingMargin, ratingMargin}, ratingHeight, stars_, stars_ ? colors.accent : colors.muted, true);
}

void StarRating::mouseReleaseEvent(QMouseEvent *event)
{
    if (const int star = starAt(event->position().x() - ratingMargin, ratingHeight); star > 0)
        give(star == stars_ ? 0 : star);
}

void StarRating::keyPressEvent(QKeyEvent *event)
{
    const int number = event->key() - Qt::Key_0;
    if (number >= 0 && number <= mostStars)
        give(number);
    else if (event->key() == Qt::Key_Left)
        give(std::max(0, stars_ - 1));
    else if (event->key() == Qt::Key_Right)
        give(std::min(mostStars, stars_ + 1));
    else
        QWidget::keyPressEvent(event);
}

void StarRating::give(int stars)
{
    if (stars == stars_)
        return;
    setStars(stars);
    emit rated(stars);
}

} // namespace fastcar::ui
