// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_view.h"

#include "ui/heatmap/heatmap_image.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/theme/pointer_note.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/theme/view_painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace fastcar::ui {

namespace {

constexpr double lowestName = 12.0;
constexpr std::size_t mostSingleCells = 512; // painting all of them costs less from there on

/// One of so many things is named that names of `needed` pixels have room; things are `pitch` apart.
int everyNth(double pitch, double needed)
{
    int nth = 1;
    while (nth * pitch < needed)
        nth *= 2;
    return nth;
}

} // namespace

HeatmapView::HeatmapView(const RunRecord &record, Selection &selection, QWidget *parent)
    : QAbstractScrollArea(parent)
    , record_(record)
    , selection_(selection)
{
    setObjectName(QStringLiteral("heatmapView"));
    setAccessibleName(tr("Heatmap"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
}

void HeatmapView::show(const HeatmapGrid &grid, const HeatmapColors &colors)
{
    const bool sameCells = grid.rows == grid_.rows && grid.columns == grid_.columns &&
                           grid.choice == grid_.choice && grid.chosen == grid_.chosen && !grid.empty() &&
                           !image_.isNull();
    if (sameCells && colors == colors_) {
        takeNumbers(grid);
    } else {
        grid_ = grid;
        colors_ = colors;
        arrange();
    }
    lookAgain();
}

/// Of cells that stand where they stood: while a run goes on, only those of its newest tokens are others.
void HeatmapView::takeNumbers(const HeatmapGrid &grid)
{
    std::vector<std::pair<int, int>> changed;
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column)
            if (grid.at(row, column) != grid_.at(row, column))
                changed.emplace_back(row, column);
    grid_ = grid;
    if (changed.size() > mostSingleCells)
        return arrange();
    const double ratio = viewport()->devicePixelRatioF();
    QRectF around;
    for (const auto &cell : changed) {
        paintHeatmapCell(grid_, colors_, layout_, ratio, cell, image_);
        around |= cellRect(cell.first, cell.second);
    }
    viewport()->update(around.toAlignedRect());
}

void HeatmapView::arrange()
{
    const double ratio = viewport()->devicePixelRatioF();
    layout_ = HeatmapLayout(grid_, QSizeF(viewport()->size()), ratio);
    image_ =
        grid_.empty() ? QImage() : paintHeatmap(grid_, colors_, layout_, ratio, themeColors().panel.rgb());
    const QSizeF hidden = layout_.content() - QSizeF(viewport()->size());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(hidden.width()))));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(hidden.height()))));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(24);
    viewport()->update();
}

QPointF HeatmapView::scrolled() const
{
    return {static_cast<double>(horizontalScrollBar()->value()),
            static_cast<double>(verticalScrollBar()->value())};
}

QRectF HeatmapView::cellRect(int row, int column) const
{
    return layout_.cellRect(row, column).translated(-scrolled());
}

std::optional<std::pair<int, int>> HeatmapView::toldCell() const
{
    if (pointer_)
        if (const auto cell = layout_.cellAt(*pointer_ + scrolled()))
            return cell;
    return grid_.chosenCell();
}

QString HeatmapView::told() const
{
    const QStringList nothing = emptyWords(record_, grid_);
    if (!nothing.isEmpty())
        return nothing.join(QStringLiteral(". "));
    const auto cell = toldCell();
    if (!cell)
        return {};
    return ToldLine::joined(heatmapWords(record_, grid_, cell->first, cell->second, selection_.row()));
}

void HeatmapView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), themeColors().panel);
    if (grid_.empty()) {
        paintMessage(painter);
    } else {
        painter.drawImage(-scrolled(), image_);
        paintMarks(painter);
        layout_.isMaps() ? paintMapTitles(painter) : paintMatrixNames(painter);
        const auto under = pointer_ ? layout_.cellAt(*pointer_ + scrolled()) : std::nullopt;
        if (under)
            paintPointerNote(painter, *pointer_,
                             heatmapWords(record_, grid_, under->first, under->second, selection_.row()),
                             QSizeF(viewport()->size()));
    }
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect());
}

bool HeatmapView::columnsArePositions() const
{
    return grid_.choice.kind == HeatmapKind::LayersByPositions || grid_.choice.kind == HeatmapKind::FrameMaps;
}

void HeatmapView::mark(QPainter &painter, int row, int column, const QColor &color) const
{
    // Around the cell, dark and bright, so that it stands out of every colour.
    const QRectF box = cellRect(row, column).adjusted(-0.5, -0.5, -0.5, -0.5);
    painter.setPen(QPen(themeColors().panel, 3.0));
    painter.drawRect(box);
    painter.setPen(QPen(color, 1.5));
    painter.drawRect(box);
}

void HeatmapView::paintMarks(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    painter.setBrush(Qt::NoBrush);
    if (layout_.isMaps()) {
        if (grid_.chosen.frame < grid_.rows) {
            painter.setPen(QPen(colors.accent, 1.0));
            painter.drawRect(
                layout_.block(grid_.chosen.frame).translated(-scrolled()).adjusted(-1.5, -1.5, 0.5, 0.5));
        }
    } else {
        painter.setPen(QPen(colors.panel, 1.0)); // opaque: upright lines that are not cost Qt a multiple
        const QRectF all = layout_.block(0).translated(-scrolled());
        const bool gridRows = grid_.choice.kind == HeatmapKind::LayersByPositions;
        for (int column = grid_.gridWidth; gridRows && column < grid_.columns; column += grid_.gridWidth) {
            const double x = cellRect(0, column).left() - 0.5;
            painter.drawLine(QPointF(x, all.top()), QPointF(x, all.bottom()));
        }
    }
    if (const auto chosen = grid_.chosenCell())
        mark(painter, chosen->first, chosen->second, colors.accent);
    // What another view points at.
    const int hovered = selection_.hovered();
    if (!pointer_ && hovered >= 0 && hovered < grid_.columns && columnsArePositions()) {
        const int row = layout_.isMaps() ? grid_.chosen.frame : grid_.chosen.layer;
        if (row < grid_.rows)
            mark(painter, row, hovered, colors.text);
    }
    if (const auto under = pointer_ ? layout_.cellAt(*pointer_ + scrolled()) : std::nullopt)
        mark(painter, under->first, under->second, colors.text);
}

/// Layers at the left, positions or frames above; both stay in place while one scrolls.
void HeatmapView::paintMatrixNames(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    painter.setFont(numberFont(0.82));
    painter.fillRect(QRectF(0, 0, HeatmapLayout::labelWidth(), viewport()->height()), colors.panel);
    const int nth = everyNth(layout_.cell().height(), lowestName);
    bool unnamed = true; // what the numbers count stands beside the first one
    for (int row = 0; row < grid_.rows; ++row) {
        const bool chosen = row == grid_.chosen.layer;
        const bool near = std::abs(row - grid_.chosen.layer) * layout_.cell().height() < lowestName;
        if (!chosen && (near || (row + 1) % nth != 0))
            continue;
        const QString name = QString::number(row + 1);
        const double width = painter.fontMetrics().horizontalAdvance(name) + 6.0;
        const QRectF box(HeatmapLayout::labelWidth() - width - 4.0,
                         cellRect(row, 0).center().y() - lowestName / 2.0, width, lowestName);
        if (chosen)
            painter.fillRect(box, colors.accent);
        painter.setPen(chosen ? colors.onAccent : colors.muted);
        painter.drawText(box, Qt::AlignCenter, name);
        if (std::exchange(unnamed, false)) {
            painter.setPen(colors.muted);
            painter.drawText(QRectF(0, box.top(), box.left() - 1.0, lowestName),
                             Qt::AlignRight | Qt::AlignVCenter, tr("layer"));
        }
    }
    painter.fillRect(QRectF(0, 0, viewport()->width(), HeatmapLayout::headerHeight), colors.panel);
    const HeatmapKind kind = grid_.choice.kind;
    const QString what = kind == HeatmapKind::LayersByFrames  ? tr("frame")
                         : kind == HeatmapKind::LayersByHeads ? tr("head")
                                                              : tr("position");
    painter.setPen(colors.muted);
    painter.drawText(QRectF(0, 0, HeatmapLayout::labelWidth() - 6.0, HeatmapLayout::headerHeight),
                     Qt::AlignRight | Qt::AlignVCenter, what);
    const int chosen = kind == HeatmapKind::LayersByFrames  ? grid_.chosen.frame
                       : kind == HeatmapKind::LayersByHeads ? -1
                                                            : grid_.chosen.position;
    const int step = everyNth(layout_.cell().width(), columnsArePositions() ? 26.0 : 20.0);
    for (int column = 0; column < grid_.columns; ++column) {
        const bool near = chosen >= 0 && std::abs(column - chosen) * layout_.cell().width() < 24.0;
        if (column != chosen && (column % step != 0 || near))
            continue;
        const QRectF cell = cellRect(0, column);
        if (cell.left() < HeatmapLayout::labelWidth() - 1.0)
            continue;
        const QString name = QString::number(column + 1);
        const double width = painter.fontMetrics().horizontalAdvance(name) + 6.0;
        const QRectF box(cell.center().x() - width / 2.0, 3.0, width, HeatmapLayout::headerHeight - 6.0);
        if (column == chosen)
            painter.fillRect(box, colors.accent);
        painter.setPen(column == chosen ? colors.onAccent : colors.muted);
        painter.drawText(box, Qt::AlignCenter, name);
    }
}

void HeatmapView::paintMapTitles(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    painter.setFont(numberFont(0.82));
    for (int frame = 0; frame < grid_.rows; ++frame) {
        const QRectF block = layout_.block(frame).translated(-scrolled());
        const QRectF title(block.left() - 4.0, block.top() - HeatmapLayout::mapTitle, block.width() + 8.0,
                           HeatmapLayout::mapTitle);
        const bool chosen = frame == grid_.chosen.frame;
        QString name = QString::number(frame + 1);
        // What the numbers count stands beside the first one.
        const QString counted = tr("frame") + QLatin1Char(' ') + name;
        if (frame == 0 && painter.fontMetrics().horizontalAdvance(counted) <= title.width())
            name = counted;
        painter.setPen(chosen ? colors.accent : colors.muted);
        painter.drawText(title, Qt::AlignCenter, name);
    }
}

void HeatmapView::paintMessage(QPainter &painter) const
{
    const QStringList words = emptyWords(record_, grid_);
    if (words.size() == 2)
        paintEmptyWords(painter, viewport()->rect(), words[0], words[1], font());
}

void HeatmapView::resizeEvent(QResizeEvent *)
{
    arrange();
}

void HeatmapView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        arrange();
    QAbstractScrollArea::changeEvent(event);
}

void HeatmapView::scrollContentsBy(int dx, int dy)
{
    QAbstractScrollArea::scrollContentsBy(dx, dy);
    lookAgain();
}

bool HeatmapView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        point(std::nullopt);
    return QAbstractScrollArea::viewportEvent(event);
}

void HeatmapView::point(std::optional<QPointF> place)
{
    pointer_ = place;
    hoverThere();
    viewport()->update();
    tell();
}

/// Points at the position in the views of the frame that is shown, too.
void HeatmapView::hoverThere()
{
    const auto cell = pointer_ ? layout_.cellAt(*pointer_ + scrolled()) : std::nullopt;
    int position = -1;
    if (cell) {
        const HeatmapPlace about = grid_.placeOf(cell->first, cell->second);
        if (about.frame == selection_.frame())
            position = about.position;
    }
    selection_.hover(position);
}

void HeatmapView::lookAgain()
{
    if (pointer_)
        hoverThere();
    tell();
}

void HeatmapView::tell()
{
    QString now = told();
    if (pointer_ && now != told_)
        viewport()->update(); // the note beside it
    told_ = std::move(now);
    setAccessibleDescription(told_);
    emit toldChanged(); // and if not the words, then the number that the legend shows
}

void HeatmapView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto cell = layout_.cellAt(event->position() + scrolled()))
        choosePlace(selection_, grid_.placeOf(cell->first, cell->second));
}

void HeatmapView::mouseMoveEvent(QMouseEvent *event)
{
    point(event->position());
}

void HeatmapView::reveal(int row, int column)
{
    const QRectF cell = cellRect(row, column);
    const double left = layout_.isMaps() ? 0.0 : HeatmapLayout::labelWidth();
    const double top = layout_.isMaps() ? 0.0 : HeatmapLayout::headerHeight;
    const auto by = [](double begin, double end, double least, double most) {
        return begin < least ? begin - least : end > most ? end - most : 0.0;
    };
    QScrollBar &across = *horizontalScrollBar();
    QScrollBar &down = *verticalScrollBar();
    across.setValue(across.value() +
                    static_cast<int>(by(cell.left(), cell.right(), left, viewport()->width())));
    down.setValue(down.value() + static_cast<int>(by(cell.top(), cell.bottom(), top, viewport()->height())));
}

void HeatmapView::moveCursor(int rows, int columns)
{
    pointer_.reset(); // the cursor is what is told of, until the mouse moves
    if (grid_.choice.kind == HeatmapKind::LayersByHeads) {
        selection_.chooseLayer(std::clamp(grid_.chosen.layer + rows, 0, grid_.rows - 1));
        return;
    }
    const auto from = grid_.chosenCell();
    const int row =
        from ? std::clamp(from->first + rows, 0, grid_.rows - 1)
             : std::min(layout_.isMaps() ? grid_.chosen.frame : grid_.chosen.layer, grid_.rows - 1);
    int column = from ? from->second + columns : 0;
    if (from && (column < 0 || column >= grid_.columns))
        // Past the edge of a map one stays; Home and End want the edge.
        column = std::abs(columns) < grid_.columns ? from->second : std::clamp(column, 0, grid_.columns - 1);
    choosePlace(selection_, grid_.placeOf(row, column));
    reveal(row, column);
}

void HeatmapView::keyPressEvent(QKeyEvent *event)
{
    if (grid_.empty() || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        event->ignore();
        return;
    }
    // In a map the arrows go about its grid; another map is a page away.
    const bool maps = layout_.isMaps();
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(0, -1);
    case Qt::Key_Right:
        return moveCursor(0, 1);
    case Qt::Key_Up:
        return maps ? moveCursor(0, -grid_.gridWidth) : moveCursor(-1, 0);
    case Qt::Key_Down:
        return maps ? moveCursor(0, grid_.gridWidth) : moveCursor(1, 0);
    case Qt::Key_PageUp:
        return selection_.chooseFrame(selection_.frame() - 1);
    case Qt::Key_PageDown:
        return selection_.chooseFrame(selection_.frame() + 1);
    case Qt::Key_Home:
        return moveCursor(0, -grid_.columns);
    case Qt::Key_End:
        return moveCursor(0, grid_.columns);
    default:
        event->ignore(); // playing, layers by brackets and the like are the window's
    }
}

} // namespace fastcar::ui
