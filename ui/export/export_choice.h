// SPDX-License-Identifier: Apache-2.0
//
// What is to be written and how: all choices of the export dialog as one value, kept from one time to the
// next.
#pragma once

#include "ui/export/contact_sheet.h"
#include "ui/export/run_plots.h"

#include <QString>

namespace fastcar::ui {

/// Of a pixel; of a contact sheet, and of its rows.
constexpr int largestScale = 16, mostColumns = 64;

struct ExportChoice {
    enum class What { Video, Stills, Sheet, Trace, Plot };

    What what = What::Video;
    QString videoEnding = QStringLiteral("mp4");
    PictureLook video;
    int plays = 0;           // as writeVideo() takes it
    int framesPerSecond = 8; // of the clip at hand: not kept
    PictureLook stills;
    bool allStills = false; // otherwise the one that is looked at
    SheetLook sheet;
    QString traceEnding = QStringLiteral("fctrace");
    bool tokenTable = false; // of a trace as .csv: a line for each token, not for each outcome
    PlotKind plot = PlotKind::RatioByLayer;
    QString plotEnding = QStringLiteral("png");

    /// Of the file, without a dot.
    QString ending() const;
    /// What tells its file's proposed name from that of the run's other exports: "-sheet". Numbers do, too.
    QString nameSuffix() const;
    /// As it is kept in preference::exportChoice.
    QString toJson() const;
    /// What it cannot read is what it is at first.
    static ExportChoice fromJson(const QString &json);
};

} // namespace fastcar::ui
