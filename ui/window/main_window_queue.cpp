// SPDX-License-Identifier: Apache-2.0
//
// The main window and its queue: how a run is asked for, and what is told of those that wait.
#include "ui/prompt/prompt_panel.h"
#include "ui/queue/queue_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/message_banner.h"

#include <QAction>
#include <QStatusBar>

namespace fastcar::ui {

namespace {
constexpr int statusMessageMs = 6000;
} // namespace

void MainWindow::generate()
{
    if (!actions_.generate->isEnabled())
        return;
    prompts_.add(settings_.prompt());
    addRun(settings_.takeForRun(), prompt_->runs());
}

/// Whoever asks for a run hears of it where it does not begin.
void MainWindow::addRun(const RunSettings &settings, int runs)
{
    const int before = queue_.waiting();
    if (runner_.add(settings, runs))
        banner_->hide();
    else if (runner_.held() && !controller_.running())
        banner_->showMessage(
            MessageBanner::Kind::Info, tr("The queue is held."),
            before == 1 ? tr("This run waits behind another one; they begin when you say so.")
                        : tr("This run waits behind %1 others; they begin when you say so.").arg(before),
            {{tr("Go on"), QStringLiteral("queueGoOnButton"), [this] { goOnWithQueue(); }}});
    else
        statusBar()->showMessage(tr("Added to the queue: number %1 in line.").arg(queue_.waiting()),
                                 statusMessageMs);
}

void MainWindow::restart()
{
    if (!actions_.restart->isEnabled())
        return;
    banner_->hide();
    prompts_.add(settings_.prompt());
    runner_.restartWith(settings_.takeForRun());
}

void MainWindow::connectQueue()
{
    connect(prompt_, &PromptPanel::restartAsked, this, &MainWindow::restart);
    const auto tell = [this](const QString &reason) {
        banner_->showMessage(MessageBanner::Kind::Error, tr("Something was not saved."), reason);
    };
    connect(&prompts_, &PromptHistory::saveFailed, this, tell);
    connect(&queue_, &RunQueue::saveFailed, this, tell);
    connect(&queue_, &RunQueue::changed, this, &MainWindow::updateActions); // is it made at once?
    connect(&runner_, &QueueRunner::couldNotStart, this,
            [this](const RunSettings &settings, const QString &reason) {
                banner_->showMessage(MessageBanner::Kind::Error,
                                     tr("“%1” could not begin.").arg(QString::fromStdString(settings.prompt)),
                                     reason);
            });
    connect(queuePanel_, &QueuePanel::settingsWanted, this, [this](const RunSettings &settings) {
        const QString left = settings_.takeFromRun(settings);
        if (!left.isEmpty())
            banner_->showMessage(MessageBanner::Kind::Info, tr("Not all of its settings could be taken."),
                                 left);
    });
}

/// Of last time; nothing of it begins by itself.
void MainWindow::tellQueue()
{
    if (!queue_.loadError().isEmpty())
        banner_->showMessage(MessageBanner::Kind::Error, tr("The queue is empty."), queue_.loadError());
    else if (queue_.waiting() > 0)
        banner_->showMessage(MessageBanner::Kind::Info,
                             queue_.waiting() == 1 ? tr("A run of last time waits.")
                                                   : tr("%1 runs of last time wait.").arg(queue_.waiting()),
                             tr("They begin when you say so."),
                             {{tr("Go on"), QStringLiteral("queueGoOnButton"), [this] { goOnWithQueue(); }}});
}

void MainWindow::goOnWithQueue()
{
    banner_->hide();
    runner_.setHeld(false);
}

} // namespace fastcar::ui
