// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_words.h"

#include "ui/hardware/step_figures.h"
#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <bit>

namespace fastcar::ui {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Gantt", text);
}

QString whenWords(const CardSpan &span, double clockHz)
{
    const std::int64_t cycles = span.end - span.begin;
    return say("%1 cycles, %2; from cycle %3, %4")
        .arg(groupedText(cycles), timeText(static_cast<double>(cycles) / clockHz), groupedText(span.begin),
             timeText(static_cast<double>(span.begin) / clockHz));
}

} // namespace

QString unitName(CardUnit unit, int index)
{
    switch (unit) {
    case CardUnit::Core:
        return say("Core %1").arg(index + 1);
    case CardUnit::Port:
        return say("Port %1").arg(index + 1);
    case CardUnit::Attention:
        return say("Attention %1").arg(index + 1);
    case CardUnit::Vector:
        return say("Vector unit");
    case CardUnit::Heads:
    case CardUnit::Gate:
        return say("Heads, gate");
    }
    return {};
}

QString unitsName(CardUnit unit)
{
    switch (unit) {
    case CardUnit::Core:
        return say("Cores");
    case CardUnit::Port:
        return say("Ports");
    case CardUnit::Attention:
        return say("Attention");
    default:
        return unitName(unit, 0);
    }
}

QString workName(CardSpan::Work work)
{
    switch (work) {
    case CardSpan::Work::Norm:
        return say("norm");
    case CardSpan::Work::Qkv:
        return say("q k v");
    case CardSpan::Work::Heads:
        return say("heads");
    case CardSpan::Work::Attention:
        return say("attention");
    case CardSpan::Work::Gate:
        return say("gate");
    case CardSpan::Work::Output:
        return say("output");
    case CardSpan::Work::GateUp:
        return say("MLP gate, up");
    case CardSpan::Work::Silu:
        return say("SiLU");
    case CardSpan::Work::Down:
        return say("MLP down");
    case CardSpan::Work::Add:
        return say("add");
    case CardSpan::Work::Replay:
        return say("replay");
    case CardSpan::Work::Final:
        return say("final norm");
    case CardSpan::Work::Load:
        return say("load");
    }
    return {};
}

QString drsName(DrsPolicy drs)
{
    switch (drs) {
    case DrsPolicy::Static:
        return say("Static");
    case DrsPolicy::Deal:
        return say("Deal");
    case DrsPolicy::Split:
        return say("Split");
    }
    return {};
}

QString drsMeaning(DrsPolicy drs)
{
    switch (drs) {
    case DrsPolicy::Static:
        return say("DRS off: a row's core is fixed, and idles where its row replays");
    case DrsPolicy::Deal:
        return say("rows that compute are dealt over the cores (the paper's DRS)");
    case DrsPolicy::Split:
        return say("the outputs of rows that compute are divided over all cores");
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
    return say("%1 and %2 in turn").arg(rowName(first, rows), rowName(second, rows));
}

} // namespace

QStringList spanWords(const CardSpan &span, double clockHz, int rows)
{
    const QString who = rowsOf(span, rows);
    const QString where = span.work == CardSpan::Work::Final || span.work == CardSpan::Work::Load
                              ? who
                              : say("layer %1, %2").arg(span.layer + 1).arg(who);
    return {say("%1: %2").arg(unitName(span.unit, span.index), workName(span.work)), where,
            whenWords(span, clockHz)};
}

QStringList freeWords(const CardSpan &free, double clockHz, int rows)
{
    return {say("%1: free").arg(unitName(free.unit, free.index)),
            say("layer %1: the MLP of %2 is replayed").arg(free.layer + 1).arg(rowName(free.row, rows)),
            whenWords(free, clockHz)};
}

QString cardFacts(const CardInfo &card)
{
    QString text = say("<p><b>%1</b></p><p>%2 cores of %3 int8 multiply-adds a cycle, %4 "
                       "memory ports, %5 MHz, up to %6 rows.</p>")
                       .arg(QString::fromStdString(card.title).toHtmlEscaped())
                       .arg(card.cores)
                       .arg(card.lanes)
                       .arg(card.ports)
                       .arg(card.clockHz / 1e6, 0, 'f', 0)
                       .arg(card.rows);
    if (!card.assumed.empty()) {
        text += say("<p>Assumed, measured by nobody:</p><ul>");
        for (const std::string &figure : card.assumed)
            text += QStringLiteral("<li>%1</li>").arg(QString::fromStdString(figure).toHtmlEscaped());
        text += QStringLiteral("</ul>");
    }
    return text;
}

} // namespace fastcar::ui
