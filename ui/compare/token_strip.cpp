// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/token_strip.h"

#include "ui/compare/token_words.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double rightEdge = 4.0, pennantWidth = 9.0;
constexpr double firstReach = 7.0; // of the pointer around the mark
// At the text's first size. Beside each band stands its name, so they grow with the text where there is room.
constexpr int numbersHeight = 12; // for the numbers of the frames
constexpr int bandsHeight = 44, underBands = 2;
constexpr std::array<double, 3> bandTops{0.0, 13.0, 26.0};
constexpr std::array<double, 3> bandHeights{11.0, 11.0, 18.0};
enum Band { Codes, Decisions, Equal };

double labelWidth()
{
    return atTextSize(78);
}

QColor shareColor(QColor color, double share)
{
    color.setAlphaF(static_cast<float>(0.25 + 0.75 * share));
    return color;
}

} // namespace

QSize TokenStrip::sizeHint() const
{
    return {480, atTextSize(numbersHeight + bandsHeight) + underBands};
}

QSize TokenStrip::minimumSizeHint() const
{
    return {200, atTextSize(numbersHeight) + bandsHeight + underBands};
}

TokenStrip::TokenStrip(QWidget *parent)
    : QAbstractSlider(parent)
{
    setObjectName(QStringLiteral("tokenStrip"));
    setAccessibleName(tr("Tokens"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setRange(0, 0);
    setSingleStep(1);
    connect(this, &QAbstractSlider::valueChanged, this, &TokenStrip::tokenChosen);
}

void TokenStrip::setComparison(std::shared_ptr<const LoadedComparison> comparison)
{
    comparison_ = std::move(comparison);
    const QSignalBlocker quiet(this);
    setRange(0, std::max(0, count() - 1));
    setPageStep(tokens() ? std::max(1, tokens()->stride) : 1);
    setToken(token_);
}

void TokenStrip::setToken(int token)
{
    token_ = token;
    const QSignalBlocker quiet(this);
    setValue(std::max(0, token));
    setAccessibleDescription(token >= 0 && token < count() ? tokenWords(*comparison_, token)
                                                           : tr("No token chosen"));
    update();
}

const TokenComparison *TokenStrip::tokens() const
{
    return comparison_ && comparison_->tokens ? &*comparison_->tokens : nullptr;
}

int TokenStrip::count() const
{
    return tokens() ? static_cast<int>(tokens()->tokens.size()) : 0;
}

int TokenStrip::firstDifference() const
{
    return tokens() && tokens()->firstCode ? *tokens()->firstCode : -1;
}

QRectF TokenStrip::band(int index) const
{
    const auto i = static_cast<std::size_t>(index);
    const double head = atTextSize(numbersHeight), grown = (height() - head - underBands) / bandsHeight;
    return {labelWidth(), head + std::round(grown * bandTops[i]),
            std::max(1.0, width() - labelWidth() - rightEdge), std::round(grown * bandHeights[i])};
}

double TokenStrip::xOf(int token) const
{
    return band(Codes).left() + band(Codes).width() * token / std::max(1, count());
}

int TokenStrip::tokenAt(double x) const
{
    const double share = (x - band(Codes).left()) / band(Codes).width();
    return std::clamp(static_cast<int>(std::floor(share * count())), 0, std::max(0, count() - 1));
}

/// With more tokens than columns a column holds the mean of those that fall into it; with fewer, a token is
/// several columns wide.
std::pair<int, int> TokenStrip::tokensOf(int column) const
{
    const double perColumn = static_cast<double>(count()) / std::floor(band(Codes).width());
    const int from = static_cast<int>(column * perColumn);
    return {from, std::min(std::max(from + 1, static_cast<int>((column + 1) * perColumn)), count())};
}

void TokenStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const std::array<QString, 3> names{tr("Codes"), tr("Decisions"), tr("Equal")};
    for (int index = 0; index < 3; ++index) {
        painter.fillRect(band(index), colors.field);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(0, band(index).top() - 2, labelWidth() - 8, band(index).height() + 4),
                         Qt::AlignRight | Qt::AlignVCenter, names[static_cast<std::size_t>(index)]);
    }
    if (count() == 0) {
        const QRectF all(band(Codes).left() + 8.0, band(Codes).top(), band(Codes).width() - 8.0,
                         band(Equal).bottom() - band(Codes).top());
        painter.fillRect(all, colors.field); // one ground for the words
        painter.drawText(all, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                         tr("Both runs need a trace to be held beside each other token by token."));
        return;
    }
    painter.drawText(QRectF(0, 0, labelWidth() - 8, band(Codes).top() - 1.0),
                     Qt::AlignRight | Qt::AlignBottom, tr("Frame"));
    paintShares(painter);
    paintEqualCodes(painter);
    paintFrames(painter);
    paintFirst(painter);
    const QRectF all(band(Codes).left(), band(Codes).top(), band(Codes).width(),
                     band(Equal).bottom() - band(Codes).top());
    if (token_ >= 0 && token_ < count()) {
        const double wide = std::max(2.0, all.width() / count());
        QColor veil = colors.accent;
        veil.setAlphaF(0.3f);
        painter.fillRect(QRectF(xOf(token_), all.top(), wide, all.height()), veil);
        painter.fillRect(QRectF(xOf(token_) + wide / 2.0 - 1.0, all.top(), 2.0, all.height()), colors.accent);
    }
    if (hasFocus())
        paintFocusFrame(painter, all);
}

void TokenStrip::paintShares(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    const TokenComparison &all = *tokens();
    for (int column = 0; column < static_cast<int>(band(Codes).width()); ++column) {
        const auto [from, to] = tokensOf(column);
        int codes = 0, decisions = 0;
        for (int token = from; token < to; ++token) {
            codes += all.tokens[static_cast<std::size_t>(token)].codes;
            decisions += all.tokens[static_cast<std::size_t>(token)].decisions;
        }
        const auto paint = [&](Band which, int different, int ofToken, const QColor &color) {
            if (different > 0)
                painter.fillRect(
                    QRectF(band(which).left() + column, band(which).top(), 1.0, band(which).height()),
                    shareColor(color, static_cast<double>(different) / (ofToken * (to - from))));
        };
        paint(Codes, codes, all.codesOfToken, colors.danger);
        paint(Decisions, decisions, all.decisionsOfStep, colors.replay);
    }
}

/// A step for each frame: as high as its share of equal codes.
void TokenStrip::paintEqualCodes(QPainter &painter) const
{
    const auto &frames = comparison_->runs.codes->perFrame;
    const QRectF area = band(Equal);
    QColor fill = themeColors().good;
    fill.setAlphaF(0.55f);
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        const double share = frames[frame].share().value_or(0.0);
        const int first = static_cast<int>(frame) * tokens()->stride;
        const double left = xOf(first), right = xOf(std::min(count(), first + tokens()->stride));
        const double tall = share * area.height();
        painter.fillRect(QRectF(left, area.bottom() - tall, right - left, tall), fill);
        painter.fillRect(QRectF(left, area.bottom() - tall, right - left, 1.0), themeColors().good);
    }
}

void TokenStrip::paintFrames(QPainter &painter) const
{
    QColor line = themeColors().border;
    const int stride = std::max(1, tokens()->stride);
    const double wide = band(Codes).width() * stride / count();
    const int each = std::max(1, static_cast<int>(std::ceil(18.0 / wide)));
    painter.setFont(numberFont(0.78));
    for (int frame = 0; frame * stride < count(); ++frame) {
        const double x = xOf(frame * stride);
        if (frame > 0)
            painter.fillRect(QRectF(x, band(Codes).top(), 1.0, band(Equal).bottom() - band(Codes).top()),
                             line);
        painter.setPen(themeColors().muted);
        // Not under the pennant.
        const double pennant = firstDifference() < 0 ? -pennantWidth : xOf(firstDifference());
        const bool under = pennant + pennantWidth > x && pennant < x + pennantWidth;
        const double left = under ? pennant + pennantWidth + 1.0 : x + 2.0;
        if (frame % each == 0)
            painter.drawText(QRectF(left, 0.0, wide * each, band(Codes).top() - 1.0),
                             Qt::AlignLeft | Qt::AlignBottom, QString::number(frame + 1));
    }
}

/// A pennant where the runs part.
void TokenStrip::paintFirst(QPainter &painter) const
{
    if (firstDifference() < 0)
        return;
    const double x = xOf(firstDifference());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath pennant(QPointF(x, 1.0));
    pennant.lineTo(x + pennantWidth, 5.0);
    pennant.lineTo(x, 9.0);
    pennant.closeSubpath();
    painter.fillPath(pennant, themeColors().danger);
    painter.restore();
    painter.fillRect(QRectF(x - 0.5, 1.0, 1.5, band(Decisions).bottom() - 1.0), themeColors().danger);
}

/// Near the mark the mark is meant: it is a pixel wide in a long run.
void TokenStrip::choose(double x)
{
    const int first = firstDifference();
    emit tokenChosen(first >= 0 && std::abs(x - xOf(first)) <= firstReach ? first : tokenAt(x));
}

void TokenStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && count() > 0)
        choose(event->position().x());
}

void TokenStrip::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) && count() > 0)
        emit tokenChosen(tokenAt(event->position().x()));
}

void TokenStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QAbstractSlider::changeEvent(event);
}

bool TokenStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (count() > 0 && help->pos().x() >= labelWidth())
            QToolTip::showText(help->globalPos(), tokenWords(*comparison_, tokenAt(help->pos().x())), this);
        else
            QToolTip::showText(
                help->globalPos(),
                tr("<p><b>Codes</b>: red where codes of a token differ. <b>Decisions</b>: orange "
                   "where one run replayed an MLP that the other computed, in any layer and row. "
                   "<b>Equal</b>: the share of equal codes, frame by frame. The pennant is the first "
                   "other code.</p>"),
                this);
        return true;
    }
    return QAbstractSlider::event(event);
}

} // namespace fastcar::ui
