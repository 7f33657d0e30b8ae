// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_words.h"

#include "ui/hardware/step_figures.h"
#include "ui/models/engine_words.h"
#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <bit>

namespace fastcar::ui {

namespace {

struct GanttText {
    Q_DECLARE_TR_FUNCTIONS(Gantt)
};

QString whenWords(const CardSpan &span, double clockHz)
{
    const std::int64_t cycles = span.end - span.begin;
    return GanttText::tr("%1 cycles, %2; from cycle %3, %4")
        .arg(groupedText(cycles), timeText(static_cast<double>(cycles) / clockHz), groupedText(span.begin),
             timeText(static_cast<double>(span.begin) / clockHz));
}

} // namespace

QString unitName(CardUnit unit, int index)
{
    switch (unit) {
    case CardUnit::Core:
        return GanttText::tr("Core %1").arg(index + 1);
    case CardUnit::Port:
        return GanttText::tr("Port %1").arg(index + 1);
    case CardUnit::Attention:
        return GanttText::tr("Attention %1").arg(index + 1);
    case CardUnit::Vector:
        return GanttText::tr("Vector unit");
    case CardUnit::Heads:
    case CardUnit::Gate:
        return GanttText::tr("Heads, gate");
    }
    return {};
}

QString unitsName(CardUnit unit)
{
    switch (unit) {
    case CardUnit::Core:
        return GanttText::tr("Cores");
    case CardUnit::Port:
        return GanttText::tr("Ports");
    case CardUnit::Attention:
        return GanttText::tr("Attention");
    default:
        return unitName(unit, 0);
    }
}

QString workName(CardSpan::Work work)
{
    switch (work) {
    case CardSpan::Work::Norm:
        return GanttText::tr("norm");
    case CardSpan::Work::Qkv:
        return GanttText::tr("q k v");
    case CardSpan::Work::Heads:
        return GanttText::tr("heads");
    case CardSpan::Work::Attention:
        return GanttText::tr("attention");
    case CardSpan::Work::Gate:
        return GanttText::tr("gate");
    case CardSpan::Work::Output:
        return GanttText::tr("output");
    case CardSpan::Work::GateUp:
        return GanttText::tr("MLP gate, up");
    case CardSpan::Work::Silu:
        return GanttText::tr("SiLU");
    case CardSpan::Work::Down:
        return GanttText::tr("MLP down");
    case CardSpan::Work::Add:
        return GanttText::tr("add");
    case CardSpan::Work::Replay:
        return GanttText::tr("replay");
    case CardSpan::Work::Final:
        return GanttText::tr("final norm");
    case CardSpan::Work::Load:
        return GanttText::tr("load");
    }
    return {};
}

QString labelIn(int width, const QString &name, const QFontMetrics &metrics)
{
    constexpr int fewest = 5; // letters and the dots
    const QString text = metrics.elidedText(name, Qt::ElideRight, width);
    return text == name || text.size() >= fewest ? text : QString();
}

QString cardName(const CardInfo &card)
{
    return engineWords(card.title);
}

QString drsName(DrsPolicy drs)
{
    switch (drs) {
    case DrsPolicy::Static:
        return GanttText::tr("Static");
    case DrsPolicy::Deal:
        return GanttText::tr("Deal");
    case DrsPolicy::Split:
        return GanttText::tr("Split");
    }
    return {};
}

QString drsMeaning(DrsPolicy drs)
{
    switch (drs) {
    case DrsPolicy::Static:
        return GanttText::tr("DRS off: a row's core is fixed, and idles where its row replays");
    case DrsPolicy::Deal:
        return GanttText::tr("rows that compute are dealt over the cores (the paper's DRS)");
    case DrsPolicy::Split:
        return GanttText::tr("the outputs of rows that compute are divided over all cores");
    }
    return {};
}

namespace {

/// "conditional row", "row 1 and row 3 in turn"
QString rowsOf(const CardSpan &span, int rows)
{
    if (span.row >= 0 || std::popcount(span.rows) != 2)
        return rowName(span.row, rows);
    const int first = std::countr_zero(span.rows), second = 31 - std::countl_zero(span.rows);
    return GanttText::tr("%1 and %2 in turn").arg(rowName(first, rows), rowName(second, rows));
}

} // namespace

QStringList spanWords(const CardSpan &span, double clockHz, int rows)
{
    const QString who = rowsOf(span, rows);
    const QString where = span.work == CardSpan::Work::Final || span.work == CardSpan::Work::Load
                              ? who
                              : GanttText::tr("layer %1, %2").arg(span.layer + 1).arg(who);
    return {GanttText::tr("%1: %2").arg(unitName(span.unit, span.index), workName(span.work)), where,
            whenWords(span, clockHz)};
}

QStringList freeWords(const CardSpan &free, double clockHz, int rows)
{
    return {
        GanttText::tr("%1: free").arg(unitName(free.unit, free.index)),
        GanttText::tr("layer %1: the MLP of %2 is replayed").arg(free.layer + 1).arg(rowName(free.row, rows)),
        whenWords(free, clockHz)};
}

QString cardFacts(const CardInfo &card)
{
    QString text = GanttText::tr("<p><b>%1</b></p><p>%2 cores of %3 int8 multiply-adds a cycle, %4 "
                                 "memory ports, %5 MHz, up to %6 rows.</p>")
                       .arg(cardName(card).toHtmlEscaped())
                       .arg(card.cores)
                       .arg(card.lanes)
                       .arg(card.ports)
                       .arg(card.clockHz / 1e6, 0, 'f', 0)
                       .arg(card.rows);
    if (!card.assumed.empty()) {
        text += GanttText::tr("<p>Assumed, measured by nobody:</p><ul>");
        for (const std::string &figure : card.assumed)
            text += QStringLiteral("<li>%1</li>").arg(QString::fromStdString(figure).toHtmlEscaped());
        text += QStringLiteral("</ul>");
    }
    return text;
}

} // namespace fastcar::ui
