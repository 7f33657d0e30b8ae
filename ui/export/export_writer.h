// SPDX-License-Identifier: Apache-2.0
//
// Writes what was chosen. On any thread; the window's need not wait. A file appears whole or not at all, and
// so do several together, but for a disk that gives up while they get their names.
#pragma once

#include "ui/export/export_choice.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace fastcar::ui {

struct ExportRequest {
    ExportChoice choice;
    std::shared_ptr<const ExportMaterial> material;
    /// With its ending. Several stills are named after it: "clip.png", "clip-0001.png".
    QString file;
};

/// The files that will be there, in their order.
QStringList filesOf(const ExportRequest &request);

/// Called with the share that is done, 0 to 1. False: stop.
using ExportProgress = std::function<bool(double)>;

/// Errors: what cannot be made of this run, the disk, Cancelled.
Result<void> writeExport(const ExportRequest &request, const ExportProgress &progress);

/// What will be written, small enough for a view of `size` device pixels. Null where there is nothing to see.
QImage exportPreview(const ExportRequest &request, QSize size);
/// "1024 × 512 pixels, 8 frames, 1.0 s": for a person.
QString exportFacts(const ExportRequest &request);

} // namespace fastcar::ui
