// SPDX-License-Identifier: Apache-2.0
//
// The newest runs of the library, to be chosen from a menu: read in the background whenever somebody asks.
// What was read last stays until the new is there. Runs without a token are left out, and so is the one that
// the window shows, which has an entry of its own.
#pragma once

#include "engine/library/library.h"
#include "ui/bridge/latest_job.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

namespace fastcar::ui {

class RecentRuns : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    static constexpr int most = 8;

    /// The folder that runs are read from.
    void setLibrary(const std::filesystem::path &folder);
    bool hasLibrary() const { return !folder_.empty(); }
    const std::filesystem::path &folder() const { return folder_; }

    /// Nothing: what is shown is none of the library's.
    void setShown(std::optional<RunId> run);

    void ask();
    /// Something was read, or could not be.
    bool known() const { return known_; }
    const std::vector<RunEntry> &runs() const { return runs_; }
    /// Why the library cannot be read; empty: it can.
    const QString &problem() const { return problem_; }

signals:
    void changed();

private:
    void take(Result<std::vector<RunEntry>> runs);
    void choose();

    std::filesystem::path folder_;
    bool known_ = false;
    std::optional<RunId> shown_;
    std::vector<RunEntry> found_; // more than are offered
    std::vector<RunEntry> runs_;
    QString problem_;
    LatestJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
