// SPDX-License-Identifier: Apache-2.0
#include "ui/prompt/run_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
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
    }
    return {};
}

RunBar::RunBar(RunController &controller, const RunRecord &record, QWidget *parent)
    : QWidget(parent)
    , controller_(controller)
    , record_(record)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);

    generate_ = new QPushButton(tr("Generate"), this);
    generate_->setObjectName(QStringLiteral("generateButton"));
    generate_->setProperty("kind", "primary");
    generate_->setMinimumHeight(34);
    generate_->setToolTip(tr("Make the video (Ctrl+Enter)"));
    pause_ = new QPushButton(tr("Pause"), this);
    pause_->setObjectName(QStringLiteral("pauseButton"));
    pause_->setIcon(icon(QStringLiteral("pause")));
    cancel_ = new QPushButton(tr("Cancel"), this);
    cancel_->setObjectName(QStringLiteral("cancelButton"));
    cancel_->setIcon(icon(QStringLiteral("stop")));
    cancel_->setToolTip(tr("Stop at the next token; what is done stays (Ctrl+.)"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(pause_);
    buttons->addWidget(cancel_);
    column->addWidget(generate_);
    column->addLayout(buttons);

    bar_ = new QProgressBar(this);
    bar_->setObjectName(QStringLiteral("runProgress"));
    bar_->setAccessibleName(tr("Progress"));
    bar_->setTextVisible(false);
    column->addWidget(bar_);
    state_ = new QLabel(this);
    state_->setObjectName(QStringLiteral("stateLabel"));
    left_ = figure(this, QStringLiteral("etaLabel"), Qt::AlignRight);
    tokens_ = figure(this, QStringLiteral("tokensLabel"), Qt::AlignLeft);
    pace_ = figure(this, QStringLiteral("rateLabel"), Qt::AlignRight);
    auto *figures = new QGridLayout;
    figures->setVerticalSpacing(2);
    figures->addWidget(state_, 0, 0);
    figures->addWidget(left_, 0, 1);
    figures->addWidget(tokens_, 1, 0);
    figures->addWidget(pace_, 1, 1);
    column->addLayout(figures);

    connect(generate_, &QPushButton::clicked, this, &RunBar::generateAsked);
    connect(pause_, &QPushButton::clicked, this, [this] {
        const bool held = controller_.state() == State::Paused || controller_.state() == State::Pausing;
        held ? controller_.resume() : controller_.pause();
    });
    connect(cancel_, &QPushButton::clicked, &controller_, &RunController::cancel);
    connect(&controller_, &RunController::stateChanged, this, &RunBar::showState);
    connect(&record_, &RunRecord::advanced, this, &RunBar::showProgress);
    connect(&record_, &RunRecord::began, this, &RunBar::showProgress);
    showState();
    showProgress();
}

void RunBar::setReady(bool ready)
{
    ready_ = ready;
    showState();
}

void RunBar::showState()
{
    const State state = controller_.state();
    const bool running = controller_.running();
    const bool held = state == State::Paused || state == State::Pausing;
    generate_->setEnabled(ready_ && !running);
    pause_->setEnabled(running && state != State::Cancelling);
    pause_->setText(held ? tr("Resume") : tr("Pause"));
    pause_->setIcon(icon(held ? QStringLiteral("play") : QStringLiteral("pause")));
    pause_->setToolTip(held ? tr("Go on where the run stands (Ctrl+Shift+Enter)")
                            : tr("Hold the run at the next token (Ctrl+Shift+Enter)"));
    cancel_->setEnabled(running && state != State::Cancelling);
    showProgress();
}

void RunBar::showProgress()
{
    const State state = controller_.state();
    const Progress &progress = record_.progress();
    const bool waiting = state == State::Loading || state == State::Prefill;
    bar_->setRange(0, waiting ? 0 : std::max(1, progress.total()));
    bar_->setValue(progress.tokens());
    state_->setText(describe(state, record_));

    const bool any = record_.hasRun() && progress.total() > 0;
    const auto left = progress.secondsLeft();
    const bool going = controller_.running() && !waiting;
    left_->setText(going && left ? tr("%1 left").arg(clockText(*left))
                   : any         ? clockText(progress.secondsWorked())
                                 : QString());
    left_->setToolTip(going ? tr("Estimated from the pace of the last tokens") : tr("Time of work"));
    tokens_->setText(any ? tr("%1 / %2 tokens").arg(progress.tokens()).arg(progress.total()) : QString());
    const double pace = progress.tokensPerSecond();
    pace_->setText(any && pace > 0.0 ? tr("%1 tok/s").arg(pace, 0, 'f', pace < 100.0 ? 1 : 0) : QString());
}

} // namespace fastcar::ui
