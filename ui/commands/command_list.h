// SPDX-License-Identifier: Apache-2.0
//
// The commands that fit what somebody typed, the best first; those that cannot be done now come last. Of the
// same quality, what was done last time stands before what was not.
#pragma once

#include "ui/commands/command.h"

#include <QAbstractListModel>
#include <QStringList>

namespace fastcar::ui {

class CommandList : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int groupRole = Qt::UserRole;
    static constexpr int keysRole = Qt::UserRole + 1;
    static constexpr int enabledRole = Qt::UserRole + 2;
    static constexpr int placesRole = Qt::UserRole + 3; // QList<int>: letters of lineOf() that were found

    using QAbstractListModel::QAbstractListModel;

    void setCommands(std::vector<Command> commands);
    void setPattern(const QString &pattern);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    const Command &at(int row) const
    {
        return commands_.at(shown_.at(static_cast<std::size_t>(row)).command);
    }
    /// That it was done; remembered for as long as the program runs.
    void noteDone(const Command &command);

private:
    struct Shown {
        std::size_t command = 0;
        int rank = 0;
        QList<int> places;
    };
    void sift();
    int rankOf(const Command &command, int score) const;

    std::vector<Command> commands_;
    std::vector<Shown> shown_;
    QString pattern_;
    QStringList done_; // newest first
};

/// "Layer: 3 of 5", as it is searched and read out.
QString lineOf(const Command &command);

} // namespace fastcar::ui
