// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/token_table.h"

#include "ui/compare/token_words.h"
#include "ui/tables/csv_text.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace fastcar::ui {

void TokenTable::show(std::shared_ptr<const LoadedComparison> comparison)
{
    if (comparison == comparison_)
        return;
    beginResetModel();
    comparison_ = std::move(comparison);
    endResetModel();
}

const TokenComparison *TokenTable::tokens() const
{
    return comparison_ && comparison_->tokens ? &*comparison_->tokens : nullptr;
}

int TokenTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !tokens() ? 0 : static_cast<int>(tokens()->tokens.size());
}

int TokenTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant TokenTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !tokens())
        return {};
    const TokenDifference &token = tokens()->tokens[static_cast<std::size_t>(index.row())];
    const int different = index.column() == Codes ? token.codes : token.decisions;
    switch (role) {
    case Qt::DisplayRole:
    case csvRole:
        return different;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tokenWords(*comparison_, index.row());
    case Qt::ForegroundRole: // as the strip has it; what is alike steps back
        return different == 0            ? themeColors().muted
               : index.column() == Codes ? themeColors().danger
                                         : themeColors().text;
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant TokenTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (!tokens())
        return {};
    if (orientation == Qt::Vertical) {
        const int stride = std::max(1, tokens()->stride);
        return role == Qt::DisplayRole
                   ? QVariant(tr("frame %1, position %2").arg(section / stride + 1).arg(section % stride + 1))
                   : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return section == Codes ? tr("Codes") : tr("Decisions");
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return section == Codes ? tr("Codes that differ, of %1").arg(tokens()->codesOfToken)
                                : tr("Decisions that differ, of %1").arg(tokens()->decisionsOfStep);
    default:
        return QAbstractTableModel::headerData(section, orientation, role);
    }
}

} // namespace fastcar::ui
