// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layer_table.h"

#include <cmath>

namespace fastcar::ui {

namespace {

QString percentText(const std::optional<double> &ratio)
{
    return ratio ? LayerTable::tr("%1 %").arg(100.0 * *ratio, 0, 'f', 0) : QStringLiteral("–");
}

} // namespace

QString thresholdText(const std::optional<float> &threshold)
{
    if (!threshold || (std::isinf(*threshold) && *threshold > 0.0f))
        return LayerTable::tr("off");
    if (std::isinf(*threshold))
        return LayerTable::tr("all");
    return QString::number(static_cast<double>(*threshold), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
}

Result<std::optional<float>> thresholdFromText(const QString &text)
{
    QString plain = text.trimmed().toLower();
    plain.replace(QChar(0x2212), QLatin1Char('-')).replace(QLatin1Char(','), QLatin1Char('.'));
    if (plain == LayerTable::tr("off"))
        plain = QStringLiteral("none");
    else if (plain == LayerTable::tr("all"))
        plain = QStringLiteral("-inf");
    auto one = parseThresholds(plain.toStdString(), 1);
    if (!one)
        return one.error();
    return one->front();
}

LayerTable::LayerTable(LayerTuning &tuning, const ReplayPrediction &prediction, QObject *parent)
    : QAbstractTableModel(parent)
    , tuning_(tuning)
    , prediction_(prediction)
    , layers_(tuning.layers())
{
    connect(&tuning_, &LayerTuning::changed, this, &LayerTable::refresh);
    connect(&prediction_, &ReplayPrediction::changed, this, &LayerTable::refresh);
}

void LayerTable::refresh()
{
    if (layers_ != tuning_.layers()) {
        beginResetModel();
        layers_ = tuning_.layers();
        endResetModel();
    } else if (layers_ > 0) {
        emit dataChanged(index(0, Layer), index(layers_ - 1, Replayed));
    }
}

int LayerTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : layers_;
}

int LayerTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

Qt::ItemFlags LayerTable::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Layer)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Threshold)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QString LayerTable::thresholdOf(int layer) const
{
    if (!tuning_.choice().isOn(layer))
        return thresholdText(std::nullopt);
    return thresholdText(tuning_.inForce(layer));
}

std::optional<double> LayerTable::predicted(int layer) const
{
    return prediction_.ofLayer(layer);
}

std::optional<double> LayerTable::replayed(int layer) const
{
    const ReplayStatistics &replay = tuning_.record().replay();
    const ReplayCount count = layer < replay.layers() ? replay.ofLayer(layer) : ReplayCount{};
    return count.eligible ? std::optional(count.ofEligible()) : std::nullopt;
}

QString LayerTable::wordsOf(int layer) const
{
    QStringList words;
    if (!tuning_.choice().layerRange().contains(layer + 1))
        words += tr("outside of the layers where replay is allowed");
    if (const auto ratio = predicted(layer))
        words += tr("%1 % predicted to replay").arg(100.0 * *ratio, 0, 'f', 1);
    if (const auto ratio = replayed(layer)) {
        const ReplayCount count = tuning_.record().replay().ofLayer(layer);
        words += tr("%1 % did: %2 of %3 eligible")
                     .arg(100.0 * *ratio, 0, 'f', 1)
                     .arg(count.replayed)
                     .arg(count.eligible);
    }
    if (words.isEmpty())
        words += tr("nothing has run yet");
    return tr("Layer %1, threshold %2: %3")
        .arg(layer + 1)
        .arg(thresholdOf(layer), words.join(QStringLiteral("; ")));
}

QVariant LayerTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int layer = index.row();
    if (role == ratioRole) {
        const auto ratio = index.column() == Predicted  ? predicted(layer)
                           : index.column() == Replayed ? replayed(layer)
                                                        : std::nullopt;
        return ratio ? QVariant(*ratio) : QVariant();
    }
    if (role == Qt::CheckStateRole && index.column() == Layer)
        return static_cast<int>(tuning_.choice().isOn(layer) ? Qt::Checked : Qt::Unchecked);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (index.column() == Layer ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole)
        return wordsOf(layer);
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Layer:
        return QString::number(layer + 1);
    case Threshold:
        return thresholdOf(layer);
    case Predicted:
        return percentText(predicted(layer));
    case Replayed:
        return percentText(replayed(layer));
    default:
        return {};
    }
}

bool LayerTable::setData(const QModelIndex &index, const QVariant &value, int role)
{
    ReplayChoice &choice = tuning_.choice();
    if (role == Qt::CheckStateRole && index.column() == Layer) {
        choice.switchLayers({index.row()}, value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole || index.column() != Threshold)
        return false;
    const auto typed = thresholdFromText(value.toString());
    if (!typed)
        return false;
    auto thresholds = tuning_.inForce();
    thresholds[static_cast<std::size_t>(index.row())] = *typed;
    choice.chooseThresholds(thresholds);
    return true;
}

QVariant LayerTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (section == Layer || section == Scores ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Layer:
            return tr("Ticked: the layer may replay");
        case Scores:
            return tr("Each layer's scores in this run, on its own scale. Coloured: replayed");
        case Threshold:
            return tr("The layer replays where its TAS is greater. Double-click to type: a number, off, all");
        case Predicted:
            return tr("Of eligible, what is predicted to replay");
        default:
            return tr("Of eligible, what replayed in this run");
        }
    }
    if (role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Layer:
        return tr("Layer");
    case Scores:
        return tr("TAS");
    case Threshold:
        return tr("τ");
    case Predicted:
        return tr("would");
    default:
        return tr("did");
    }
}

} // namespace fastcar::ui
