// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/command_list.h"

#include "ui/commands/fuzzy_match.h"

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int remembered = 8; // so many ranks at the most: less than a letter at the start of a word is worth
constexpr int notNow = -100000;
} // namespace

QString lineOf(const Command &command)
{
    return command.group + QLatin1String(": ") + command.title;
}

void CommandList::setCommands(std::vector<Command> commands)
{
    commands_ = std::move(commands);
    sift();
}

void CommandList::setPattern(const QString &pattern)
{
    pattern_ = pattern;
    sift();
}

int CommandList::rankOf(const Command &command, int score) const
{
    const qsizetype before = done_.indexOf(lineOf(command));
    const int habit = before < 0 ? 0 : remembered - static_cast<int>(before);
    return score + habit + (command.enabled ? 0 : notNow);
}

void CommandList::sift()
{
    beginResetModel();
    shown_.clear();
    for (std::size_t i = 0; i < commands_.size(); ++i) {
        const auto match = fuzzyMatch(pattern_, lineOf(commands_[i]));
        if (match)
            shown_.push_back({.command = i,
                              .rank = rankOf(commands_[i], match->score),
                              .places = QList<int>(match->places.begin(), match->places.end())});
    }
    std::ranges::stable_sort(shown_, std::ranges::greater(), &Shown::rank);
    endResetModel();
}

int CommandList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QVariant CommandList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command &command = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return command.title;
    case Qt::AccessibleTextRole: {
        const QString line =
            lineOf(command) + (command.keys.isEmpty() ? QString() : QLatin1String(", ") + command.keys);
        return command.enabled ? line : tr("%1, not available now").arg(line);
    }
    case groupRole:
        return command.group;
    case keysRole:
        return command.keys;
    case enabledRole:
        return command.enabled;
    case placesRole:
        return QVariant::fromValue(shown_[static_cast<std::size_t>(index.row())].places);
    default:
        return {};
    }
}

Qt::ItemFlags CommandList::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() && !at(index.row()).enabled ? flags & ~Qt::ItemIsEnabled : flags;
}

void CommandList::noteDone(const Command &command)
{
    done_.removeAll(lineOf(command));
    done_.prepend(lineOf(command));
    done_ = done_.mid(0, remembered);
}

} // namespace fastcar::ui
