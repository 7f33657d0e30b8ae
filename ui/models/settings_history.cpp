// SPDX-License-Identifier: Apache-2.0
#include "ui/models/settings_history.h"

#include "ui/models/settings_change.h"

#include <QGuiApplication>

namespace fastcar::ui {

namespace {
constexpr int pauseMs = 900;
constexpr std::size_t mostSteps = 200;
} // namespace

SettingsHistory::SettingsHistory(RunSettingsModel &settings, QObject *parent)
    : QObject(parent)
    , settings_(settings)
{
    pause_.setSingleShot(true);
    pause_.setInterval(pauseMs);
    connect(&pause_, &QTimer::timeout, this, [this] {
        // A hand that holds a slider still has not let go of it.
        if (QGuiApplication::mouseButtons() != Qt::NoButton)
            pause_.start();
        else
            settle();
    });
    connect(&settings_, &RunSettingsModel::changed, this, &SettingsHistory::take);
    connect(&settings_, &RunSettingsModel::replaced, this, &SettingsHistory::begin);
    begin();
}

void SettingsHistory::begin()
{
    steps_.assign(1, {.name = {}, .settings = settings_.snapshot()});
    at_ = 0;
    growing_ = false;
    emit changed();
}

void SettingsHistory::take()
{
    if (restoring_)
        return;
    const RunSettingsModel::Snapshot now = settings_.snapshot();
    const QString name = nameOfChange(steps_[at_].settings, now);
    if (name.isEmpty())
        return;
    steps_.resize(at_ + 1);
    if (growing_ && at_ > 0 && nameOfChange(steps_[at_ - 1].settings, now) == steps_[at_].name) {
        steps_[at_].settings = now;
    } else if (growing_ && at_ > 0 && now == steps_[at_ - 1].settings) {
        steps_.pop_back(); // it went back to where it came from
        --at_;
    } else {
        steps_.push_back({.name = name, .settings = now});
        if (steps_.size() > mostSteps)
            steps_.erase(steps_.begin());
        at_ = steps_.size() - 1;
    }
    growing_ = true;
    pause_.start();
    emit changed();
}

bool SettingsHistory::mayCross(std::size_t a, std::size_t b) const
{
    return !running_ ||
           steps_[a].settings.settings.replay.definition == steps_[b].settings.settings.replay.definition;
}

bool SettingsHistory::canUndo() const
{
    return at_ > 0 && mayCross(at_, at_ - 1);
}

bool SettingsHistory::canRedo() const
{
    return at_ + 1 < steps_.size() && mayCross(at_, at_ + 1);
}

QString SettingsHistory::undoName() const
{
    return at_ > 0 ? steps_[at_].name : QString();
}

QString SettingsHistory::redoName() const
{
    return at_ + 1 < steps_.size() ? steps_[at_ + 1].name : QString();
}

void SettingsHistory::setRunning(bool running)
{
    running_ = running;
    emit changed();
}

void SettingsHistory::undo()
{
    if (canUndo())
        goTo(at_ - 1);
}

void SettingsHistory::redo()
{
    if (canRedo())
        goTo(at_ + 1);
}

void SettingsHistory::goTo(std::size_t step)
{
    restoring_ = true;
    settings_.restore(steps_[step].settings);
    restoring_ = false;
    at_ = step;
    settle();
    emit changed();
}

} // namespace fastcar::ui
