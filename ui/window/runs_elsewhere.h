// SPDX-License-Identifier: Apache-2.0
//
// Runs that stopped here and went on in another program: those of the queue, and the one that is shown.
// Whoever comes back to the window, or looks into the library, is told of them, once; what is done there
// leaves the queue, and is not gone on with here.
#pragma once

#include "engine/library/library.h"
#include "ui/bridge/latest_job.h"
#include "ui/bridge/run_controller.h"

#include <QObject>

#include <filesystem>
#include <map>
#include <vector>

namespace fastcar::ui {

class MessageBanner;
class RunKeeper;
class RunQueue;

class RunsElsewhere : public QObject {
    Q_OBJECT
public:
    /// All of them outlive it.
    struct Parts {
        const RunController &controller;
        const RunRecord &record;
        const RunKeeper &keeper;
        RunQueue &queue;
        MessageBanner &banner;
    };
    explicit RunsElsewhere(const Parts &parts, QObject *parent = nullptr);

    /// The folder that is looked into.
    void setLibrary(const std::filesystem::path &folder);
    /// In the background.
    void look();
    /// The library has more of the run that is shown than is seen here.
    bool shownWentOn() const;

signals:
    /// It is to be seen as it is now.
    void showAsked(fastcar::RunId run);
    /// shownWentOn() may have.
    void changed();

private:
    void take(const std::vector<RunEntry> &runs);
    bool leavesQueue(const RunEntry &run);
    void tell(const std::vector<RunEntry> &runs);

    Parts parts_;
    std::filesystem::path folder_;
    std::map<RunId, RunEntry> known_; // that were asked about, as they were found last
    LatestJob job_;                   // last: waits for its work before the rest goes
};

} // namespace fastcar::ui
