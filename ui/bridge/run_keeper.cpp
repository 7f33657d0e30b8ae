// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/run_keeper.h"

#include "ui/models/engine_words.h"

#include <utility>

namespace fastcar::ui {

RunKeeper::RunKeeper(RunController &controller, const RunRecord &record, QObject *parent)
    : QObject(parent)
    , controller_(controller)
    , record_(record)
{
    connect(&controller_, &RunController::drained, this, &RunKeeper::take);
}

RunKeeper::~RunKeeper() = default;

void RunKeeper::open(const std::filesystem::path &folder)
{
    setRunAtHand(std::nullopt);
    turn_ = 0;
    thread_ =
        std::make_unique<KeeperThread>(KeeperThread::Options{.folder = folder}, [this](KeeperNews news) {
            QMetaObject::invokeMethod(
                this, [this, news = std::move(news)] { takeNews(news); }, Qt::QueuedConnection);
        });
}

void RunKeeper::setRunAtHand(std::optional<RunId> run)
{
    if (run == runAtHand_)
        return;
    runAtHand_ = run;
    emit runAtHandChanged();
}

void RunKeeper::takeShown(std::optional<RunId> run)
{
    setRunAtHand(run);
    fromFile_ = !run;
    if (!thread_)
        return;
    ++turn_;
    thread_->adopt(run.value_or(0));
}

void RunKeeper::answer(std::vector<RunId> runs)
{
    if (thread_)
        thread_->answer(std::move(runs));
}

void RunKeeper::take(const EngineThread::Drained &drained)
{
    if (!thread_)
        return;
    if (drained.begun) {
        keptTold_ = false;
        if (const auto given = controller_.given()) {
            thread_->goOn(*given);
            if (fromFile_)
                emit stopped(tr("It came out of a file, not out of the library."));
        } else {
            setRunAtHand(std::nullopt);
            fromFile_ = false;
            ++turn_;
            thread_->begin(record_.trace().shape(), *drained.begun, modelName_);
        }
    }
    thread_->take(drained);
    if (drained.ended)
        takeEnd(*drained.ended);
}

void RunKeeper::takeEnd(const Result<GenerationResult> &ended)
{
    if (!ended) {
        thread_->end(RunState::Failed, ended.error().message, {});
        return;
    }
    const RunState state = ended->failure     ? RunState::Failed
                           : ended->cancelled ? RunState::Cancelled
                                              : RunState::Done;
    thread_->end(state, ended->failure ? ended->failure->message : std::string(), ended->frames);
}

void RunKeeper::takeNews(const KeeperNews &news)
{
    switch (news.kind) {
    case KeeperNews::Kind::Opened:
        emit opened(news.interrupted);
        break;
    case KeeperNews::Kind::OpenFailed:
        emit openFailed(engineWords(news.reason));
        break;
    case KeeperNews::Kind::Changed:
        if (news.turn == turn_) { // not of the run before
            setRunAtHand(news.run);
            if (!std::exchange(keptTold_, true))
                emit kept(news.run);
        }
        emit changed(news.run);
        break;
    case KeeperNews::Kind::Stopped:
        emit stopped(engineWords(news.reason));
        break;
    }
}

} // namespace fastcar::ui
