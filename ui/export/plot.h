// SPDX-License-Identifier: Apache-2.0
//
// A plot as a value, and as a picture, a drawing and a table. Plots are for pages: their colours are the
// light theme's whatever the window's are.
#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

class QPainter;
class QRectF;

namespace fastcar::ui {

struct Plot {
    /// What a series means decides its colour.
    enum class Ink { Replayed, Computed, Neutral };
    struct Series {
        QString name;
        Ink ink = Ink::Neutral;
        std::vector<std::optional<double>> values; // one for each of `places`; nothing: not known
    };

    QString title, xName, yName;
    std::vector<double> places; // along x, at equal distances: layers, frames, the middles of bins
    bool stacked = false;       // bars upon each other instead of beside each other
    std::vector<Series> series;
    double high = 1.0; // of the y axis, which begins at 0
    /// The same numbers and those that they were made of: names, then a line for each place.
    QByteArray csv;
};

/// Into `area`; sizes of text and lines are in its units (96 to the inch).
void paintPlot(QPainter &painter, const Plot &plot, const QRectF &area);

/// By the ending: .png, .svg or .csv. The file appears whole or not at all.
Result<void> writePlot(const std::filesystem::path &file, const Plot &plot);

} // namespace fastcar::ui
