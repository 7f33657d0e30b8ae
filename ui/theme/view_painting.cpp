// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/view_painting.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fastcar::ui {

namespace {

/// Where the lines begin that `text` needs within `width`.
std::vector<int> lineStarts(const QString &text, const QFont &font, double width)
{
    std::vector<int> starts;
    QTextLayout layout(text, font);
    layout.setTextOption(QTextOption(Qt::AlignLeft));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        starts.push_back(line.textStart());
    }
    layout.endLayout();
    return starts;
}

/// As few lines as there can be, of about one length: no word stands alone in the last one.
std::vector<int> evenLineStarts(const QString &text, const QFont &font, double width)
{
    std::vector<int> starts = lineStarts(text, font, width);
    if (starts.size() < 2)
        return starts;
    double tooNarrow = width / static_cast<double>(starts.size() + 1), enough = width;
    while (enough - tooNarrow > 1.0) {
        const double middle = (tooNarrow + enough) / 2.0;
        std::vector<int> tried = lineStarts(text, font, middle);
        if (tried.size() > starts.size()) {
            tooNarrow = middle;
        } else {
            enough = middle;
            starts = std::move(tried);
        }
    }
    return starts;
}

/// Lines of words, one below the other and each in the middle; what there is no height for ends in dots.
class Paragraph {
public:
    Paragraph(const QString &text, const QFont &font, double width)
        : metrics_(font)
        , font_(font)
        , text_(text)
        , starts_(evenLineStarts(text, font, width))
    {
    }

    double lineHeight() const { return metrics_.lineSpacing(); }
    double height() const { return lineHeight() * static_cast<double>(starts_.size()); }
    /// That there is height for.
    int linesIn(double height) const
    {
        return std::clamp(static_cast<int>(height / lineHeight()), 0, static_cast<int>(starts_.size()));
    }

    void paint(QPainter &painter, const QRectF &box, int most, const QColor &color) const
    {
        painter.setFont(font_);
        painter.setPen(color);
        const int lines = std::min(most, static_cast<int>(starts_.size()));
        for (int i = 0; i < lines; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const bool last = at + 1 == starts_.size();
            QString words =
                last ? text_.mid(starts_[at]) : text_.mid(starts_[at], starts_[at + 1] - starts_[at]);
            if (i + 1 == lines && !last)
                words = metrics_.elidedText(words.trimmed() + QChar(0x2026), Qt::ElideRight, box.width());
            painter.drawText(QRectF(box.left(), box.top() + i * lineHeight(), box.width(), lineHeight()),
                             Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextDontClip, words.trimmed());
        }
    }

private:
    QFontMetricsF metrics_;
    QFont font_;
    QString text_;
    std::vector<int> starts_; // of the lines, in the text
};

} // namespace

void paintEmptyWords(QPainter &painter, const QRectF &view, const QString &heading, const QString &text,
                     const QFont &font)
{
    constexpr double gap = 6.0;
    const double air = std::min(24.0, view.width() / 16.0);
    const QRectF box = view.adjusted(air, 0, -air, 0);
    const Paragraph head(heading, headingFont(), box.width()), body(text, font, box.width());
    const int lines = body.linesIn(view.height() - head.height() - gap);
    const double all = head.height() + (lines > 0 ? gap + lines * body.lineHeight() : 0.0);
    const double top = view.top() + std::max(0.0, (view.height() - all) / 2.0);
    head.paint(painter, {box.left(), top, box.width(), head.height()},
               std::max(1, head.linesIn(view.height())), themeColors().text);
    body.paint(painter, {box.left(), top + head.height() + gap, box.width(), body.height()}, lines,
               themeColors().muted);
}

void paintWordsInTheMiddle(QPainter &painter, const QRectF &box, const QString &words, const QFont &font,
                           const QColor &color)
{
    const Paragraph all(words, font, box.width());
    const int lines = std::max(1, all.linesIn(box.height()));
    const double top = box.center().y() - lines * all.lineHeight() / 2.0;
    all.paint(painter, {box.left(), top, box.width(), all.height()}, lines, color);
}

void paintTwoLines(QPainter &painter, const QRectF &place, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(place.width());
    const qsizetype firstLength = line.textLength();
    layout.endLayout();
    painter.drawText(QPointF(place.left(), place.top() + metrics.ascent()), text.left(firstLength).trimmed());
    const QString rest = metrics.elidedText(text.mid(firstLength).trimmed(), Qt::ElideRight, place.width());
    painter.drawText(QPointF(place.left(), place.top() + metrics.ascent() + metrics.height()), rest);
}

void paintFocusFrame(QPainter &painter, const QRectF &view)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(themeColors().accent, 1.0));
    painter.drawRect(view.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace fastcar::ui
