// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/step_times.h"

#include "ui/models/engine_words.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace fastcar::ui {

namespace {

/// After that long the other thread comes back with what it has: a newer wish waits no longer than this, or
/// than one step.
constexpr std::chrono::milliseconds stay{40};
/// So much longer than a stay is the pause behind it while a run goes on.
constexpr int pauseTimes = 9;
constexpr std::size_t tasksAtOnce = 64;
/// A step of a 7B model has some 100 000 spans.
constexpr std::size_t picturesKept = 24;
constexpr int coarsest = 64;

} // namespace

StepTimes::StepTimes(const RunRecord &record, QObject *parent)
    : QObject(parent)
    , record_(record)
{
    connect(&record_, &RunRecord::began, this, [this] {
        forget();
        emit changed();
    });
    pause_.setSingleShot(true);
    connect(&pause_, &QTimer::timeout, this, &StepTimes::startNext);
    connect(&record_, &RunRecord::phaseChanged, this, [this] {
        if (!record_.goesOn() && pause_.isActive()) {
            pause_.stop();
            startNext();
        }
    });
}

void StepTimes::forget()
{
    ++generation_;
    policies_.clear();
    pictures_.clear();
    pictureOrder_.clear();
    wanted_ = {};
}

void StepTimes::setModel(const ModelConfig &model, int promptTokens)
{
    forget();
    timing_.reset();
    error_.clear();
    model_ = model;
    promptTokens_ = promptTokens;
    startNext();
    emit changed();
}

void StepTimes::forgetModel()
{
    forget();
    timing_.reset();
    error_.clear();
    model_.reset();
    emit changed();
}

void StepTimes::setCard(const QString &name)
{
    const std::string card = name.toStdString();
    if (card == card_)
        return;
    forget();
    timing_.reset();
    error_.clear();
    card_ = card;
    startNext();
    emit changed();
}

void StepTimes::want(const Wanted &wanted)
{
    wanted_ = wanted;
    startNext();
}

void StepTimes::rest()
{
    wanted_ = {};
}

std::shared_ptr<const StepPicture> StepTimes::picture(DrsPolicy drs, int step) const
{
    const auto found = pictures_.find({drs, step});
    return found != pictures_.end() ? found->second : nullptr;
}

int StepTimes::lastPictured(const std::vector<DrsPolicy> &policies) const
{
    for (auto key = pictureOrder_.rbegin(); key != pictureOrder_.rend(); ++key)
        if (std::all_of(policies.begin(), policies.end(), [&](DrsPolicy drs) {
                return pictures_.contains({drs, key->second});
            }))
            return key->second;
    return -1;
}

std::optional<StepTimes::Figures> StepTimes::figures(DrsPolicy drs, int step) const
{
    const auto found = policies_.find(drs);
    if (found == policies_.end() || step < 0 || step >= static_cast<int>(found->second.steps.size()))
        return std::nullopt;
    return found->second.steps[static_cast<std::size_t>(step)];
}

std::optional<StepTimes::Figures> StepTimes::dense(DrsPolicy drs, int step) const
{
    const auto found = policies_.find(drs);
    if (found == policies_.end() || !found->second.dense.contains(step))
        return std::nullopt;
    return found->second.dense.at(step);
}

int StepTimes::known(DrsPolicy drs) const
{
    const auto found = policies_.find(drs);
    return found != policies_.end() ? found->second.known : 0;
}

double StepTimes::knownSeconds(DrsPolicy drs) const
{
    const auto found = policies_.find(drs);
    return found != policies_.end() ? found->second.seconds : 0.0;
}

EnergyEstimate StepTimes::knownEnergy(DrsPolicy drs) const
{
    const auto found = policies_.find(drs);
    return found != policies_.end() ? found->second.energy : EnergyEstimate{};
}

StepTimes::Task StepTimes::task(Task::What what, DrsPolicy drs, int step) const
{
    const Trace &trace = record_.trace();
    const TraceShape &shape = trace.shape();
    Task task;
    task.what = what;
    task.drs = drs;
    task.step = step;
    task.replays.assign(static_cast<std::size_t>(shape.layers), 0);
    task.query.position = promptTokens_ + step;
    task.query.rows = shape.rows;
    task.query.earlier = std::max(0, task.query.position - shape.stride);
    task.query.measured = false;
    for (int layer = 0; layer < shape.layers; ++layer) {
        for (int row = 0; row < shape.rows; ++row) {
            const LayerOutcome outcome = trace.outcome(step, layer, row);
            task.query.measured = task.query.measured || !std::isnan(outcome.tas);
            if (outcome.decision == Decision::Replayed && what != Task::What::Dense)
                task.replays[static_cast<std::size_t>(layer)] |= 1U << row;
        }
    }
    task.query.policy = trace.policy(trace.policyOf(step));
    task.query.policy.drs = drs;
    task.query.attention = trace.settings().attention;
    return task;
}

std::vector<StepTimes::Task> StepTimes::nextTasks() const
{
    std::vector<Task> tasks;
    if (wanted_.step < 0 || wanted_.step >= record_.wholeSteps())
        return tasks;
    using What = Task::What;
    const int step = wanted_.step;
    std::vector<DrsPolicy> shown{wanted_.drs};
    if (wanted_.compared && *wanted_.compared != wanted_.drs)
        shown.push_back(*wanted_.compared);
    for (const DrsPolicy drs : shown)
        if (!picture(drs, step))
            tasks.push_back(task(What::Picture, drs, step));
    if (!figures(DrsPolicy::Static, step))
        tasks.push_back(task(What::Figures, DrsPolicy::Static, step));
    for (const DrsPolicy drs : shown)
        if (!dense(drs, step))
            tasks.push_back(task(What::Dense, drs, step));
    for (const DrsPolicy drs : shown)
        addMissing(tasks, drs);
    return tasks;
}

void StepTimes::addMissing(std::vector<Task> &tasks, DrsPolicy drs) const
{
    const int steps = record_.wholeSteps();
    if (known(drs) >= steps)
        return;
    for (int stride = coarsest; stride >= 1; stride /= 2) {
        for (int step = 0; step < steps; step += stride) {
            if (tasks.size() >= tasksAtOnce)
                return;
            // Every second one was visited with the stride before.
            const bool visited = stride < coarsest && step % (2 * stride) == 0;
            if (!visited && !figures(drs, step))
                tasks.push_back(task(Task::What::Figures, drs, step));
        }
    }
}

StepTimes::Batch StepTimes::compute(std::shared_ptr<CardTiming> timing, const std::string &card,
                                    const ModelConfig &model, std::vector<Task> tasks)
{
    Batch batch;
    const auto begun = std::chrono::steady_clock::now();
    if (!timing) {
        auto made = createCardTiming(card, model);
        if (!made) {
            batch.error = made.error();
            return batch;
        }
        timing = std::move(made).value();
    }
    batch.timing = timing;
    batch.card = timing->card();
    for (Task &task : tasks) {
        if (!batch.answers.empty() && std::chrono::steady_clock::now() - begun > stay)
            break;
        task.query.replays = task.replays;
        const bool spans = task.what == Task::What::Picture;
        auto timed = timing->time(task.query, spans);
        if (!timed) {
            batch.error = timed.error();
            return batch;
        }
        Answer answer;
        answer.figures = Figures{
            .cycles = stepCycles(timed->counters), .seconds = timed->seconds, .energy = timed->energy};
        if (spans)
            answer.picture = makeStepPicture(std::move(timed).value(), timing->card(), task.replays);
        answer.task = std::move(task);
        batch.answers.push_back(std::move(answer));
    }
    batch.took = std::chrono::steady_clock::now() - begun;
    return batch;
}

void StepTimes::startNext()
{
    if (job_.running() || pause_.isActive() || !error_.isEmpty() || !model_ || card_.empty())
        return;
    std::vector<Task> tasks = nextTasks();
    if (tasks.empty() && timing_)
        return; // without a timing: at least whether the model fits the card
    job_.start(
        this,
        [timing = timing_, card = card_, model = *model_, tasks = std::move(tasks)] {
            return compute(timing, card, model, tasks);
        },
        [this, generation = generation_](Batch batch) {
            const auto took = batch.took;
            if (generation == generation_)
                take(std::move(batch));
            goOnAfter(took);
            emit changed();
        });
}

void StepTimes::goOnAfter(std::chrono::nanoseconds work)
{
    if (record_.goesOn())
        pause_.start(std::chrono::duration_cast<std::chrono::milliseconds>(pauseTimes * work));
    else
        startNext();
}

void StepTimes::take(Batch batch)
{
    timing_ = batch.timing;
    cardInfo_ = batch.card;
    for (Answer &answer : batch.answers) {
        const Task &task = answer.task;
        if (task.what == Task::What::Dense) {
            policies_[task.drs].dense[task.step] = *answer.figures;
            continue;
        }
        keepFigures(task.drs, task.step, *answer.figures);
        if (answer.picture)
            keepPicture({task.drs, task.step}, std::move(answer.picture));
    }
    if (batch.error)
        error_ = engineWords(*batch.error);
}

void StepTimes::keepFigures(DrsPolicy drs, int step, const Figures &figures)
{
    OfPolicy &of = policies_[drs];
    if (static_cast<int>(of.steps.size()) <= step)
        of.steps.resize(static_cast<std::size_t>(step) + 1);
    auto &kept = of.steps[static_cast<std::size_t>(step)];
    if (kept)
        return; // the same question has the same answer
    kept = figures;
    ++of.known;
    of.seconds += figures.seconds;
    of.energy.computeJ += figures.energy.computeJ;
    of.energy.memoryJ += figures.energy.memoryJ;
    of.energy.idleJ += figures.energy.idleJ;
}

void StepTimes::keepPicture(const PictureKey &key, std::shared_ptr<const StepPicture> picture)
{
    pictures_[key] = std::move(picture);
    std::erase(pictureOrder_, key);
    pictureOrder_.push_back(key);
    while (pictureOrder_.size() > picturesKept) {
        pictures_.erase(pictureOrder_.front());
        pictureOrder_.pop_front();
    }
}

} // namespace fastcar::ui
