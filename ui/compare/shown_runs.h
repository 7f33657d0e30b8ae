// SPDX-License-Identifier: Apache-2.0
//
// The run that the window shows, made or taken out of the library, and the one that it showed before, so that
// two runs in a row can be compared without a file. Each is a value that no longer changes; pictures are
// shared.
#pragma once

#include "engine/quality/loaded_run.h"
#include "ui/models/run_record.h"

#include <QObject>

#include <memory>

namespace fastcar::ui {

class ShownRuns : public QObject {
    Q_OBJECT
public:
    /// `record` outlives it.
    explicit ShownRuns(const RunRecord &record, QObject *parent = nullptr);

    using Run = std::shared_ptr<const LoadedRun>;
    /// As far as it was when shownChanged() came last. Null: there is none.
    Run shown() const { return shown_; }
    Run before() const { return before_; }

    /// Whether somebody looks: then shownChanged() comes with every whole frame, otherwise only at the end.
    void watch(bool watching);

signals:
    void shownChanged();
    void beforeChanged();

private:
    void takeShown();
    void takePhase(Phase phase);
    void keepBefore();

    const RunRecord &record_;
    bool watching_ = false;
    bool behind_ = false; // the record has frames that shown_ does not
    Run shown_, before_;
};

} // namespace fastcar::ui
