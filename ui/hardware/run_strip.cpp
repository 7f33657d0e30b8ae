// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/run_strip.h"

#include "ui/hardware/gantt_layout.h"
#include "ui/hardware/gantt_words.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fastcar::ui {

namespace {

constexpr double bandHeight = 8.0;

/// From the strip's foot upwards.
struct Parts {
    std::array<double, 4> cycles{};

    void add(const StepCycles &step)
    {
        const std::array<std::int64_t, 4> parts{step.matrices, step.attention, step.vector, step.rest};
        for (std::size_t i = 0; i < parts.size(); ++i)
            cycles[i] += static_cast<double>(parts[i]);
    }
};

std::array<QColor, 4> partColors()
{
    // Softer than rows: an area this large must not shout.
    std::array<QColor, 4> colors{rowColor(4), rowColor(2), rowColor(5), rowColor(-1)};
    for (QColor &color : colors)
        color.setAlphaF(0.82f);
    return colors;
}

} // namespace

RunStrip::RunStrip(const RunRecord &record, const StepTimes &times, TokenRange &tokens, QWidget *parent)
    : QAbstractSlider(parent)
    , record_(record)
    , times_(times)
    , tokens_(tokens)
{
    setObjectName(QStringLiteral("runStrip"));
    setAccessibleName(tr("Steps of the run"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setRange(0, 0);
    setSingleStep(1);
    connect(&record_, &RunRecord::began, this, [this] {
        replayed_.clear();
        refresh();
        update();
    });
    connect(this, &QAbstractSlider::valueChanged, this, &RunStrip::stepChosen);
    connect(&tokens_, &TokenRange::changed, this, qOverload<>(&QWidget::update));
    connect(&times_, &StepTimes::changed, this, qOverload<>(&QWidget::update));
}

void RunStrip::setPolicies(DrsPolicy drs, std::optional<DrsPolicy> compared)
{
    if (drs == drs_ && compared == compared_)
        return;
    drs_ = drs;
    compared_ = compared;
    update();
}

/// Where these steps stand; the others stay as they are.
void RunStrip::updateSteps(int from, int to)
{
    constexpr double air = 3.0; // the mark is wider than a step may be
    const double left = xOf(from) - air;
    const double right = xOf(to) + air;
    update(QRectF(left, 0.0, right - left, height()).intersected(QRectF(rect())).toAlignedRect());
}

void RunStrip::setStep(int step)
{
    const QSignalBlocker quiet(this);
    setRange(0, std::max(0, record_.wholeSteps() - 1));
    setValue(std::max(0, step));
    setAccessibleDescription(step >= 0 ? wordsOf(step) : tr("No step yet"));
}

/// Nothing looks different for a longer run: only the mark moves.
void RunStrip::sliderChange(SliderChange change)
{
    if (change != SliderValueChange)
        return;
    for (const int step : {std::exchange(marked_, value()), value()})
        updateSteps(step, step + 1);
}

void RunStrip::refresh()
{
    setPageStep(std::max(1, record_.trace().shape().stride));
    const int known = static_cast<int>(replayed_.size());
    for (int step = static_cast<int>(replayed_.size()); step < record_.wholeSteps(); ++step) {
        const TraceShape &shape = record_.trace().shape();
        int replayed = 0;
        for (int layer = 0; layer < shape.layers; ++layer)
            for (int row = 0; row < shape.rows; ++row)
                replayed += record_.trace().outcome(step, layer, row).decision == Decision::Replayed ? 1 : 0;
        const int all = shape.layers * shape.rows;
        replayed_.push_back(all > 0 ? static_cast<float>(replayed) / static_cast<float>(all) : 0.0f);
    }
    if (known < record_.wholeSteps())
        updateSteps(known - 1, record_.wholeSteps());
}

QRectF RunStrip::plot() const
{
    const QRectF band = replayBand();
    return {band.left(), band.bottom() + 1.0, band.width(), std::max(1.0, height() - band.bottom() - 2.0)};
}

QRectF RunStrip::replayBand() const
{
    return {GanttLayout::labelWidth(), 2.0,
            std::max(1.0, width() - GanttLayout::labelWidth() - GanttLayout::rightEdge), bandHeight};
}

double RunStrip::xOf(int step) const
{
    const AxisRange &axis = tokens_.axis();
    return plot().left() + plot().width() * (step - axis.begin()) / std::max(1.0, axis.width());
}

int RunStrip::stepAt(double x) const
{
    const AxisRange &axis = tokens_.axis();
    const int step =
        static_cast<int>(std::floor(axis.begin() + (x - plot().left()) / plot().width() * axis.width()));
    return std::clamp(step, 0, std::max(0, record_.wholeSteps() - 1));
}

std::int64_t RunStrip::highest() const
{
    std::int64_t highest = 0;
    for (int step = 0; step < record_.wholeSteps(); ++step) {
        if (const auto figures = times_.figures(drs_, step))
            highest = std::max(highest, figures->cycles.cycles);
        if (compared_)
            if (const auto figures = times_.figures(*compared_, step))
                highest = std::max(highest, figures->cycles.cycles);
    }
    return highest;
}

double RunStrip::replayShare(int step) const
{
    const auto index = static_cast<std::size_t>(step);
    return index < replayed_.size() ? static_cast<double>(replayed_[index]) : 0.0;
}

void RunStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(replayBand(), colors.field);
    painter.fillRect(plot(), colors.field);
    paintNames(painter);
    if (const std::int64_t top = highest(); top > 0)
        paintBars(painter, static_cast<double>(top));
    paintReplay(painter);
    const QRectF box = plot().united(replayBand());
    const int stride = record_.trace().shape().stride;
    for (int frame = 1; stride > 0 && frame < record_.trace().shape().frames; ++frame) {
        if (xOf(frame * stride) < box.left() || xOf(frame * stride) > box.right())
            continue;
        QColor line = colors.border;
        line.setAlphaF(0.7f);
        painter.fillRect(QRectF(xOf(frame * stride), box.top(), 1.0, box.height()), line);
    }
    if (record_.wholeSteps() > 0) {
        const double width = std::max(2.0, xOf(1) - xOf(0));
        QColor veil = colors.accent;
        veil.setAlphaF(0.35f);
        const double x = xOf(value());
        painter.setClipRect(box);
        painter.fillRect(QRectF(x, box.top(), width, box.height()), veil);
        painter.fillRect(QRectF(x + width / 2.0 - 1.0, box.top(), 2.0, box.height()), colors.accent);
        painter.setClipping(false);
    }
    if (hasFocus())
        paintFocusFrame(painter, box);
}

/// With more steps than columns a column holds the mean of those that fall into it; with fewer, a step is
/// several columns wide.
std::pair<int, int> RunStrip::stepsOf(int column) const
{
    const AxisRange &axis = tokens_.axis();
    const double perColumn = axis.width() / std::floor(plot().width());
    const auto at = [&](int c) { return static_cast<int>(axis.begin() + c * perColumn); };
    return {at(column), std::min(std::max(at(column) + 1, at(column + 1)), record_.wholeSteps())};
}

void RunStrip::paintBars(QPainter &painter, double highest) const
{
    const QRectF box = plot();
    const auto colors = partColors();
    QPolygonF others; // the tops of the policy that is compared
    for (int column = 0; column < static_cast<int>(box.width()); ++column) {
        const auto [from, to] = stepsOf(column);
        if (from >= to)
            break;
        Parts parts;
        double compared = 0.0;
        int known = 0;
        int comparedKnown = 0;
        for (int step = from; step < to; ++step) {
            if (const auto figures = times_.figures(drs_, step)) {
                parts.add(figures->cycles);
                ++known;
            }
            if (const auto figures = compared_ ? times_.figures(*compared_, step) : std::nullopt) {
                compared += static_cast<double>(figures->cycles.cycles);
                ++comparedKnown;
            }
        }
        const double x = box.left() + column;
        double y = box.bottom();
        for (std::size_t part = 0; known > 0 && part < parts.cycles.size(); ++part) {
            const double height = parts.cycles[part] / known / highest * box.height();
            painter.fillRect(QRectF(x, y - height, 1.0, height), colors[part]);
            y -= height;
        }
        if (comparedKnown > 0) {
            const double top = box.bottom() - compared / comparedKnown / highest * box.height();
            others.append({x, std::max(box.top() + 0.5, top)});
        }
    }
    QColor quiet = themeColors().text;
    quiet.setAlphaF(0.55f);
    painter.setPen(QPen(quiet, 1.0));
    painter.drawPolyline(others);
}

/// The names of the strip's two parts, and of the colours of the bars.
void RunStrip::paintNames(QPainter &painter) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.78);
    painter.setFont(small);
    painter.setPen(themeColors().text);
    painter.drawText(QRectF(10.0, replayBand().top() - 3.0, GanttLayout::labelWidth() - 14.0, 14.0),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("Replayed"));
    const std::array<QString, 4> words{tr("matrices"), tr("attention"), tr("vector"), tr("rest")};
    const auto swatches = partColors();
    const auto wide = [&](std::size_t i) { return painter.fontMetrics().horizontalAdvance(words[i]) + 2.0; };
    const double second = 10.0 + 9.0 + std::max(wide(0), wide(1)) + 4.0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const double x = i < 2 ? 10.0 : second;
        const double y = plot().top() + 2.0 + (i % 2 == 0 ? 0.0 : 14.0);
        painter.fillRect(QRectF(x, y + 4.0, 6.0, 6.0), swatches[i]);
        painter.setPen(themeColors().muted);
        painter.drawText(QRectF(x + 9.0, y, wide(i), 14.0), Qt::AlignLeft | Qt::AlignVCenter, words[i]);
    }
}

void RunStrip::paintReplay(QPainter &painter) const
{
    const QRectF box = replayBand();
    for (int column = 0; column < static_cast<int>(box.width()); ++column) {
        const auto [from, to] = stepsOf(column);
        if (from >= to)
            break;
        double sum = 0.0;
        for (int step = from; step < to; ++step)
            sum += replayShare(step);
        if (sum <= 0.0)
            continue;
        QColor color = themeColors().replay;
        color.setAlphaF(static_cast<float>(0.12 + 0.88 * sum / (to - from)));
        painter.fillRect(QRectF(box.left() + column, box.top(), 1.0, box.height()), color);
    }
}

QString RunStrip::wordsOf(int step) const
{
    const int stride = std::max(1, record_.trace().shape().stride);
    QString text = tr("Step %1: frame %2, position %3. %4 of its MLPs replayed.")
                       .arg(step + 1)
                       .arg(step / stride + 1)
                       .arg(step % stride + 1)
                       .arg(shareText(replayShare(step)));
    if (const auto figures = times_.figures(drs_, step))
        text += tr(" %1: %2 cycles.").arg(drsName(drs_), groupedText(figures->cycles.cycles));
    if (const auto figures = compared_ ? times_.figures(*compared_, step) : std::nullopt)
        text += tr(" %1: %2 cycles.").arg(drsName(*compared_), groupedText(figures->cycles.cycles));
    return text;
}

void RunStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && record_.wholeSteps() > 0)
        emit stepChosen(stepAt(event->position().x()));
}

void RunStrip::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) && record_.wholeSteps() > 0)
        emit stepChosen(stepAt(event->position().x()));
}

void RunStrip::wheelEvent(QWheelEvent *event)
{
    const AxisRange &axis = tokens_.axis();
    const double share = (event->position().x() - plot().left()) / plot().width();
    tokens_.wheel(event->angleDelta(), event->modifiers() & Qt::ShiftModifier,
                  axis.begin() + share * axis.width());
    event->accept();
}

bool RunStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (record_.wholeSteps() > 0 && help->pos().x() >= plot().left())
            QToolTip::showText(help->globalPos(), wordsOf(stepAt(help->pos().x())), this);
        else
            QToolTip::showText(
                help->globalPos(),
                tr("<p>Cycles of each step, from below: matrices, attention, vector unit, the "
                   "rest. Band: share of the MLPs replayed. Click to look at a step; the wheel "
                   "zooms, here and in the timeline of decisions.</p>"),
                this);
        return true;
    }
    return QAbstractSlider::event(event);
}

} // namespace fastcar::ui
