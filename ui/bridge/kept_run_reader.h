// SPDX-License-Identifier: Apache-2.0
//
// Reads a run of the library in the background: its entry, trace and pictures, for the views or to be
// compared. Of several asked for in a row, the last one counts.
#pragma once

#include "engine/library/library.h"
#include "ui/bridge/background_job.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

namespace fastcar::ui {

struct KeptRunContent {
    RunEntry entry;
    Trace trace;
    std::vector<std::vector<SharedFrame>> frames; // whole ones of each video
};

class KeptRunReader : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The folder that runs are read from.
    void setLibrary(const std::filesystem::path &folder) { folder_ = folder; }
    void read(RunId run);
    bool reading() const { return job_.running(); }

signals:
    void done(const fastcar::ui::KeptRunContent &content);
    void failed(fastcar::RunId run, const QString &reason);

private:
    void start(RunId run);

    std::filesystem::path folder_;
    std::optional<RunId> next_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
