// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/flow_line.h"

#include <algorithm>
#include <utility>

namespace fastcar::ui {

FlowLine::FlowLine(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(4);
}

FlowLine::~FlowLine() = default;

void FlowLine::addItem(QLayoutItem *item)
{
    items_.emplace_back(item);
}

QLayoutItem *FlowLine::itemAt(int index) const
{
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLine::takeAt(int index)
{
    if (!itemAt(index))
        return nullptr;
    QLayoutItem *taken = items_[static_cast<std::size_t>(index)].release();
    items_.erase(items_.begin() + index);
    return taken;
}

std::vector<FlowLine::Line> FlowLine::linesIn(int width) const
{
    std::vector<Line> lines;
    for (const auto &item : items_) {
        if (item->isEmpty())
            continue; // hidden
        const QSize size = item->sizeHint().expandedTo(item->minimumSize());
        if (lines.empty() || lines.back().width + spacing() + size.width() > width)
            lines.emplace_back();
        Line &line = lines.back();
        line.width += size.width() + (line.items.empty() ? 0 : spacing());
        line.height = std::max(line.height, size.height());
        line.items.push_back(item.get());
    }
    return lines;
}

QSize FlowLine::sizeHint() const
{
    const auto lines = linesIn(QLAYOUTSIZE_MAX);
    const QMargins around = contentsMargins();
    const QSize all = lines.empty() ? QSize(0, 0) : QSize(lines.front().width, lines.front().height);
    return all + QSize(around.left() + around.right(), around.top() + around.bottom());
}

QSize FlowLine::minimumSize() const
{
    QSize widest(0, 0);
    for (const auto &item : items_)
        if (!item->isEmpty())
            widest = widest.expandedTo(item->minimumSize());
    const QMargins around = contentsMargins();
    const int width = widest.width() + around.left() + around.right();
    // What is not seen may have been laid out last in a place that it will never have.
    const bool keeps = keepsLines_ && width_ > 0 && parentWidget() && parentWidget()->isVisible();
    return {width, keeps ? heightForWidth(std::max(width, width_))
                         : widest.height() + around.top() + around.bottom()};
}

int FlowLine::heightForWidth(int width) const
{
    const QMargins around = contentsMargins();
    int height = around.top() + around.bottom();
    const auto lines = linesIn(width - around.left() - around.right());
    for (const Line &line : lines)
        height += line.height;
    return height + spacing() * std::max(0, static_cast<int>(lines.size()) - 1);
}

void FlowLine::place(const Line &line, const QRect &room) const
{
    int x = room.left();
    bool atEnd = end_ < 0;
    for (QLayoutItem *item : line.items) {
        if (!atEnd && indexOf(item) >= end_) {
            atEnd = true;
            x += std::max(0, room.width() - line.width);
        }
        const QSize size = item->sizeHint().expandedTo(item->minimumSize());
        const int width = std::min(size.width(), room.width());
        item->setGeometry({x, room.top() + (line.height - size.height()) / 2, width, size.height()});
        x += width + spacing();
    }
}

void FlowLine::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    // A window asks what its parts need at least without saying how wide they are.
    if (const int before = std::exchange(width_, rect.width());
        keepsLines_ && heightForWidth(before > 0 ? before : QLAYOUTSIZE_MAX) != heightForWidth(width_))
        update();
    const QRect inside = rect.marginsRemoved(contentsMargins());
    const auto lines = linesIn(inside.width());
    int y = inside.top();
    for (const Line &line : lines) {
        const QRect room(inside.left(), y, inside.width(), line.height);
        place(line, room);
        y += line.height + spacing();
    }
}

} // namespace fastcar::ui
