// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/queue_runner.h"

#include "ui/models/engine_words.h"

#include <utility>

namespace fastcar::ui {

QueueRunner::QueueRunner(RunQueue &queue, RunController &controller, const RunRecord &record, QObject *parent)
    : QObject(parent)
    , queue_(queue)
    , controller_(controller)
    , record_(record)
    , held_(queue.waiting() > 0)
{
    connect(&controller_, &RunController::stateChanged, this, &QueueRunner::takeState);
}

bool QueueRunner::idle() const
{
    return !controller_.running() && !opening() && queue_.waiting() == 0;
}

bool QueueRunner::add(const RunSettings &settings, int runs)
{
    const bool atOnce = idle();
    change_.emplace(queue_);
    queue_.add(settings, runs);
    if (atOnce)
        setHeld(false);
    startNext();
    change_.reset();
    return atOnce;
}

void QueueRunner::retry(int row)
{
    const bool atOnce = idle();
    change_.emplace(queue_);
    queue_.retry(row);
    if (atOnce)
        setHeld(false);
    startNext();
    change_.reset();
}

void QueueRunner::restartWith(const RunSettings &settings)
{
    queue_.add(settings, 1, true);
    if (controller_.running())
        skip();
    else {
        setHeld(false);
        startNext();
    }
}

void QueueRunner::goOn(const RunSettings &settings, RunPrefix prefix, std::optional<ReplayPolicy> policy)
{
    if (controller_.running() || !model_)
        return;
    change_.emplace(queue_);
    // What is shown need not be the last run: it may be one of the library, which the queue of last time has.
    auto row = queue_.endedRowOf(record_.trace().settings(), last_);
    if (!row) {
        RunSettings begun = record_.trace().settings();
        begun.continued.clear();
        queue_.add(begun, 1, true);
        row = queue_.next();
    }
    last_ = queue_.at(*row).number;
    queue_.start(*row);
    change_.reset();
    controller_.start(model_->checkpoint->config(), settings, std::move(prefix), std::move(policy));
}

void QueueRunner::setHeld(bool held)
{
    if (held == held_)
        return;
    held_ = held;
    emit heldChanged(held_);
    startNext();
}

void QueueRunner::skip()
{
    if (!controller_.running())
        return;
    skipping_ = true;
    controller_.cancel();
}

void QueueRunner::startNext()
{
    const auto row = queue_.next();
    if (held_ || !row || controller_.running() || opening())
        return;
    const std::string &folder = queue_.at(*row).settings.modelFolder;
    if (model_ && model_->checkpoint->folder() == folder) {
        startWith(*model_);
        return;
    }
    opening_.start(
        this, [folder] { return Model::open(folder); },
        [this, folder](Result<Model> opened) { takeModel(folder, std::move(opened)); });
    emit queue_.changed();
}

void QueueRunner::takeModel(const std::string &folder, Result<Model> opened)
{
    // Meanwhile another one may have come to the front.
    const auto row = queue_.next();
    if (opened)
        model_ = std::move(opened).value();
    else if (row && queue_.at(*row).settings.modelFolder == folder) {
        const RunSettings settings = queue_.at(*row).settings;
        const QString reason = engineWords(opened.error());
        queue_.start(*row);
        queue_.end(RunQueue::State::Failed, reason);
        emit couldNotStart(settings, reason);
    }
    startNext();
}

void QueueRunner::startWith(const Model &model)
{
    const int row = *queue_.next();
    last_ = queue_.at(row).number;
    const RunSettings settings = queue_.at(row).settings;
    queue_.start(row);
    change_.reset(); // written before the run takes the cores
    controller_.start(model.checkpoint->config(), settings);
}

QString QueueRunner::howFar() const
{
    return tr("It came to token %1 of %2.").arg(record_.progress().tokens()).arg(record_.progress().total());
}

void QueueRunner::takeState(RunController::State state)
{
    using State = RunController::State;
    if (state != State::Done && state != State::Cancelled && state != State::Failed)
        return;
    if (state == State::Done)
        queue_.finish();
    else if (state == State::Cancelled)
        queue_.end(RunQueue::State::Cancelled, tr("Cancelled.") + QLatin1Char(' ') + howFar());
    else
        queue_.end(RunQueue::State::Failed, controller_.failure());
    const bool skipped = std::exchange(skipping_, false);
    const bool stays = state == State::Cancelled ? !skipped : controller_.deviceFailed();
    if (stays && queue_.waiting() > 0)
        setHeld(true);
    // Not from within the news of an end: others are still to hear of it.
    QMetaObject::invokeMethod(this, &QueueRunner::startNext, Qt::QueuedConnection);
}

} // namespace fastcar::ui
