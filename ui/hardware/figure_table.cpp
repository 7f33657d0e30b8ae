// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/figure_table.h"

#include "ui/hardware/gantt_words.h"

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {

QString gainText(const std::optional<std::int64_t> &before, std::int64_t after)
{
    if (!before || after <= 0)
        return {};
    return QString::number(static_cast<double>(*before) / static_cast<double>(after), 'f', 2) + QChar(0x00d7);
}

QString nameOf(FigureTable::Figure figure)
{
    switch (figure) {
    case FigureTable::Cycles:
        return FigureTable::tr("Cycles");
    case FigureTable::StepTime:
        return FigureTable::tr("Time a step");
    case FigureTable::StepsPerSecond:
        return FigureTable::tr("Steps a second");
    case FigureTable::DrsGain:
        return FigureTable::tr("DRS gains");
    case FigureTable::ReplayGain:
        return FigureTable::tr("Replay gains");
    case FigureTable::CoresBusy:
        return FigureTable::tr("Cores busy");
    case FigureTable::LanesBusy:
        return FigureTable::tr("Lanes busy");
    case FigureTable::VectorBusy:
        return FigureTable::tr("Vector unit busy");
    case FigureTable::AttentionBusy:
        return FigureTable::tr("Attention busy");
    case FigureTable::PortsBusy:
        return FigureTable::tr("Ports busy");
    case FigureTable::Bandwidth:
        return FigureTable::tr("Bandwidth used");
    case FigureTable::Bytes:
        return FigureTable::tr("Read and written");
    case FigureTable::WaitsWeights:
        return FigureTable::tr("Stall: no weights");
    case FigureTable::WaitsRoom:
        return FigureTable::tr("Stall: no room");
    case FigureTable::StreamEmpty:
        return FigureTable::tr("Stream: no beat");
    case FigureTable::StreamFull:
        return FigureTable::tr("Stream: no slot");
    case FigureTable::Mapping:
        return FigureTable::tr("DRS maps");
    case FigureTable::StepEnergy:
        return FigureTable::tr("Energy a step");
    case FigureTable::EnergyParts:
        return FigureTable::tr("computing, memory, idle");
    case FigureTable::VideoTime:
        return FigureTable::tr("Time a video");
    case FigureTable::VideoEnergy:
        return FigureTable::tr("Energy a video");
    case FigureTable::figures:
        break;
    }
    return {};
}

QString meaningOf(FigureTable::Figure figure)
{
    switch (figure) {
    case FigureTable::StepsPerSecond:
        return FigureTable::tr("Steps of the backbone alone: the depth transformer, sampling and pixels are "
                               "the processor's and not in it.");
    case FigureTable::DrsGain:
        return FigureTable::tr("Cycles with the fixed map (static), of these");
    case FigureTable::ReplayGain:
        return FigureTable::tr("Cycles as if nothing of the step were replayed, of these");
    case FigureTable::CoresBusy:
        return FigureTable::tr("Of the cycles of all cores");
    case FigureTable::LanesBusy:
        return FigureTable::tr("int8 multiply-adds a cycle, mean over the step, of those that the card has");
    case FigureTable::PortsBusy:
        return FigureTable::tr("Beats of 64 bytes, of what the ports could carry in that time");
    case FigureTable::WaitsWeights:
        return FigureTable::tr(
            "A core had a job and its tile of weights was not there: of all cores' cycles");
    case FigureTable::WaitsRoom:
        return FigureTable::tr("A core had sums and the collector no room: of all cores' cycles");
    case FigureTable::StreamEmpty:
        return FigureTable::tr("Weights were asked for and no beat was there: memory is the limit");
    case FigureTable::StreamFull:
        return FigureTable::tr("A beat of weights was there and no slot: computing is the limit");
    case FigureTable::Mapping:
        return FigureTable::tr("Cycles in which DRS fills its mapping registers");
    case FigureTable::StepEnergy:
    case FigureTable::EnergyParts:
    case FigureTable::VideoEnergy:
        return FigureTable::tr("An estimate from activity; never a measurement");
    case FigureTable::VideoTime:
        return FigureTable::tr("All decode steps of the backbone, from the mean of those that are timed");
    default:
        return {};
    }
}

} // namespace

std::optional<FigureColumn> countedByTheCard(const Trace &trace, int step)
{
    const auto counters = trace.card(step);
    if (!counters)
        return std::nullopt;
    FigureColumn column;
    column.title = FigureTable::tr("Counted");
    column.source =
        FigureTable::tr("counted by the card, under %1").arg(drsName(trace.policy(trace.policyOf(step)).drs));
    column.card.cores = counters->cores();
    column.card.ports = counters->ports();
    column.counters = *counters;
    return column;
}

bool countedAsEstimated(const Trace &trace, int step, const std::string &card,
                        const std::vector<DrsPolicy> &policies)
{
    const DrsPolicy ruled = trace.policy(trace.policyOf(step)).drs;
    if (std::ranges::find(policies, ruled) == policies.end())
        return false;
    // Those have the emulated card's sizes; a real card's device does not say which it is.
    const std::string &device = deviceOfStep(trace.settings(), step);
    const bool simulated = device == "fpga-emulated" || device == "fpga-modelled";
    return !simulated || card == "emulated";
}

void FigureTable::setColumns(std::vector<FigureColumn> columns)
{
    const bool sameShape = columns.size() == columns_.size();
    if (!sameShape)
        beginResetModel();
    columns_ = std::move(columns);
    values_.clear();
    for (const FigureColumn &column : columns_)
        values_.push_back(stepFigures(column.counters, column.card));
    const QStringList before = std::exchange(told_, allTexts());
    if (!sameShape)
        endResetModel();
    else if (!columns_.empty() && told_ != before) {
        emit headerDataChanged(Qt::Horizontal, 1, static_cast<int>(columns_.size()));
        emit dataChanged(index(0, 1), index(figures - 1, static_cast<int>(columns_.size())));
    }
}

/// What a view can see of them.
QStringList FigureTable::allTexts() const
{
    QStringList texts;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        texts += columns_[column].title + columns_[column].source;
        for (int figure = 0; figure < figures; ++figure)
            texts += text(static_cast<Figure>(figure), static_cast<int>(column));
    }
    return texts;
}

QString FigureTable::text(Figure figure, int column) const
{
    const FigureColumn &given = columns_[static_cast<std::size_t>(column)];
    const StepFigures &value = values_[static_cast<std::size_t>(column)];
    QString text;
    switch (figure) {
    case Cycles:
        text = groupedText(value.cycles);
        break;
    case StepTime:
        if (value.seconds > 0.0)
            text = timeText(value.seconds);
        break;
    case StepsPerSecond:
        if (value.seconds > 0.0)
            text = value.seconds < 0.1 ? groupedText(qRound64(1.0 / value.seconds))
                                       : QString::number(1.0 / value.seconds, 'f', 2);
        break;
    case DrsGain:
        text = gainText(given.staticCycles, value.cycles);
        break;
    case ReplayGain:
        text = gainText(given.denseCycles, value.cycles);
        break;
    case CoresBusy:
        text = shareText(value.coresBusy);
        break;
    case LanesBusy:
        if (given.card.lanes > 0)
            text = tr("%1 of %2").arg(qRound(value.lanesBusy)).arg(given.card.cores * given.card.lanes);
        break;
    case VectorBusy:
        text = shareText(value.vectorBusy);
        break;
    case AttentionBusy:
        text = shareText(value.attentionBusy);
        break;
    case PortsBusy:
        text = shareText(value.portsBusy);
        break;
    case Bandwidth:
        if (value.seconds > 0.0)
            text = unitText(value.bytesPerSecond, QStringLiteral("B/s"));
        break;
    case Bytes:
        text = unitText(static_cast<double>(value.bytes), QStringLiteral("B"));
        break;
    case WaitsWeights:
        text = shareText(value.waitsWeights);
        break;
    case WaitsRoom:
        text = shareText(value.waitsRoom);
        break;
    case StreamEmpty:
        text = shareText(value.streamEmpty);
        break;
    case StreamFull:
        text = shareText(value.streamFull);
        break;
    case Mapping:
        text = shareText(value.mapping);
        break;
    case StepEnergy:
        if (given.energy)
            text = unitText(given.energy->totalJ(), QStringLiteral("J"));
        break;
    case EnergyParts:
        if (given.energy && given.energy->totalJ() > 0.0) {
            const double total = given.energy->totalJ();
            text = QStringLiteral("%1 %2 %3 %")
                       .arg(qRound(100.0 * given.energy->computeJ / total))
                       .arg(qRound(100.0 * given.energy->memoryJ / total))
                       .arg(qRound(100.0 * given.energy->idleJ / total));
        }
        break;
    case VideoTime:
        if (given.videoSeconds)
            text = timeText(*given.videoSeconds);
        break;
    case VideoEnergy:
        if (given.videoJoule)
            text = unitText(*given.videoJoule, QStringLiteral("J"));
        break;
    case figures:
        break;
    }
    return text.isEmpty() ? QStringLiteral("\u2013") : text;
}

int FigureTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || columns_.empty() ? 0 : figures;
}

int FigureTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(columns_.size());
}

QVariant FigureTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto figure = static_cast<Figure>(index.row());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole)
        return meaningOf(figure);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    return index.column() == 0 ? nameOf(figure) : text(figure, index.column() - 1);
}

QVariant FigureTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
    if (section == 0 || section > static_cast<int>(columns_.size()))
        return role == Qt::DisplayRole && section == 0 ? QVariant(tr("Estimate (cycle model)")) : QVariant();
    const FigureColumn &column = columns_[static_cast<std::size_t>(section - 1)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return tr("%1: %2").arg(column.title, column.source);
    return {};
}

} // namespace fastcar::ui
