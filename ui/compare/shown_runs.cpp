// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/shown_runs.h"

namespace fastcar::ui {

ShownRuns::ShownRuns(const RunRecord &record, QObject *parent)
    : QObject(parent)
    , record_(record)
{
    connect(&record_, &RunRecord::began, this, &ShownRuns::keepBefore);
    connect(&record_, &RunRecord::phaseChanged, this, &ShownRuns::takePhase);
    connect(&record_.frames(), &FrameStore::frameChanged, this, [this](int video, int frame) {
        if (!record_.frames().at(video, frame).whole)
            return;
        behind_ = true;
        if (watching_)
            takeShown();
    });
}

void ShownRuns::watch(bool watching)
{
    watching_ = watching;
    if (watching_ && behind_)
        takeShown();
}

/// The record has begun another run; what it had at the end of the last one is here.
void ShownRuns::keepBefore()
{
    behind_ = false;
    if (!shown_)
        return;
    before_ = std::move(shown_);
    shown_.reset();
    emit beforeChanged();
    emit shownChanged();
}

/// All of a run is there, or all that there will be of it.
void ShownRuns::takePhase(Phase phase)
{
    if ((phase == Phase::Done || phase == Phase::Cancelled || phase == Phase::Failed) &&
        record_.trace().tokens() > 0)
        takeShown();
}

void ShownRuns::takeShown()
{
    behind_ = false;
    auto run = std::make_shared<LoadedRun>();
    run->name = tr("the shown run").toStdString();
    run->settings = record_.trace().settings();
    run->trace = std::make_shared<const Trace>(record_.trace());
    for (int video = 0; video < record_.frames().videos(); ++video)
        run->videos.push_back(record_.frames().wholePictures(video));
    shown_ = std::move(run);
    emit shownChanged();
}

} // namespace fastcar::ui
