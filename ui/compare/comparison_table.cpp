// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/comparison_table.h"

#include "ui/compare/run_words.h"
#include "ui/models/engine_words.h"
#include "ui/theme/theme.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

QString none()
{
    return QStringLiteral("–");
}

QString decibels(double psnr)
{
    return std::isinf(psnr) ? QStringLiteral("∞ dB") : QStringLiteral("%1 dB").arg(psnr, 0, 'f', 2);
}

QString levels(double difference)
{
    return QString::number(difference, 'f', 3);
}

QString timeText(const std::optional<double> &secondsPerToken)
{
    return secondsPerToken ? QStringLiteral("%1 ms").arg(1e3 * *secondsPerToken, 0, 'f', 3) : none();
}

} // namespace

void ComparisonTable::between(const QString &name, const QString &value, const QString &help)
{
    rows_.push_back({Shape::Between, name, value, {}, help});
}

void ComparisonTable::each(const QString &name, const QString &a, const QString &b, const QString &help)
{
    rows_.push_back({Shape::Each, name, a, b, help});
}

void ComparisonTable::show(const ComparisonModel &model)
{
    beginResetModel();
    rows_.clear();
    if (const auto found = model.result()) {
        addPictures(*found);
        addCodes(*found);
        addRuns(model);
        addSettings(*found);
        if (!found->runs.notes.empty())
            section(tr("To be known"));
        for (const std::string &note : found->runs.notes)
            rows_.push_back({Shape::Note, {}, engineWords(note), {}, {}});
    }
    withoutFrames_ = rows_.size();
    endResetModel();
}

void ComparisonTable::showFrames(FrameFigure figure, const FrameSeries &series)
{
    beginResetModel();
    rows_.resize(withoutFrames_);
    if (!series.empty())
        section(tr("%1 by frame").arg(nameOf(figure)));
    for (std::size_t index = 0; index < series.values.size(); ++index) {
        const QString name = tr("Frame %1").arg(static_cast<int>(index) + series.first + 1);
        const QString value = figureText(figure, series.values[index]);
        if (index < series.ofA.size())
            each(name, figureText(figure, series.ofA[index]), value);
        else
            between(name, value, {});
    }
    endResetModel();
}

void ComparisonTable::addPictures(const LoadedComparison &found)
{
    section(tr("Pictures"));
    if (!found.runs.pictures) {
        rows_.push_back({Shape::Note, {}, tr("No frame of A stands beside one of B."), {}, {}});
        return;
    }
    const PictureComparison &pictures = *found.runs.pictures;
    const auto frames = static_cast<int>(pictures.frames().size());
    between(nameOf(FrameFigure::Psnr), decibels(pictures.psnr()), wordsFor(FrameFigure::Psnr));
    between(nameOf(FrameFigure::Ssim), QString::number(pictures.ssim(), 'f', 4), wordsFor(FrameFigure::Ssim));
    between(nameOf(FrameFigure::Drift), tr("%1 of 255").arg(levels(pictures.drift())),
            wordsFor(FrameFigure::Drift));
    between(tr("Equal frames"), tr("%1 of %2").arg(pictures.equalFrames()).arg(frames),
            tr("Frames that are equal pixel by pixel, of those that both have."));
    if (const auto flicker = pictures.flicker())
        each(tr("Flicker"), levels(flicker->a), levels(flicker->b), wordsFor(FrameFigure::Flicker));
    if (!found.runs.exactPictures)
        rows_.push_back({Shape::Note,
                         {},
                         tr("Not both files are exact: the loss of their kind is part of these figures."),
                         {},
                         {}});
}

void ComparisonTable::addCodes(const LoadedComparison &found)
{
    if (!found.runs.codes)
        return;
    const TraceComparison &codes = *found.runs.codes;
    section(tr("Codes"));
    between(tr("Equal codes"), percentText(codes.codes.share()),
            tr("Of %1 codes in %2 tokens that both have.").arg(codes.codes.all).arg(codes.tokens));
    if (codes.perDepth.size() > 1) {
        QStringList depths;
        for (const EqualCodes &depth : codes.perDepth)
            depths += percentText(depth.share());
        between(tr("by depth"), depths.join(QStringLiteral(", ")),
                tr("The share of equal codes, from the first of a position's codes to the last."));
    }
    if (const auto &first = codes.firstDifference)
        between(tr("First other code"),
                tr("token %1, frame %2, depth %3")
                    .arg(first->token + 1)
                    .arg(first->frame + 1)
                    .arg(first->depth + 1),
                tr("Where the runs part. Click it to look at that token."));
    else
        between(tr("First other code"), tr("there is none"), {});
}

void ComparisonTable::addRuns(const ComparisonModel &model)
{
    const auto found = model.result();
    section(tr("Each run"));
    each(tr("Frames"), QString::number(found->runs.framesOfA), QString::number(found->runs.framesOfB));
    if (!found->runs.codes)
        return;
    const TraceFigures &a = found->runs.codes->a, &b = found->runs.codes->b;
    const auto ofEligible = [](const TraceFigures &figures) {
        return figures.replay.eligible ? percentText(figures.replay.ofEligible()) : none();
    };
    each(tr("Replayed, of eligible"), ofEligible(a), ofEligible(b),
         tr("Of the MLP calls that could have been replayed."));
    each(tr("Replayed, of all"), percentText(a.replay.ofAll()), percentText(b.replay.ofAll()),
         tr("Of all MLP calls of the decode steps; at most %1.").arg(percentText(b.ceiling)));
    each(tr("Time a token"), timeText(a.secondsPerToken), timeText(b.secondsPerToken),
         tr("From the first token's end to the last one's; pauses count."));
    if (const auto speedUp = found->runs.codes->speedUp())
        between(tr("Speed"), tr("B is %1 times as fast").arg(*speedUp, 0, 'f', 2), {});
}

void ComparisonTable::addSettings(const LoadedComparison &found)
{
    if (!found.runs.settings) {
        section(tr("Settings"));
        rows_.push_back({Shape::Note, {}, tr("One of the files has no settings inside."), {}, {}});
        return;
    }
    section(found.runs.settings->empty() ? tr("Settings: the same") : tr("Settings that differ"));
    for (const SettingDifference &difference : *found.runs.settings)
        each(QString::fromStdString(difference.name), settingText(difference.a), settingText(difference.b));
}

int ComparisonTable::rowOf(const QString &name) const
{
    const auto found = std::ranges::find(rows_, name, &Row::name);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int ComparisonTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ComparisonTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ComparisonTable::headerData(int column, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return column == OfA ? QStringLiteral("A") : column == OfB ? QStringLiteral("B") : QString();
}

QVariant ComparisonTable::data(const QModelIndex &index, int role) const
{
    const Row &row = rows_[static_cast<std::size_t>(index.row())];
    const QString &text = index.column() == Name  ? (row.shape == Shape::Note ? row.a : row.name)
                          : index.column() == OfA ? row.a
                                                  : row.b;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text;
    case Qt::ToolTipRole: // all of what may not fit, too
        return row.help.isEmpty() ? text : QStringLiteral("<p>%1</p>").arg(row.help);
    case Qt::FontRole:
        if (row.shape == Shape::Section)
            return headingFont(0.95);
        return index.column() == Name || row.shape == Shape::Note ? QVariant() : QVariant(numberFont(0.92));
    case Qt::ForegroundRole:
        return index.column() == Name ? QVariant(themeColors().muted) : QVariant();
    case Qt::TextAlignmentRole:
        return row.shape == Shape::Note ? QVariant(Qt::AlignLeft | Qt::AlignTop)
                                        : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace fastcar::ui
