// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/run_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {

using State = RunController::State;

QLabel *figure(QWidget *parent, const QString &name, Qt::Alignment alignment)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setFont(numberFont(0.92));
    label->setProperty("rank", "secondary");
    label->setAlignment(alignment | Qt::AlignVCenter);
    return label;
}

/// Qt goes on moving a bar that was busy until the first part of it is full: a run would be stopped for that
/// 30 times a second until its tokens are shown.
class RunProgressBar : public QProgressBar {
public:
    using QProgressBar::QProgressBar;

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::StyleAnimationUpdate || maximum() == 0)
            return QProgressBar::event(event);
        event->ignore(); // nobody wants it: the movement ends
        return true;
    }
};

/// A bar paints itself at once when its value changes, and with it all that waits to be painted; this one
/// waits with the others.
void setQuietly(QProgressBar &bar, int value)
{
    if (bar.value() == value)
        return;
    bar.setUpdatesEnabled(false);
    bar.setValue(value);
    bar.setUpdatesEnabled(true);
}

} // namespace

QString describe(RunController::State state, const RunRecord &record)
{
    const int stride = std::max(1, record.trace().shape().stride);
    const int frames = record.trace().shape().frames;
    const int frame = std::min(record.progress().tokens() / stride + 1, std::max(1, frames));
    switch (state) {
    case State::Idle:
        return RunBar::tr("Ready");
    case State::Loading:
        return RunBar::tr("Opening the model…");
    case State::Prefill:
        return RunBar::tr("Reading the prompt…");
    case State::Repeating:
        return RunBar::tr("Running its steps again: %1 of %2")
            .arg(record.repeatedSteps())
            .arg(record.trace().steps());
    case State::Decoding:
        return RunBar::tr("Frame %1 of %2").arg(frame).arg(frames);
    case State::Pausing:
        return RunBar::tr("Pausing…");
    case State::Paused:
        return RunBar::tr("Paused in frame %1 of %2").arg(frame).arg(frames);
    case State::Cancelling:
        return RunBar::tr("Cancelling…");
    case State::Done:
        return RunBar::tr("Done");
    case State::Cancelled:
        return RunBar::tr("Cancelled");
    case State::Failed:
        return RunBar::tr("Failed");
    case State::Recorded:
        return RunBar::tr("A kept run");
    }
    return {};
}

RunBar::RunBar(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(buildButtons());
    bar_ = new RunProgressBar(this);
    bar_->setObjectName(QStringLiteral("runProgress"));
    bar_->setAccessibleName(tr("Progress"));
    bar_->setTextVisible(false);
    column->addWidget(bar_);
    column->addLayout(buildFigures());
    connectModels();
    showHeld(false);
    showQueue();
}

QLayout *RunBar::buildButtons()
{
    generate_ = new QPushButton(this);
    generate_->setObjectName(QStringLiteral("generateButton"));
    generate_->setProperty("kind", "primary");
    generate_->setMinimumHeight(34);
    runs_ = new QSpinBox(this);
    runs_->setObjectName(QStringLiteral("runsSpin"));
    runs_->setAccessibleName(tr("Number of runs"));
    runs_->setToolTip(tr("<p>How many runs, one after the other, with seeds that follow each other.</p>"));
    runs_->setRange(1, 99);
    runs_->setPrefix(QStringLiteral("× "));
    makeNumberField(*runs_);
    runs_->setMinimumHeight(34);
    pause_ = new QPushButton(tr("Pause"), this);
    pause_->setObjectName(QStringLiteral("pauseButton"));
    cancel_ = new QPushButton(tr("Cancel"), this);
    cancel_->setObjectName(QStringLiteral("cancelButton"));
    cancel_->setIcon(icon(QStringLiteral("stop")));
    cancel_->setToolTip(tr("Stop at the next token; what is done stays (Ctrl+.)"));
    restart_ = new QPushButton(this);
    restart_->setObjectName(QStringLiteral("restartButton"));
    restart_->setIcon(icon(QStringLiteral("restart")));
    restart_->setAccessibleName(tr("Cancel and start over"));
    restart_->setToolTip(tr(
        "<p><b>Cancel and start over</b> with the settings as they are now (Ctrl+Shift+R). What waits in the "
        "queue goes on waiting.</p>"));
    auto *first = new QHBoxLayout;
    first->setSpacing(6);
    first->addWidget(new SteadyBox(generate_, this), 1);
    first->addWidget(runs_);
    auto *second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(new SteadyBox(pause_, this), 1);
    second->addWidget(cancel_, 1);
    second->addWidget(restart_);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(8);
    buttons->addLayout(first);
    buttons->addLayout(second);
    return buttons;
}

QLayout *RunBar::buildFigures()
{
    state_ = new QLabel(this);
    state_->setObjectName(QStringLiteral("stateLabel"));
    left_ = figure(this, QStringLiteral("etaLabel"), Qt::AlignRight);
    tokens_ = figure(this, QStringLiteral("tokensLabel"), Qt::AlignLeft);
    pace_ = figure(this, QStringLiteral("rateLabel"), Qt::AlignRight);
    queue_ = new QLabel(this);
    queue_->setObjectName(QStringLiteral("queueLabel"));
    queue_->setProperty("rank", "secondary");
    auto *figures = new QGridLayout;
    figures->setVerticalSpacing(2);
    figures->addWidget(new SteadyBox(state_, this), 0, 0);
    figures->addWidget(new SteadyBox(left_, this), 0, 1);
    figures->addWidget(new SteadyBox(tokens_, this), 1, 0);
    figures->addWidget(new SteadyBox(pace_, this), 1, 1);
    figures->addWidget(queue_, 2, 0, 1, 2);
    return figures;
}

void RunBar::connectModels()
{
    RunController &controller = models_.controller;
    connect(generate_, &QPushButton::clicked, this, &RunBar::generateAsked);
    connect(restart_, &QPushButton::clicked, this, &RunBar::restartAsked);
    connect(pause_, &QPushButton::clicked, this, [&controller] {
        const bool held = controller.state() == State::Paused || controller.state() == State::Pausing;
        held ? controller.resume() : controller.pause();
    });
    connect(cancel_, &QPushButton::clicked, &controller, &RunController::cancel);
    connect(&controller, &RunController::stateChanged, this, &RunBar::showState);
    connect(&models_.record, &RunRecord::advanced, this, &RunBar::showProgress);
    connect(&models_.record, &RunRecord::began, this, &RunBar::showProgress);
    connect(&models_.queue, &RunQueue::changed, this, &RunBar::showQueue);
    connect(&models_.runner, &QueueRunner::heldChanged, this, &RunBar::showQueue);
}

int RunBar::runs() const
{
    return runs_->value();
}

void RunBar::setMissing(const QString &missing, const QString &help)
{
    missing_ = missing;
    help_ = help.isEmpty() ? missing : help;
    showState();
}

void RunBar::showHeld(bool held)
{
    held_ = held;
    pause_->setText(held ? tr("Resume") : tr("Pause"));
    pause_->setIcon(icon(held ? QStringLiteral("play") : QStringLiteral("pause")));
    pause_->setToolTip(held ? tr("Go on where the run stands (Ctrl+Shift+Enter)")
                            : tr("Hold the run at the next token (Ctrl+Shift+Enter)"));
}

void RunBar::showState()
{
    const State state = models_.controller.state();
    const bool running = models_.controller.running();
    const bool held = state == State::Paused || state == State::Pausing;
    const bool ready = missing_.isEmpty();
    generate_->setEnabled(ready);
    const bool atOnce = models_.runner.idle();
    generate_->setText(atOnce ? tr("Generate") : tr("Add to the queue"));
    generate_->setToolTip(!ready   ? help_
                          : atOnce ? tr("Make the video (Ctrl+Enter)")
                                   : tr("Make this one behind those that wait (Ctrl+Enter)"));
    restart_->setEnabled(ready && running && state != State::Cancelling);
    pause_->setEnabled(running && state != State::Cancelling);
    if (held != held_)
        showHeld(held);
    cancel_->setEnabled(running && state != State::Cancelling);
    showProgress();
}

void RunBar::showProgress()
{
    const State state = models_.controller.state();
    const RunRecord &record = models_.record;
    const Progress &progress = record.progress();
    // The tokens of a small model may be here before it is known that they are drawn.
    const bool waiting = (state == State::Loading || state == State::Prefill) && progress.tokens() == 0;
    bar_->setRange(0, waiting ? 0 : std::max(1, progress.total()));
    setQuietly(*bar_, progress.tokens());
    state_->setText(state == State::Idle && !missing_.isEmpty() ? missing_ : describe(state, record));

    const bool any = record.hasRun() && progress.total() > 0;
    const auto left = progress.secondsLeft();
    const bool going = models_.controller.running() && !waiting;
    left_->setText(going && left ? tr("%1 left").arg(clockText(*left))
                   : any         ? (going ? clockText : secondsText)(progress.secondsWorked())
                                 : QString());
    left_->setToolTip(going ? tr("Estimated from the pace of the last tokens") : tr("Time of work"));
    tokens_->setText(any ? tr("%1 / %2 tokens").arg(progress.tokens()).arg(progress.total()) : QString());
    const double pace = progress.tokensPerSecond();
    pace_->setText(any && pace > 0.0 ? tr("%1 tok/s").arg(pace, 0, 'f', pace < 100.0 ? 1 : 0) : QString());
}

void RunBar::showQueue()
{
    const int waiting = models_.queue.waiting();
    const QString count = waiting == 1 ? tr("1 run waits") : tr("%1 runs wait").arg(waiting);
    queue_->setText(models_.runner.held() ? tr("Queue held: %1").arg(count) : tr("Queue: %1").arg(count));
    queue_->setVisible(waiting > 0);
    showState();
}

} // namespace fastcar::ui
