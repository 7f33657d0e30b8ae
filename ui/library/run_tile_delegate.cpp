// SPDX-License-Identifier: Apache-2.0
#include "ui/library/run_tile_delegate.h"

#include "ui/library/clip_player.h"
#include "ui/library/library_model.h"
#include "ui/library/poster_store.h"
#include "ui/library/run_words.h"
#include "ui/library/star_row.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int margin = 6; // of a tile, around what is painted
constexpr int inset = 4;  // of that, around its content
constexpr double starHeight = 11.0;
constexpr double corner = 5.0;

int pictureSide()
{
    return atTextSize(120);
}

/// Of two lines, and one of stars.
int wordsHeight()
{
    return atTextSize(56);
}

QRectF frameOf(const QRect &tile)
{
    return QRectF(tile).adjusted(margin / 2.0, margin / 2.0, -margin / 2.0, -margin / 2.0);
}

QRectF starsOf(const QRect &tile)
{
    const QRectF frame = frameOf(tile).adjusted(inset, inset, -inset, -inset);
    return {frame.left(), frame.bottom() - starHeight - 2.0, starRowWidth(starHeight), starHeight};
}

struct Badge {
    QString text;
    QColor background, color;
};

/// Nothing for a run that was made to its end: that is the rule.
std::optional<Badge> badgeOf(const RunEntry &run)
{
    const ThemeColors &colors = themeColors();
    switch (run.state) {
    case RunState::Running: {
        const int percent = run.totalTokens > 0 ? 100 * run.tokens / run.totalTokens : 0;
        return Badge{RunTileDelegate::tr("Running, %1 %").arg(percent), colors.accent, colors.onAccent};
    }
    case RunState::Done:
        return std::nullopt;
    case RunState::Cancelled:
        return Badge{RunTileDelegate::tr("Cancelled"), colors.raised, colors.text};
    case RunState::Failed:
        return Badge{RunTileDelegate::tr("Failed"), colors.dangerPanel, colors.danger};
    case RunState::Interrupted:
        return Badge{RunTileDelegate::tr("Interrupted"), colors.raised, colors.text};
    }
    return std::nullopt;
}

void paintBadge(QPainter &painter, const QRectF &picture, const Badge &badge)
{
    painter.save();
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QRectF pill(picture.left() + 4.0, picture.top() + 4.0, metrics.horizontalAdvance(badge.text) + 12.0,
                      metrics.height() + 3.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(badge.background);
    painter.drawRoundedRect(pill, 3.0, 3.0);
    painter.setPen(badge.color);
    painter.drawText(pill, Qt::AlignCenter, badge.text);
    painter.restore();
}

/// What was replayed; in fewer words where stars take the room.
QString replayTextIn(double room, const QFontMetricsF &metrics, const RunEntry &run)
{
    if (run.replayed == 0)
        return RunTileDelegate::tr("dense");
    const QString all = RunTileDelegate::tr("%1 replayed").arg(replayTextOf(run));
    return metrics.horizontalAdvance(all) <= room ? all : replayTextOf(run);
}

} // namespace

RunTileDelegate::RunTileDelegate(const LibraryModel &model, PosterStore &posters, const ClipPlayer &clip,
                                 QObject *parent)
    : QStyledItemDelegate(parent)
    , model_(model)
    , posters_(posters)
    , clip_(clip)
{
}

QSize RunTileDelegate::tileSize()
{
    return {pictureSide() + 2 * inset + margin, pictureSide() + wordsHeight() + 2 * inset + margin};
}

QSize RunTileDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return tileSize();
}

void RunTileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QRectF frame = frameOf(option.rect);
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter->setPen(selected ? QPen(colors.accent, 2.0) : QPen(Qt::NoPen));
    painter->setBrush(selected || hovered ? colors.hover : colors.raised);
    painter->drawRoundedRect(frame, corner, corner);
    if ((option.state & QStyle::State_HasFocus) && !selected) {
        painter->setPen(QPen(colors.accent, 1.0, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(frame, corner, corner);
    }
    const QRectF content = frame.adjusted(inset, inset, -inset, -inset);
    const QRectF picture(content.topLeft(), QSizeF(content.width(), pictureSide()));
    painter->setFont(option.font);
    painter->fillRect(picture, colors.canvas);
    if (const RunEntry *run = model_.entry(index)) {
        paintPicture(*painter, picture, run->id);
        if (const auto badge = badgeOf(*run))
            paintBadge(*painter, picture, *badge);
        paintWords(*painter,
                   QRectF(content.left(), picture.bottom() + 4.0, content.width(),
                          content.bottom() - picture.bottom() - 4.0),
                   *run, selected || hovered);
    }
    painter->restore();
}

void RunTileDelegate::paintPicture(QPainter &painter, const QRectF &place, RunId run) const
{
    QImage image = clip_.picture(run);
    if (image.isNull())
        image = posters_.poster(run);
    if (image.isNull())
        return;
    const QSizeF size = QSizeF(image.size()).scaled(place.size(), Qt::KeepAspectRatio);
    QRectF target(QPointF(), size);
    target.moveCenter(place.center());
    painter.drawImage(target, image);
}

void RunTileDelegate::paintWords(QPainter &painter, const QRectF &place, const RunEntry &run,
                                 bool hovered) const
{
    const ThemeColors &colors = themeColors();
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.92);
    painter.setFont(font);
    painter.setPen(colors.text);
    paintTwoLines(painter, place, QString::fromStdString(run.prompt));
    const QPointF stars(place.left(), place.bottom() - starHeight - 2.0);
    paintStarRow(painter, stars, starHeight, run.rating, run.rating ? colors.accent : colors.muted, hovered);
    painter.setFont(numberFont(0.88));
    painter.setPen(colors.muted);
    const QRectF line(place.left(), stars.y() - 3.0, place.width(), starHeight + 6.0);
    const bool hasStars = run.rating > 0 || hovered;
    const double room = line.width() - (hasStars ? starRowWidth(starHeight) + 6.0 : 0.0);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     replayTextIn(room, QFontMetricsF(painter.font()), run));
}

int RunTileDelegate::starAt(const QRect &tile, QPoint place)
{
    const QRectF stars = starsOf(tile).adjusted(-2.0, -3.0, 2.0, 3.0);
    return stars.contains(place) ? fastcar::ui::starAt(place.x() - starsOf(tile).left(), starHeight) : 0;
}

bool RunTileDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                  const QModelIndex &index)
{
    const RunEntry *run = model_.entry(index);
    if (!run || event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const int star = mouse->button() == Qt::LeftButton ? starAt(option.rect, mouse->pos()) : 0;
    if (star == 0)
        return false;
    emit rated(run->id, star == run->rating ? 0 : star); // once more takes them away
    return true;
}

} // namespace fastcar::ui
